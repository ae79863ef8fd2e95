"""Queries that are built once say what the same query says when it is written anew."""

import datetime
import uuid

import pytest
from django.db.models import BigIntegerField, CharField, DateField, Exists, OuterRef, Subquery, UUIDField

from content.prepared import Prepared
from learning.people.models import Employment, Person
from tests import threads
from tests.people import factory

MARCH = datetime.date(2027, 3, 1)
jobs = Employment.objects.filter(person=OuterRef("pk"))


def with_job(person):
    since = Subquery(jobs.order_by("-starts_on").values("starts_on")[:1])
    found = Person.objects.filter(pk=person).select_related("merged_into").defer("password")
    return found.annotate(since=since, has_job=Exists(jobs))


one = Prepared(with_job, person=BigIntegerField())
by_uuid = Prepared(lambda uuid: Person.objects.filter(uuid=uuid), uuid=UUIDField())
by_number = Prepared(lambda number: Person.objects.filter(number=number).values_list("pk"), number=CharField())
begun = Prepared(
    lambda day: Employment.objects.filter(starts_on__gte=day).order_by("pk").values_list("starts_on", "recorded_at"),
    day=DateField(),
)
running = Prepared(
    lambda day, person: Employment.objects.on(day).filter(person=person).values_list("pk", flat=True),
    person=BigIntegerField(),
)


@pytest.mark.django_db
def test_rows_are_those_of_the_query_written_anew_with_their_types():
    ana, bo = factory.hire("ana"), factory.person("bo")
    for who, since in ((ana, factory.HIRED), (bo, None)):
        (row,) = one(person=who.pk)
        anew = with_job(who.pk).get()
        assert vars(row) | {"_state": None} == vars(anew) | {"_state": None}
        assert (row.since, row.has_job, row.get_deferred_fields()) == (since, since is not None, {"password"})


@pytest.mark.django_db
def test_each_kind_of_value_is_given_as_its_field_wants_it():
    who = factory.hire("ana", on=MARCH)
    assert by_uuid(uuid=who.uuid) == by_uuid(uuid=str(who.uuid)) == [who]
    assert by_uuid(uuid=uuid.uuid4()) == []
    assert (by_number(number="ana"), by_number(number="%s' --")) == ([(who.pk,)], [])
    assert begun(day=MARCH) == [(MARCH, factory.AT)]
    assert begun(day=MARCH + factory.days(1)) == []


@pytest.mark.django_db
def test_rows_are_read_again_at_each_call():
    who = factory.person("ana")
    first = one(person=who.pk)[0]
    Person.objects.filter(pk=who.pk).update(first_name="Bea")
    assert (first.first_name, one(person=who.pk)[0].first_name) == ("Ana", "Bea")


@pytest.mark.django_db
def test_what_is_built_in_differs_from_call_to_call_too():
    who = factory.person("ana")
    job = factory.employ(who, ends_on=MARCH)
    days = [MARCH - factory.days(1), MARCH, MARCH - factory.days(1)]
    assert [running(day=day, person=who.pk) for day in days] == [[job.pk], [], [job.pk]]


@pytest.mark.django_db
def test_a_call_asks_once(django_assert_num_queries):
    who = factory.person("ana")
    with django_assert_num_queries(1):
        one(person=who.pk)


def test_a_blank_that_is_left_open_is_an_error():
    with pytest.raises(KeyError, match="person"):
        one()


def test_two_at_the_same_moment_get_what_each_asked_for(committed_database):
    people = [factory.person(f"p{number}") for number in range(8)]

    def ask(who):
        return [one(person=who.pk) for _time in range(50)]

    answers = threads.together(*[lambda who=who: ask(who) for who in people])
    assert answers == [[[who]] * 50 for who in people]
