"""Writing the search index and the reference index once for many rows, where saving each would write them each time."""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

# What was saved and waits to be indexed, `{model: {id}}`; None where each save writes the indexes itself.
waiting = ContextVar("waiting", default=None)


@contextmanager
def once():
    """What is saved meanwhile is indexed at the end, in bulk: within one transaction, both or none."""
    token = waiting.set(defaultdict(set))
    try:
        with disable_reference_index_auto_update():
            yield
        _write(waiting.get())
    finally:
        waiting.reset(token)


@receiver(post_save)
def note(sender, instance, **kwargs):
    noted = waiting.get()
    if noted is not None and (ReferenceIndex.is_indexed(sender) or hasattr(sender, "get_indexed_objects")):
        noted[sender].add(instance.pk)


@transaction.atomic
def _write(noted):
    backend = get_search_backend()
    for model, keys in noted.items():
        rows = list(model._default_manager.filter(pk__in=keys))
        if hasattr(model, "get_indexed_objects"):
            backend.add_bulk(model, rows)
        for row in rows if ReferenceIndex.is_indexed(model) else []:
            ReferenceIndex.create_or_update_for_object(row)
