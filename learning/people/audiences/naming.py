"""The names of what rules mention by uuid."""

from collections import defaultdict

from django.apps import apps
from django.utils.translation import gettext as _

from . import rules


def names(of):
    """`{(word, uuid): name}` of the rows that valid rules mention; one query for each kind of row."""
    wanted = defaultdict(set)
    for rule in of:
        for _path, condition in rules.conditions(rule):
            ((word, value),) = condition.items()
            if word in rules.ROWS:
                wanted[word].update(value)
    found = {}
    for word, uuids in wanted.items():
        rows = apps.get_model("people", rules.ROWS[word]).objects.filter(uuid__in=uuids)
        found |= {(word, str(row.uuid)): str(row) for row in rows}
    return found


def unknown(rule):
    """`[(path, condition, message)]` of a valid rule that mentions what is not there."""
    known = names([rule])
    found = []
    for path, condition in rules.conditions(rule):
        ((word, value),) = condition.items()
        if word in rules.ROWS and (missing := [one for one in value if (word, one) not in known]):
            message = _("Nothing is known by the identity “%(uuid)s”.") % {"uuid": min(missing)}
            found.append((path, condition, message))
    return found
