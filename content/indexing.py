"""Writing the search index and the reference index once for many rows, where each save would write them each time."""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend

# The tasks that Wagtail enqueues at each save; both take the label of the app, the name of the model and the id.
INDEXING = {"insert_or_update_object_task", "update_reference_index_task"}
# What waits to be indexed, `{model: {id}}`; None where nothing waits.
waiting = ContextVar("waiting", default=None)


class Tasks(ImmediateBackend):
    """Does each task at once, but for indexing inside of `once`."""

    def enqueue(self, task, args, kwargs):
        noted = waiting.get()
        if noted is None or task.name not in INDEXING:
            return super().enqueue(task, args, kwargs)
        app, model, key = args
        noted[apps.get_model(app, model)].add(key)


@contextmanager
def once():
    """What is saved meanwhile is indexed at the end, in bulk: within one transaction, both or none."""
    token = waiting.set(defaultdict(set))
    try:
        yield
        _write(waiting.get())
    finally:
        waiting.reset(token)


@transaction.atomic
def _write(noted):
    # Imported here: the settings name this module, before there are models.
    from modelsearch.index import class_is_indexed
    from wagtail.models import ReferenceIndex
    from wagtail.search.backends import get_search_backend

    backend = get_search_backend()
    for model, keys in noted.items():
        rows = list(model._default_manager.filter(pk__in=keys))
        if class_is_indexed(model):
            backend.add_bulk(model, rows)
        for row in rows if ReferenceIndex.is_indexed(model) else []:
            ReferenceIndex.create_or_update_for_object(row)
