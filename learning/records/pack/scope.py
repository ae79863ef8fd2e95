"""What a pack is about: which records, which courses, which people, over which days."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from content.models import CriteriaArea, Criterion
from content.slots import fill
from courses.models import Edition
from learning.people import dates
from learning.people.local_days import company_day, company_zone
from learning.people.models import Company, Facility, Person, PositionHeld

from ..models import TrainingRecord
from ..shown import long_date

PROGRAMME, COMPANY, FACILITY, AREA, CRITERION, PEOPLE = KINDS = (
    "programme",
    "company",
    "facility",
    "area",
    "criterion",
    "people",
)
NAMES = {
    COMPANY: gettext_lazy("company"),
    FACILITY: gettext_lazy("facility"),
    AREA: gettext_lazy("criteria area"),
    CRITERION: gettext_lazy("criterion"),
}


class NoSuch(Exception):
    """Nothing is called so; in words for whoever asked."""


@dataclass(frozen=True)
class Scope:
    """`value`: the uuid of a company or facility, an area's number, a criterion, or uuids of people.

    Of another kind it is what an upper room says by it (slot `evidence_scope`).
    `since` and `until` are dates, both included, by the completion in the company's zone.
    """

    kind: str = PROGRAMME
    value: object = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    @classmethod
    def read(cls, stored):
        days = {name: stored[name] and datetime.date.fromisoformat(stored[name]) for name in ("since", "until")}
        return cls(stored["kind"], stored["value"], **days)

    def stored(self):
        """As the database and the ledger keep it: nobody's name or number."""
        days = {name: getattr(self, name) and getattr(self, name).isoformat() for name in ("since", "until")}
        return {"kind": self.kind, "value": self.value} | days


def numbers_in(text):
    """Staff numbers that somebody pasted, in any layout, each once."""
    return list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))


def people_with(numbers, *, user, on):
    """`(uuids, unknown numbers)`. Whom the user may not see is unknown; `user` is None for the operator."""
    people = Person.objects.filter(number__in=numbers)
    if user:
        people = people.within_limits_of(user, on)
    found = dict(people.values_list("number", "uuid"))
    return [str(found[number]) for number in numbers if number in found], [one for one in numbers if one not in found]


class Selection:
    """A scope as one user sees it at an instant, in the active language; `user` is None for the operator, who sees all.

    With `criterion` ("6.1") it is the part of the scope that is about that criterion.
    """

    def __init__(self, scope, *, user, at, criterion=""):
        self.scope, self.user, self.at, self.criterion = scope, user, at, criterion
        self.today = company_day(at)

    def about(self, criterion):
        """The part of this that is about a criterion."""
        part = Selection(self.scope, user=self.user, at=self.at, criterion=criterion)
        part.outlines = {key: one for key, one in self.outlines.items() if criterion in one.criteria}
        part.companies = self.companies
        return part

    @cached_property
    def alike(self):
        """Criteria that have a part of their own, in order, as lists of those whose courses and records are the same.

        That is so where the same outlines teach them and the same lists of criteria on records name them.
        """
        if self.criterion or self.scope.kind == CRITERION:
            return []
        said = self._seen().order_by().values_list("criteria", flat=True).distinct()
        lists = [*(one.criteria for one in self.outlines.values()), *said]
        found = {one for some in lists for one in some}
        if self.scope.kind == AREA:
            found = {one for one in found if _area(one) == str(self.row.number)}
        groups = {}
        for one in sorted(found, key=lambda one: [int(part) for part in one.split(".")]):
            groups.setdefault(tuple(one in some for some in lists), []).append(one)
        return list(groups.values())

    @cached_property
    def contributed(self):
        """What an upper room says of a scope of its own: see the slot `evidence_scope`. Raises NoSuch."""
        kind, value = self.scope.kind, self.scope.value
        if kind in KINDS:
            return None
        for found in fill("evidence_scope", kind=kind, value=value, user=self.user):
            return found
        raise NoSuch(_("There is no %(kind)s %(value)s.") % {"kind": kind, "value": value})

    @cached_property
    def row(self):
        """The company, facility, area or criterion. Raises NoSuch."""
        kind, value = self.scope.kind, self.scope.value
        facilities = Facility.objects.visible_to(self.user) if self.user else Facility.objects.all()
        limited = self.user and self.user.facility_limits
        found = {
            COMPANY: lambda: None if limited else Company.objects.filter(uuid=value).first(),
            FACILITY: lambda: facilities.filter(uuid=value).first(),
            AREA: lambda: _in_language(CriteriaArea.objects.filter(number=value)),
            CRITERION: lambda: _in_language(Criterion.objects.filter(number=value)),
        }[kind]()
        if not found:
            raise NoSuch(_("There is no %(kind)s %(value)s.") % {"kind": NAMES[kind], "value": value})
        return found

    @cached_property
    def title(self):
        """In words, without a person's name."""
        if self.criterion:
            return f"{_('Criterion %(criterion)s') % {'criterion': self.criterion}} · {self._whole}"
        return self._whole

    @property
    def _whole(self):
        kind = self.scope.kind
        if kind == PROGRAMME:
            return _("The whole training program")
        if kind == PEOPLE:
            number = len(self.scope.value)
            return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
        if kind == AREA:
            return _("Criteria area %(area)s") % {"area": self.row}
        if kind == CRITERION:
            return _("Criterion %(criterion)s") % {"criterion": self.row.number}
        return self.contributed["title"] if self.contributed else str(self.row)

    @cached_property
    def asks(self):
        """What the criterion says, of which this is a report; "" for more than one, and where nobody wrote it down."""
        number = self.criterion or (self.scope.value if self.scope.kind == CRITERION else "")
        found = number and _in_language(Criterion.objects.filter(number=number))
        return f"{number} ({found.get_level_display()}): {found.summary}" if found else ""

    @property
    def period(self):
        since, until = self.scope.since, self.scope.until
        days = {"since": since and long_date(since), "until": long_date(until or self.today)}
        return _("%(since)s to %(until)s") % days if since else _("up to %(until)s") % days

    @cached_property
    def companies(self):
        """Names of who issues it."""
        return ", ".join(Company.objects.values_list("name", flat=True)) or "Gatehouse"

    def records(self):
        """Their records with status, and whatever corrects one of them."""
        return self.chosen().with_status(self.today)

    def chosen(self):
        """The same without what a status takes."""
        base = self._seen().order_by().values("pk")
        return TrainingRecord.objects.filter(Q(pk__in=base) | Q(corrects__in=base))

    def _seen(self):
        """Those that the user may see."""
        records = self.only(TrainingRecord.objects.all())
        return records.visible_to(self.user, self.today) if self.user else records

    def only(self, records):
        """Those of records that are in the scope, whoever asks."""
        kind, value, zone = self.scope.kind, self.scope.value, company_zone()
        records = records.completed(
            since=self.scope.since and dates.day_begins(self.scope.since, zone),
            until=self.scope.until and dates.day_ends(self.scope.until, zone),
        )
        if self.criterion:
            records = _naming(self.criterion, records)
        if kind in (COMPANY, FACILITY):
            return records.filter(**{f"{kind}_uuid": self.row.uuid})
        if kind == AREA:
            return records.in_area(self.row.number)
        if kind == CRITERION:
            return _naming(self.row.number, records)
        if kind == PEOPLE:
            return records.filter(Q(person__uuid__in=value) | Q(person__merged_into__uuid__in=value))
        return records.filter(self.contributed["records"]) if self.contributed else records

    def people(self):
        """Who the pack is about: those who work or worked there, the people named, or everybody."""
        people = Person.objects.filter(merged_into__isnull=True)
        kind, value = self.scope.kind, self.scope.value
        if self.user:
            people = people.within_limits_of(self.user, self.today)
        if kind in (COMPANY, FACILITY):
            people = people.filter(pk__in=PositionHeld.objects.filter(**{kind: self.row}).order_by().values("person"))
        if kind == PEOPLE:
            people = people.filter(Q(uuid__in=value) | Q(merged_from__uuid__in=value)).distinct()
        return people.filter(self.contributed["people"]) if self.contributed else people

    @cached_property
    def outlines(self):
        """`{course key: outline}` of the courses of the scope, as they are now, by area and title."""
        kind = self.scope.kind
        found = [edition.in_language(get_language()) for edition in Edition.objects.current().outlines()]
        if kind == AREA:
            found = [one for one in found if one.area == self.row.number or _touches(one, self.row.number)]
        if kind == CRITERION:
            found = [one for one in found if self.row.number in one.criteria]
        if self.contributed:
            found = [one for one in found if one.data["course"] in self.contributed["courses"]]
        return {one.data["course"]: one for one in sorted(found, key=lambda one: (one.area, one.title))}

    @property
    def by_course(self):
        """Whether the scope leaves courses out."""
        return bool(self.criterion or self.contributed) or self.scope.kind in (AREA, CRITERION)


def _area(criterion):
    return criterion.partition(".")[0]


def _touches(outline, area):
    return any(_area(criterion) == str(area) for criterion in outline.criteria)


def _naming(criterion, records):
    # SQLite has no containment for JSON.
    return records.alias(criteria_text=Cast("criteria", TextField())).filter(criteria_text__contains=f'"{criterion}"')


def _in_language(rows):
    """The one in the active language, else in that of the site."""
    found = {row.locale.language_code: row for row in rows.select_related("locale")}
    return found.get(get_language()) or found.get(settings.LANGUAGE_CODE)
