"""Which notices a moment calls for: one for each occasion, however often it is asked."""

from datetime import UTC, date, datetime

import pytest

from learning.assignments.models import Assignment
from learning.reminders import ladder
from learning.reminders.actions import plan_notices
from learning.reminders.models import Notice
from tests.queries import queries

from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db

BEFORE, DUE = Notice.Stage.BEFORE_30, Notice.Stage.DUE_DAY


def stages():
    return list(Notice.objects.order_by("pk").values_list("person__number", "stage"))


@pytest.mark.parametrize(
    ("due_in", "stage"),
    [(31, None), (30, BEFORE), (1, BEFORE), (0, DUE), (-1, DUE), (-365, DUE), (-366, None)],
)
def test_the_due_date_decides_the_stage(due_in, stage):
    factory.owe(factory.hire("1"), TODAY + days(due_in))
    plan_notices(at=AT)
    assert stages() == ([("1", stage)] if stage else [])


def test_planning_again_plans_nothing():
    owed = factory.owe(factory.hire("1", email="ana@example.com"), TODAY + days(9))
    assert plan_notices(at=AT) == 1
    assert plan_notices(at=AT) == 0
    assert plan_notices(at=AT + days(3)) == 0
    notice = Notice.objects.get()
    assert (notice.occasion, notice.assignment, notice.person) == (f"{owed.uuid}:before_30", owed, owed.person)
    assert (notice.channel, notice.planned_at, notice.sent_at) == ("mail", AT, None)


def test_who_has_no_mailbox_is_told_on_the_page():
    factory.owe(factory.hire("1"), TODAY)
    plan_notices(at=AT)
    assert Notice.objects.get().channel == "in_app"


def test_each_course_and_each_cycle_is_its_own_occasion():
    who = factory.hire("1")
    first = factory.owe(who, TODAY + days(2))
    factory.owe(who, TODAY + days(3), title="Inspection")
    plan_notices(at=AT)
    Assignment.objects.create(
        requirement=first.requirement,
        version=first.version,
        person=who,
        course_key=first.course_key,
        cycle=2,
        assigned_on=TODAY,
        due_on=TODAY + days(4),
        recorded_at=AT,
    )
    assert plan_notices(at=AT) == 1
    assert Notice.objects.count() == 3


@pytest.mark.parametrize("fate", ["done", "withdrawn", "left", "merged", "not hired", "not released"])
def test_nothing_is_planned_for_what_is_not_owed_by_somebody_at_work(fate):
    who = factory.hire("1")
    owed = factory.owe(who, TODAY)
    if fate == "done":
        owed.record = factory.record(who, owed.course_key, AT, tell=False)
    elif fate == "withdrawn":
        owed.withdrawn_on = TODAY
    elif fate == "not released":
        owed.course_key = "6c1f3f2e-1111-4222-8333-444455556666"
    owed.save()
    if fate == "left":
        who.employments.update(ends_on=TODAY)
    elif fate == "not hired":
        who.employments.update(starts_on=TODAY + days(1))
    elif fate == "merged":
        who.merged_into = factory.person("2")
        who.save()
    assert plan_notices(at=AT) == 0


def test_the_day_is_that_of_the_persons_facility():
    """At 03:30 UTC on the 25th it is still the 24th in Denver, and the 25th in Tokyo."""
    key = factory.course()
    factory.owe(factory.hire("denver"), date(2026, 11, 25), key)
    factory.owe(factory.hire("tokyo", code="TYO", zone="Asia/Tokyo"), date(2026, 11, 25), factory.course("Other"))
    plan_notices(at=datetime(2026, 11, 25, 3, 30, tzinfo=UTC))
    assert sorted(stages()) == [("denver", "before_30"), ("tokyo", "due_day")]


@pytest.mark.parametrize(("reason", "again"), [("left", 1), ("withdrawn", 1), ("completed", 0), ("failed", 0)])
def test_who_was_away_is_told_when_they_are_back(reason, again):
    owed = factory.owe(factory.hire("1"), TODAY + days(9))
    notice = factory.notice(owed, dropped_at=AT, dropped_because=reason, failures=2)
    assert plan_notices(at=AT + days(1)) == again
    notice.refresh_from_db()
    assert (notice.dropped_at is None, notice.failures) == ((True, 0) if again else (False, 2))
    assert plan_notices(at=AT + days(1)) == 0


def test_statements_do_not_grow_with_people():
    def plan():
        return len(queries(lambda: plan_notices(at=AT)))

    key = factory.course()
    required = factory.requirement(key)
    Assignment.objects.all().delete()

    def add(number):
        who = factory.hire(str(number))
        Assignment.objects.create(
            requirement=required,
            version=required.versions.get(),
            person=who,
            course_key=key,
            assigned_on=TODAY,
            due_on=TODAY,
            recorded_at=AT,
        )

    add(0)
    one = plan()
    idle = plan()
    for number in range(1, 60):
        add(number)
    assert plan() == one
    assert Notice.objects.count() == 60
    assert plan() == idle < one


def test_an_idle_tick_writes_nothing():
    owed = factory.owe(factory.hire("1"), TODAY)
    plan_notices(at=AT)
    Notice.objects.update(sent_at=AT)
    assert owed.notices.count() == 1
    assert {sql.split()[0] for sql in queries(lambda: plan_notices(at=AT))} == {"SELECT"}


def test_pauses_grow_and_end():
    minutes = [pause and pause.total_seconds() / 60 for pause in map(ladder.pause_after, range(1, 6))]
    assert minutes == [5, 15, 60, 240, None]
