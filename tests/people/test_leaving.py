"""Somebody leaves, stays after all, or comes back: the account is one, the history is whole."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from learning.people import actions
from learning.people.models import Employment, Person, PositionHeld
from tests.threads import together

from . import factory
from .factory import AT, HIRED, TODAY, days

LATER = AT + days(1)


def work(who):
    """`(first day, last day)` of employments and of positions, as they count now."""
    return [
        [(row.starts_on, row.until) for row in rows.order_by("starts_on", "pk")]
        for rows in (who.employments, who.positions_held)
    ]


def messages(instance):
    return [entry.message for entry in ModelLogEntry.objects.for_instance(instance).order_by("pk")]


@pytest.fixture
def ana(db):
    return factory.hire("100", first_name="Ana")


def test_leaving_ends_what_runs_and_takes_back_what_was_to_begin(ana):
    factory.place(ana, "Guard", on=TODAY + days(30))
    actions.end_employment(person=ana, ends_on=TODAY + days(3), at=LATER)
    assert work(ana) == [[(HIRED, TODAY + days(2))], [(HIRED, TODAY + days(2))]]
    assert PositionHeld.objects.on(TODAY + days(40), known_at=AT).count() == 2
    assert messages(ana) == ["Leaves; until: 26 November 2026"]


def test_a_leaver_is_archived_the_day_after_the_last_one(ana):
    actions.end_employment(person=ana, ends_on=TODAY + days(3), at=LATER)
    for day, expected in ((TODAY + days(2), []), (TODAY + days(3), [ana])):
        assert list(Person.objects.leavers(day)) == expected
        assert list(Person.objects.staying(day)) == ([] if expected else [ana])


def test_who_never_worked_here_or_begins_later_is_no_leaver(db):
    factory.person("admin")
    factory.hire("new", on=TODAY + days(9))
    assert not Person.objects.leavers(TODAY).exists()
    assert Person.objects.staying(TODAY).count() == 2


def test_leaving_before_today_needs_a_reason_and_shows_it(ana):
    with pytest.raises(ValidationError) as refused:
        actions.end_employment(person=ana, ends_on=TODAY - days(3), at=LATER)
    assert refused.value.message_dict == {"reason": ["This changes days that are over: say why."]}
    actions.end_employment(person=ana, ends_on=TODAY - days(3), at=LATER, reason="Told on Monday")
    assert messages(ana) == ["Leaves; until: 20 November 2026. Reason: Told on Monday"]


def test_leaving_is_undone_whole(ana):
    factory.place(ana, "Guard", on=TODAY + days(30))
    factory.place(ana, "Clerk", on=HIRED, ends_on=HIRED + days(5))
    before = work(ana)
    actions.end_employment(person=ana, ends_on=TODAY + days(3), at=LATER)
    actions.undo_leaving(person=ana, at=LATER + days(1))
    assert work(ana) == before
    assert not Person.objects.leavers(TODAY + days(50)).exists()
    assert Employment.objects.on(TODAY + days(9), known_at=LATER).count() == 0


def test_undoing_after_the_date_needs_a_reason(ana):
    actions.end_employment(person=ana, ends_on=TODAY, at=AT + days(1), reason="Said goodbye")
    with pytest.raises(ValidationError):
        actions.undo_leaving(person=ana, at=AT + days(5))
    actions.undo_leaving(person=ana, at=AT + days(5), reason="It was another Ana")
    assert work(ana) == [[(HIRED, None)], [(HIRED, None)]]


def test_an_end_that_was_there_from_the_first_is_nothing_to_undo(ana):
    agency = factory.person("200")
    factory.employ(agency, ends_on=TODAY + days(9))
    with pytest.raises(ValidationError) as refused:
        actions.undo_leaving(person=agency, at=LATER)
    assert refused.value.messages == ["Nothing was ended that could go on."]


def back(who):
    """On the 61st day from today."""
    days_of = {"starts_on": TODAY + days(61), "ends_on": None}
    return actions.hire_again(
        person=who,
        employment={"company": factory.company(), "employer": factory.employer()} | days_of,
        held={"position": factory.position("Guard"), "facility": factory.facility()} | days_of,
        at=LATER + days(60),
    )


def test_a_rehire_is_a_second_employment_of_the_same_person(ana):
    actions.end_employment(person=ana, ends_on=TODAY + days(3), at=LATER)
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    ana.refresh_from_db()
    back(ana)
    ana.refresh_from_db()
    assert ana.is_active
    assert work(ana) == [[(HIRED, TODAY + days(2)), (TODAY + days(61), None)]] * 2
    assert list(Person.objects.leavers(TODAY + days(10))) == []
    with pytest.raises(ValidationError) as refused:
        actions.undo_leaving(person=ana, at=LATER + days(90), reason="x")
    assert refused.value.message_dict == {
        "starts_on": ["Ana works for Corvina Freight since 24 January 2027. End that employment first."]
    }


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (TODAY, None, "Ana works for Corvina Freight since 1 November 2026. End that employment first."),
        (
            HIRED - days(9),
            HIRED + days(1),
            "Ana works for Corvina Freight since 1 November 2026. End that employment first.",
        ),
    ],
)
def test_the_same_employer_twice_at_once_is_refused_in_words(ana, starts_on, ends_on, words):
    with pytest.raises(ValidationError) as refused:
        actions.employ(
            person=ana,
            company=factory.company(),
            employer=factory.employer(),
            starts_on=starts_on,
            ends_on=ends_on,
            at=AT,
            reason="x",
        )
    assert refused.value.message_dict == {"starts_on": [words]}


def test_one_stretch_after_the_other_and_another_employer_are_allowed(ana):
    fields = {"person": ana, "company": factory.company(), "at": AT, "reason": "From the file"}
    actions.employ(employer=factory.employer(), starts_on=HIRED - days(90), ends_on=HIRED, **fields)
    actions.employ(employer=factory.employer("Otay Staffing"), starts_on=TODAY, **fields)
    with pytest.raises(ValidationError) as refused:
        actions.employ(employer=factory.employer(), starts_on=HIRED - days(100), ends_on=HIRED - days(80), **fields)
    assert refused.value.message_dict == {
        "starts_on": ["Ana worked for Corvina Freight from 3 August 2026 until 31 October 2026: the two would overlap."]
    }
    assert Employment.objects.count() == 3


def test_hired_twice_at_the_same_moment_is_hired_once(committed_database):
    ana = factory.hire("100")
    actions.end_employment(person=ana, ends_on=TODAY + days(3), at=LATER)
    answers = together(*[lambda: back(Person.objects.get(pk=ana.pk))] * 4)
    assert sum(isinstance(answer, Employment) for answer in answers) == 1
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 3
    assert Employment.objects.filter(ends_on__isnull=True).count() == 1
