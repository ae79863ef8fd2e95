from datetime import date

import pytest
from django.core.management import CommandError, call_command

from learning.assignments.actions import apply_requirements, apply_requirements_today, set_requirement
from learning.assignments.models import Assignment, RequirementVersion
from learning.people import actions as people
from learning.people.models import AudienceVersion, Employer, PositionHeld

from . import factory
from .factory import AT, TODAY, days, noon

pytestmark = pytest.mark.django_db

NOTHING = {"assigned": 0, "satisfied": 0, "withdrawn": 0, "restored": 0}


def rows(*fields):
    return list(Assignment.objects.order_by("requirement", "person", "cycle").values_list(*fields))


def test_members_are_assigned_once_with_their_due_date():
    dock, office = factory.hire("1"), factory.hire("2", title="Office")
    key = factory.course()
    required = factory.requirement(key)

    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"assigned": 1}
    assignment = Assignment.objects.get()
    assert (assignment.person, assignment.requirement, assignment.course_key) == (dock, required, key)
    assert (assignment.cycle, assignment.assigned_on, assignment.due_on) == (1, TODAY, date(2026, 12, 1))
    assert assignment.version == required.versions.get()
    assert apply_requirements(on=TODAY, at=AT) == NOTHING
    assert not office.assignments.exists()


def test_due_counts_from_the_position_that_brought_the_person_in():
    who = factory.person("1")
    factory.employ(who, date(2020, 1, 1))
    factory.place(who, "Office", date(2020, 1, 1))
    factory.place(who, "Dock hand", date(2026, 11, 20))
    factory.requirement(factory.course())

    apply_requirements(on=TODAY, at=AT)
    assert rows("due_on") == [(date(2026, 12, 20),)]


@pytest.mark.parametrize(
    ("employed_from", "placed_from", "until", "expected"),
    [
        (TODAY, TODAY, None, 1),
        (TODAY + days(1), TODAY, None, 0),
        (TODAY, TODAY + days(1), None, 0),
        (TODAY - days(9), TODAY - days(9), TODAY, 0),
        (TODAY - days(9), TODAY - days(9), TODAY + days(1), 1),
    ],
)
def test_only_who_is_employed_and_placed_on_the_day(employed_from, placed_from, until, expected):
    who = factory.person("1")
    factory.employ(who, employed_from, until)
    factory.place(who, on=placed_from)
    factory.requirement(factory.course())
    assert apply_requirements(on=TODAY, at=AT)["assigned"] == expected


def test_a_recent_record_satisfies_the_first_cycle_at_once():
    key = factory.course()
    who, earlier, corrected = factory.hire("1"), factory.hire("2"), factory.hire("3")
    made = factory.record(who, key, noon(date(2026, 3, 1)))
    factory.record(earlier, key, noon(date(2025, 11, 23)))
    wrong = factory.record(corrected, key, noon(date(2026, 3, 1)))
    factory.record(
        corrected, key, noon(date(2025, 3, 1)), recorded_at=AT, corrects=wrong, reason="the year was mistyped"
    )
    factory.requirement(key)

    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"assigned": 3, "satisfied": 1}
    assert rows("person__number", "cycle", "record", "due_on") == [
        ("1", 1, made.pk, date(2026, 12, 1)),
        ("1", 2, None, date(2027, 3, 1)),
        ("2", 1, None, date(2026, 12, 1)),
        ("3", 1, None, date(2026, 12, 1)),
    ]
    assert apply_requirements(on=TODAY, at=AT) == NOTHING


def test_a_record_satisfies_the_open_cycle_and_plans_the_next_by_the_local_date():
    key = factory.course()
    who, other = factory.hire("1"), factory.hire("2")
    factory.requirement(key)
    factory.requirement(factory.course("Inspection"), name="Inspection")
    apply_requirements(on=TODAY, at=AT)

    # Half past eight in the evening in Denver; in UTC it is the next day already.
    made = factory.record(who, key, AT.replace(day=25, hour=3, minute=30))
    mine = Assignment.objects.filter(person=who, course_key=key)
    assert list(mine.order_by("cycle").values_list("cycle", "record", "due_on", "assigned_on")) == [
        (1, made.pk, date(2026, 12, 1), TODAY),
        (2, None, date(2027, 11, 24), TODAY),
    ]
    assert Assignment.objects.filter(record__isnull=False).count() == 1
    assert other.assignments.open().count() == 2
    assert apply_requirements(on=TODAY, at=AT) == NOTHING


def test_a_withdrawal_and_what_it_withdraws_satisfy_nothing():
    key = factory.course()
    who, later = factory.hire("1"), factory.hire("2")
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT, people=[who.pk])
    wrong = factory.record(who, key, noon(date(2026, 3, 1)), tell=False)
    factory.record(
        who, key, wrong.completed_at, recorded_at=AT, corrects=wrong, reason="another person", withdraws=True
    )
    wrong = factory.record(later, key, noon(date(2026, 3, 1)), tell=False)
    factory.record(
        later, key, wrong.completed_at, recorded_at=AT, corrects=wrong, reason="another person", withdraws=True
    )
    apply_requirements(on=TODAY, at=AT)
    assert rows("person__number", "cycle", "record") == [("1", 1, None), ("2", 1, None)]


def test_only_a_newer_record_satisfies_a_refresher():
    key = factory.course()
    who = factory.hire("1")
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT)
    factory.record(who, key, AT)
    factory.record(who, key, AT - days(10), recorded_at=AT)
    assert rows("cycle", "record__completed_at") == [(1, AT), (2, None)]
    factory.record(who, key, AT + days(300))
    assert rows("cycle", "due_on")[2] == (3, date(2028, 9, 20))


def test_leavers_owe_nothing_and_owe_it_again_when_they_come_back():
    who = factory.hire("1")
    factory.requirement(factory.course())
    apply_requirements(on=TODAY, at=AT)

    PositionHeld.objects.filter(person=who).update(ends_on=TODAY + days(5))
    assert apply_requirements(on=TODAY + days(4), at=AT) == NOTHING
    assert apply_requirements(on=TODAY + days(5), at=AT) == NOTHING | {"withdrawn": 1}
    assert rows("withdrawn_on") == [(TODAY + days(5),)]
    assert apply_requirements(on=TODAY + days(6), at=AT) == NOTHING

    factory.place(who, on=TODAY + days(20))
    assert apply_requirements(on=TODAY + days(20), at=AT) == NOTHING | {"restored": 1}
    assert rows("withdrawn_on", "due_on", "cycle") == [(None, date(2026, 12, 1), 1)]


def test_who_did_the_course_while_away_has_it_when_back():
    key = factory.course()
    who = factory.hire("1")
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT)
    PositionHeld.objects.filter(person=who).update(ends_on=TODAY + days(5))
    apply_requirements(on=TODAY + days(5), at=AT)
    made = factory.record(who, key, noon(TODAY + days(10)))
    assert rows("cycle", "record") == [(1, None)]

    factory.place(who, on=TODAY + days(20))
    assert apply_requirements(on=TODAY + days(20), at=AT) == NOTHING | {"restored": 1, "satisfied": 1}
    assert rows("cycle", "record", "due_on") == [(1, made.pk, date(2026, 12, 1)), (2, None, date(2027, 12, 4))]


def test_switching_off_withdraws_and_switching_on_restores():
    factory.hire("1")
    key = factory.course()
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT)
    factory.requirement(key, active=False)
    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"withdrawn": 1}
    factory.requirement(key, active=True)
    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"restored": 1}


def test_a_requirement_counts_from_its_date_and_the_older_version_until_then():
    factory.hire("1")
    key = factory.course()
    factory.requirement(key, starts_on=TODAY + days(10))
    assert apply_requirements(on=TODAY + days(9), at=AT) == NOTHING
    factory.requirement(key, active=False, starts_on=TODAY + days(20))
    assert apply_requirements(on=TODAY + days(19), at=AT) == NOTHING | {"assigned": 1}
    assert apply_requirements(on=TODAY + days(20), at=AT) == NOTHING | {"withdrawn": 1}


def test_a_changed_audience_counts_from_when_it_was_recorded():
    factory.hire("1", title="Office")
    dock = factory.audience()
    factory.requirement(factory.course(), audience=dock)
    rule = {"and": [{"position": [str(factory.position("Office").uuid)]}]}
    AudienceVersion.objects.create(audience=dock, number=2, rule=rule, recorded_at=AT)
    assert apply_requirements(on=TODAY, at=AT - days(1)) == NOTHING
    assert apply_requirements(on=TODAY, at=AT) == NOTHING | {"assigned": 1}


def test_an_audience_without_a_rule_is_empty():
    factory.hire("1")
    dock = factory.audience()
    factory.requirement(factory.course(), audience=dock)
    apply_requirements(on=TODAY, at=AT)
    assert apply_requirements(on=TODAY, at=AT - days(2000)) == NOTHING | {"withdrawn": 1}


def test_the_sweep_can_be_narrowed_to_people():
    first, second = factory.hire("1"), factory.hire("2")
    factory.requirement(factory.course())
    assert apply_requirements(on=TODAY, at=AT, people=[first.pk])["assigned"] == 1
    PositionHeld.objects.all().update(ends_on=TODAY)
    assert apply_requirements(on=TODAY, at=AT, people=[second.pk]) == NOTHING
    assert apply_requirements(on=TODAY, at=AT, people=[first.pk]) == NOTHING | {"withdrawn": 1}


def test_today_is_the_date_of_each_persons_facility():
    """At 03:30 UTC on the 25th it is still the 24th in Denver, and the 25th in Tokyo."""
    factory.hire("denver", on=date(2026, 11, 25))
    factory.hire("tokyo", on=date(2026, 11, 25), code="TYO", zone="Asia/Tokyo")
    factory.requirement(factory.course())
    at = AT.replace(day=25, hour=3, minute=30)
    assert apply_requirements_today(at=at) == NOTHING | {"assigned": 1}
    assert rows("person__number", "assigned_on") == [("tokyo", date(2026, 11, 25))]


def test_people_deeds_apply_requirements_at_once():
    factory.requirement(factory.course())
    who = people.register_person(number="1", first_name="Ana", at=AT)
    employer = Employer.objects.get_or_create(name="Corvina Freight")[0]
    people.employ(person=who, company=factory.company(), employer=employer, starts_on=TODAY, at=AT)
    assert rows("person") == []
    people.place(person=who, position=factory.position(), facility=factory.facility(), starts_on=TODAY, at=AT)
    assert rows("person", "due_on", "withdrawn_on") == [(who.pk, TODAY + days(30), None)]
    people.end_employment(person=who, ends_on=TODAY + days(3), at=AT + days(3))
    assert rows("withdrawn_on") == [(TODAY + days(3),)]


def count_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(1000) as captured:
        apply_requirements(on=TODAY, at=AT)
    return len(captured)


def test_statements_do_not_grow_with_people(django_assert_max_num_queries):
    factory.requirement(factory.course())
    factory.hire("first")
    apply_requirements(on=TODAY, at=AT)
    factory.hire("second")
    one = count_queries(django_assert_max_num_queries)
    nothing = count_queries(django_assert_max_num_queries)
    # SQLite takes a thousand values a statement, so that more than ninety rows would be two INSERTs.
    for number in range(80):
        factory.hire(str(number))
    assert count_queries(django_assert_max_num_queries) == one
    assert count_queries(django_assert_max_num_queries) == nothing < one


def test_a_sweep_without_change_writes_nothing(django_assert_max_num_queries):
    factory.hire("1")
    factory.requirement(factory.course())
    apply_requirements(on=TODAY, at=AT)
    with django_assert_max_num_queries(20) as captured:
        apply_requirements(on=TODAY, at=AT)
    assert not [query for query in captured if query["sql"].startswith("INSERT")]


def test_set_requirement_appends_a_version_only_when_something_changed():
    key = factory.course()
    required = factory.requirement(key)
    assert factory.requirement(key) == required
    assert required.versions.count() == 1
    factory.requirement(key, due_days=14)
    assert list(required.versions.values_list("number", "due_days")) == [(1, 30), (2, 14)]


def test_set_requirement_renames_without_a_version():
    key = factory.course()
    required = factory.requirement(key)
    factory.requirement(key, name="Seals", requirement=required)
    required.refresh_from_db()
    assert required.name == "Seals"
    assert RequirementVersion.objects.count() == 1


def test_set_requirement_refuses_another_course():
    from learning.assignments.actions import CourseIsFixed

    required = factory.requirement(factory.course())
    with pytest.raises(CourseIsFixed, match="another course"):
        factory.requirement(factory.course("Other"))
    assert (
        set_requirement(
            name="Other",
            course_key=factory.course("Third"),
            audience=factory.audience(),
            due_days=1,
            repeat_months=1,
            starts_on=TODAY,
            at=AT,
        )
        != required
    )


def test_command_applies_on_a_date(capsys):
    factory.hire("1")
    factory.requirement(factory.course())
    call_command("apply_requirements", on="2026-10-31")
    call_command("apply_requirements", on="2026-11-24")
    assert capsys.readouterr().out == (
        "0 assigned, 0 satisfied, 0 withdrawn, 0 restored\n1 assigned, 0 satisfied, 0 withdrawn, 0 restored\n"
    )
    with pytest.raises(CommandError, match="--on soon: not a date"):
        call_command("apply_requirements", on="soon")
