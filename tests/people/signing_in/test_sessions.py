"""When a session ends: at the next request, and without a query more."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db.models import F
from django.utils import timezone

from learning.people.models import Person
from tests.queries import queries

from .. import factory
from ..factory import PASSWORD, TODAY, days
from . import doors

pytestmark = pytest.mark.django_db

OUT = "/sign-in/?next=/me/records/"
REFUSED = "This account may not sign in any more. If that is wrong, ask HR."


@pytest.fixture
def dock():
    who = factory.person("12", password=PASSWORD, email="dock@example.com")
    factory.place(who)
    return who


def is_in(client):
    response = client.get("/me/records/")
    assert response.status_code == 200 or response.headers["Location"] == OUT
    return response.status_code == 200


def at(*moment):
    return time_machine.travel(datetime.datetime(*moment, tzinfo=datetime.UTC), tick=False)


def test_a_leavers_session_ends_with_their_last_local_day(client, dock):
    """The last day is the 24th in Denver, seven hours behind."""
    factory.employ(dock, ends_on=TODAY + days(1))
    with at(2026, 11, 25, 6, 59):
        client.force_login(dock)
        assert is_in(client)
    with at(2026, 11, 25, 7, 0):
        assert not is_in(client)
        assert doors.who(client) is None


@pytest.mark.parametrize(("zone", "still"), [("Pacific/Honolulu", True), ("Europe/Madrid", False)])
def test_a_persons_own_zone_decides_when_the_last_day_is_over(client, dock, zone, still):
    factory.employ(dock, ends_on=TODAY + days(1))
    Person.objects.filter(pk=dock.pk).update(time_zone=zone)
    dock.refresh_from_db()
    client.force_login(dock)
    with at(2026, 11, 25, 7, 0):
        assert is_in(client) is still


def test_leavers_are_refused_in_words_whatever_they_show(client, dock, noon_in_denver, mailoutbox):
    factory.employ(dock, ends_on=TODAY)
    response = client.post("/sign-in/", {"login": "12", "password": PASSWORD}, follow=True)
    assert REFUSED in response.content.decode()
    assert doors.who(client) is None
    client.post("/sign-in/code/", {"email": "12"})
    client.post("/sign-in/reset/", {"email": "12"})
    doors.nothing_arrives(mailoutbox)


@pytest.mark.parametrize(
    "employments",
    [
        [],
        [(TODAY - days(30), None)],
        [(TODAY - days(300), TODAY - days(200)), (TODAY - days(30), None)],
        [(TODAY - days(300), TODAY - days(200)), (TODAY + days(5), None)],
    ],
    ids=["none", "running", "rehired", "to begin again"],
)
def test_who_is_no_leaver_signs_in(client, dock, noon_in_denver, employments):
    for starts_on, ends_on in employments:
        factory.employ(dock, starts_on, ends_on)
    assert doors.sign_in(client, "12").headers["Location"] == "/me/"


def test_a_merged_account_is_out_and_does_not_sign_in(client, dock):
    client.force_login(dock)
    Person.objects.filter(pk=dock.pk).update(merged_into=factory.person("13"))
    assert not is_in(client)
    response = client.post("/sign-in/", {"login": "12", "password": PASSWORD}, follow=True)
    assert REFUSED in response.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"session_generation": F("session_generation") + 1}],
    ids=["stopped", "generation"],
)
def test_the_next_request_of_whoever_is_stopped_is_refused(client, dock, change):
    client.force_login(dock)
    assert is_in(client)
    Person.objects.filter(pk=dock.pk).update(**change)
    assert not is_in(client)


def test_nothing_of_an_ended_session_reaches_the_next_person(client, dock, ana):
    client.force_login(dock)
    session = client.session
    session["secret"] = "of the first"
    session.save()
    Person.objects.filter(pk=dock.pk).update(is_active=False)
    assert doors.sign_in(client, "Ana-7").headers["Location"] == "/me/"
    assert "secret" not in client.session
    assert client.session["attribution"] == "password"


def _take(person):
    person.groups.remove(Group.objects.get(name="Human resources"))


def _clear(person):
    person.groups.clear()


def _take_from_the_group(person):
    Group.objects.get(name="Human resources").user_set.remove(person)


def _clear_the_group(person):
    Group.objects.get(name="Human resources").user_set.clear()


def _set(person):
    person.groups.set([Group.objects.get(name="Editors")])


@pytest.mark.parametrize("lose", [_take, _clear, _take_from_the_group, _clear_the_group, _set])
def test_losing_a_role_ends_the_sessions(client, lose):
    who = factory.person("hr", role="Human resources")
    other = factory.person("hr2", role="Compliance")
    client.force_login(who)
    assert is_in(client)
    lose(who)
    assert not is_in(client)
    client.force_login(other)
    assert is_in(client)


def test_keeping_a_role_keeps_the_session(client):
    who = factory.person("hr", role="Human resources")
    client.force_login(who)
    who.groups.set([Group.objects.get(name="Human resources")])
    assert is_in(client)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(client, ana, django_user_model):
    elsewhere = type(client)()
    elsewhere.force_login(ana)
    doors.sign_in(client, "Ana-7")
    new = {"oldpassword": PASSWORD, "password1": "another seal checked", "password2": "another seal checked"}
    assert client.post("/profile/password/", new).headers["Location"] == "/profile/"
    assert is_in(client)
    assert not is_in(elsewhere)
    ana.refresh_from_db()
    assert ana.check_password("another seal checked")


def test_knowing_who_may_be_there_costs_one_query(client, dock):
    factory.employ(dock)
    client.force_login(dock)
    client.get("/profile/")
    asked = queries(lambda: client.get("/profile/"))
    people = [query for query in asked if 'FROM "people_person"' in query]
    assert len(people) == 1
    assert "employed_until" in people[0]


def test_a_sign_in_writes_back_nothing_that_hr_is_changing(dock):
    loaded = Person.objects.get(pk=dock.pk)
    Person.objects.filter(pk=dock.pk).update(last_name="Olmos", search_key="12 ana olmos")
    loaded.last_login = timezone.now()
    loaded.save(update_fields=["last_login"])
    dock.refresh_from_db()
    assert (dock.last_name, dock.search_key) == ("Olmos", "12 ana olmos")
