"""Who held which position where on a day: as we know it now, and as we knew it then."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from learning.people import actions, remembering
from learning.people.models import Employment, LeavePeriod, Person, PositionHeld

from . import factory
from .factory import AT, HIRED, TODAY, days

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2026, 3, 3)


def noon(day):
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def held(day, **known):
    rows = PositionHeld.objects.on(day, **known).order_by("person__number", "position__title")
    return list(rows.values_list("person__number", "position__title", "facility__code"))


@pytest.fixture
def ana():
    """A dock hand since January, entered in January; in April HR hears that she left the dock on 1 March."""
    january = datetime.date(2026, 1, 5)
    who = factory.person("100", "Ana")
    actions.employ(
        person=who, company=factory.company(), employer=factory.employer(), starts_on=january, at=noon(january)
    )
    dock = actions.place(
        person=who,
        position=factory.position("Dock hand"),
        facility=factory.facility("YARD"),
        starts_on=january,
        at=noon(january),
    )
    april = noon(datetime.date(2026, 4, 10))
    actions.end_position(held=dock, ends_on=datetime.date(2026, 3, 1), at=april, reason="Payroll told us late")
    actions.place(
        person=who,
        position=factory.position("Guard"),
        facility=factory.facility("GATE"),
        starts_on=datetime.date(2026, 3, 1),
        at=april + datetime.timedelta(minutes=1),
        reason="Payroll told us late",
    )
    return who


def test_who_held_what_on_a_day_as_we_know_it_now(ana):
    factory.hire("200", "Driver", on=MARCH + days(1))
    assert held(MARCH) == [("100", "Guard", "GATE")]
    assert held(MARCH - days(3)) == [("100", "Dock hand", "YARD")]
    assert held(datetime.date(2026, 1, 4)) == []


def test_and_as_we_knew_it_then(ana):
    assert held(MARCH, known_at=noon(MARCH)) == [("100", "Dock hand", "YARD")]
    assert held(MARCH, known_at=noon(datetime.date(2026, 4, 9))) == [("100", "Dock hand", "YARD")]
    assert held(MARCH, known_at=noon(datetime.date(2026, 4, 11))) == [("100", "Guard", "GATE")]
    assert held(MARCH, known_at=noon(datetime.date(2026, 1, 4))) == []


def test_of_one_person_it_answers_for_that_person_only(ana):
    factory.hire("200", on=datetime.date(2026, 1, 1))
    PositionHeld.objects.filter(person__number="200").update(recorded_at=noon(datetime.date(2026, 1, 1)))
    rows = ana.positions_held.on(MARCH, known_at=noon(MARCH))
    assert [row.person_id for row in rows] == [ana.pk]
    assert len(held(MARCH, known_at=noon(MARCH))) == 2


def test_versions_are_nowhere_but_where_they_are_asked_for(ana):
    assert PositionHeld.objects.count() == ana.positions_held.count() == 2
    assert PositionHeld.ever.count() == 3
    assert Person.objects.employed(MARCH).get() == ana
    old = PositionHeld.ever.get(superseded_at__isnull=False)
    assert (old.version_of.position.title, old.until, old.recorded_at) == (
        "Dock hand",
        None,
        noon(datetime.date(2026, 1, 5)),
    )


def test_a_row_keeps_its_key_and_its_first_version_keeps_when_it_was_recorded(ana):
    row = PositionHeld.objects.get(position__title="Dock hand")
    actions.change_position_held(held=row, at=AT, ends_on=datetime.date(2026, 2, 1), reason="Still earlier")
    row.refresh_from_db()
    assert (row.ends_on, row.recorded_at) == (datetime.date(2026, 2, 1), AT)
    versions = PositionHeld.ever.filter(version_of=row)
    assert list(versions.order_by("recorded_at").values_list("ends_on", flat=True)) == [None, datetime.date(2026, 3, 1)]
    assert remembering.said_before(row).ends_on == datetime.date(2026, 3, 1)


def test_a_change_that_changes_nothing_leaves_nothing_behind(ana):
    row = PositionHeld.objects.get(position__title="Guard")
    actions.change_position_held(held=row, at=AT, facility=row.facility)
    assert PositionHeld.ever.count() == 3


def test_many_rows_are_kept_in_a_number_of_statements_that_does_not_grow(django_assert_num_queries):
    for number in range(30):
        factory.hire(str(number))
    ids = list(Employment.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        remembering.keep_versions(Employment, ids, AT + days(1))
    assert Employment.ever.filter(superseded_at=AT + days(1)).count() == 30
    assert Employment.objects.count() == 30


def test_leave_and_employment_are_remembered_too():
    who = factory.hire("100")
    leave = actions.add_leave(person=who, starts_on=TODAY, ends_on=TODAY + days(9), at=AT)
    actions.change_leave(leave=leave, at=AT + days(1), ends_on=TODAY + days(5))
    boss = factory.person("1")
    actions.change_employment(employment=who.employments.get(), at=AT + days(2), manager=boss)
    assert LeavePeriod.objects.on(TODAY + days(7)).count() == 0
    assert LeavePeriod.objects.on(TODAY + days(7), known_at=AT).count() == 1
    assert Employment.objects.on(TODAY).get().manager == boss
    assert Employment.objects.on(TODAY, known_at=AT + days(1)).get().manager is None


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("place", "This changes days that are over: say why."),
        ("add_leave", "This changes days that are over: say why."),
    ],
)
def test_the_past_is_not_changed_without_a_reason(deed, words):
    who = factory.hire("100")
    fields = {"position": factory.position("Guard"), "facility": factory.facility()} if deed == "place" else {}
    with pytest.raises(ValidationError) as refused:
        getattr(actions, deed)(person=who, starts_on=TODAY - days(1), at=AT, **fields)
    assert refused.value.message_dict == {"reason": [words]}
    getattr(actions, deed)(person=who, starts_on=TODAY, at=AT, **fields)
    getattr(actions, deed)(person=who, starts_on=HIRED, at=AT, reason="Found in the file", **fields)
