"""Which records and columns an address of the report means: the same for the page, its downloads and a worker."""

from types import SimpleNamespace

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils.http import urlencode

from learning.people.local_days import company_day

from .. import export
from ..filters import TrainingRecordFilterSet
from ..models import TrainingRecord

# Not the filter's: which page of the list, in what order, and in which form it was asked for.
NOT_KEPT = ("p", "export", "ordering", "csrfmiddlewaretoken", "_w_filter_fragment")


def visible(user, at):
    """All records that the user sees, with the status of today, and with what a search looks in."""
    today = company_day(at)
    full_name = Concat("subject__first_name", Value(" "), "subject__last_name")
    return TrainingRecord.objects.visible_to(user, today).with_status(today).alias(full_name=full_name)


def matching(records, words):
    return records.filter(Q(subject__number__icontains=words) | Q(full_name__icontains=words)) if words else records


def kept(query):
    """`{name: [values]}` of a QueryDict, as it is stored, without empty values."""
    lists = {name: [value for value in values if value] for name, values in query.lists() if name not in NOT_KEPT}
    return {name: values for name, values in lists.items() if values}


def address(stored):
    """The part of an address behind the question mark, from what `kept` gave."""
    return urlencode(stored, doseq=True)


def selected(stored, *, user, at):
    """`(records, columns)` for what `kept` gave; no records for a filter that is not understood any more."""
    query = QueryDict(address(stored))
    found = TrainingRecordFilterSet(query, visible(user, at), request=SimpleNamespace(user=user, GET=query))
    records = found.qs if found.is_valid() else TrainingRecord.objects.none().with_status(company_day(at))
    return matching(records, query.get("q", "")), columns(query.getlist("columns"))


def columns(names):
    """Columns of the export, in its order; all where none is chosen."""
    return tuple(name for name in export.COLUMNS if name in names) or export.COLUMNS
