"""Checking in: a code that is soon too old, a signed-in person, one press; and the kiosk, which needs no code."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from learning.people.signing_in.actions import set_pin
from learning.records.sessions import rotating
from tests.people.signing_in import slip_factory as kiosks

from .. import factory as records
from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db
BEGAN = AT - minutes(5)


@pytest.fixture
def clock():
    cache.clear()
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def marta(clock):
    return factory.boss()


@pytest.fixture
def ana(marta):
    return factory.crew("1", marta, "Ana")


def opened(people=(), **says):
    return factory.session(people, present=False, happened_at=BEGAN, **says)


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(session, at=AT):
    return f"/s/{session.code}{rotating.shown_at(session.uuid, at)}/"


def roster(session):
    rows = session.attendances.order_by("person__number")
    return list(rows.values_list("person__number", "attested", "attribution", "walk_in"))


def state(client, session):
    return client.get(f"/s/{session.code}/").context["state"]


def press(client, session):
    answer = client.post(f"/s/{session.code}/", follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_who_scans_confirms_once_and_is_accounted_for(ana):
    session, client = opened([ana]), signed_in(ana)
    assert state(client, session) == "scan"
    assert client.get(address(session))["Location"] == f"/s/{session.code}/"
    assert (state(client, session), roster(session)) == ("confirm", [("1", "", "", False)])
    assert press(client, session) == []
    assert roster(session) == [("1", "check_in", "password", False)]
    assert state(client, session) == "in"
    # The tab of a moment ago, pressed again.
    assert press(client, session) == ["That took too long. Scan the code once more."]
    row = session.attendances.get()
    assert (row.present, row.attested_at) == (True, AT)


def test_a_code_is_taken_for_a_minute_and_then_says_that_it_is_too_old(ana, clock):
    session, client = opened([ana]), signed_in(ana)
    shown = address(session)
    clock.shift(59)
    assert client.get(shown).status_code == 302
    clock.shift(1)
    answer = client.get(shown)
    assert (answer.status_code, "This code is too old" in answer.content.decode()) == (410, True)
    assert roster(session) == [("1", "", "", False)]


@pytest.mark.parametrize("code", ["{code}ZZZZ", "{code}Z", "ZZZZZZZZ0000", "ZZZZZZZZ", "{other}"])
def test_a_code_that_was_never_shown_says_so_and_checks_nobody_in(ana, code):
    session, client = opened([ana]), signed_in(ana)
    other = rotating.shown_at(opened().uuid, AT)
    answer = client.get(f"/s/{code.format(code=session.code, other=session.code + other)}/")
    assert (answer.status_code, "No session has this code" in answer.content.decode()) == (404, True)
    assert state(client, session) == "scan"


def test_guesses_are_limited_and_old_codes_are_no_guesses(ana, clock):
    session, client = opened([ana]), signed_in(ana)
    shown = address(session)
    clock.shift(300)
    assert {client.get(shown).status_code for _ in range(61)} == {410}
    assert {client.get(f"/s/{session.code}ZZZZ/").status_code for _ in range(60)} == {404}
    assert client.get(address(session, AT + minutes(5))).status_code == 429


def test_the_scan_outlives_the_sign_in_that_it_leads_to(ana, clock):
    session, client = opened([ana]), Client()
    assert client.get(address(session), follow=True).redirect_chain[-1][0] == f"/sign-in/?next=/s/{session.code}/"
    clock.shift(9 * 60)
    client.force_login(ana)
    assert press(client, session) == []
    assert roster(session) == [("1", "check_in", "password", False)]


def test_what_was_scanned_too_long_ago_is_scanned_again(ana, clock):
    session, client = opened([ana]), signed_in(ana)
    client.get(address(session))
    clock.shift(11 * 60)
    assert press(client, session) == ["That took too long. Scan the code once more."]
    assert roster(session) == [("1", "", "", False)]


def test_others_come_onto_the_roster_or_are_sent_to_the_instructor(ana, marta):
    luis = factory.crew("2", marta, "Luis")
    for walk_ins, outcome, came in [(True, "in", [("2", "check_in", "password", True)]), (False, "not_listed", [])]:
        session, client = opened([ana], walk_ins=walk_ins), signed_in(luis)
        assert state(client, session) == "unknown"
        client.get(address(session))
        press(client, session)
        client.get(address(session))
        assert (state(client, session), roster(session)[1:]) == (outcome, came)


def test_who_neither_scanned_nor_is_expected_learns_nothing(ana):
    session = opened()
    page = signed_in(ana).get(f"/s/{session.code}/").content.decode()
    assert (session.title in page, "Marta" in page) == (False, False)
    assert press(signed_in(ana), session) == ["That took too long. Scan the code once more."]
    assert roster(session) == []


@pytest.mark.parametrize(("shift", "expected"), [(-36, "early"), (-35, "confirm"), (39, "confirm"), (40, "late")])
def test_the_window_is_half_an_hour_around_the_session(ana, clock, shift, expected):
    session, client = opened([ana]), signed_in(ana)
    clock.shift(shift * 60)
    client.get(address(session, AT + minutes(shift)))
    assert state(client, session) == expected
    press(client, session)
    assert roster(session) == [("1", *(("check_in", "password") if expected == "confirm" else ("", "")), False)]


def test_at_a_kiosk_of_the_facility_no_code_is_needed(ana):
    here, elsewhere = opened([ana]), opened(facility=records.facility("PORT", "Port"))
    set_pin(person=ana, pin=kiosks.PIN, at=AT)
    client = Client()
    kiosks.kiosk(client, records.facility())
    kiosks.enter(client, ana.number, kiosks.PIN)
    assert [row["session"] for row in client.get("/s/").context["rows"]] == [here]
    assert (state(client, here), state(client, elsewhere)) == ("confirm", "unknown")
    press(client, here)
    press(client, elsewhere)
    assert roster(here) == [("1", "kiosk", "pin_kiosk", False)]
    assert roster(elsewhere) == []


def test_the_code_on_the_screen_is_for_whoever_keeps_the_session(ana, marta, clock):
    session = opened([ana])
    page, client = f"/team/sessions/{session.uuid}/code/", signed_in(marta)
    first = client.get(page)
    assert "".join(first.context["groups"]) == address(session).strip("/").removeprefix("s/")
    assert '<noscript><meta http-equiv="refresh" content="31"></noscript>' in first.content.decode()
    clock.shift(29)
    assert client.get(page).context["renew"] == 2
    clock.shift(1)
    assert client.get(page).context["groups"][2] == rotating.shown_at(session.uuid, AT + minutes(0.5))
    assert first.context["groups"][2] != client.get(page).context["groups"][2]
    for stranger in (ana, factory.boss("boss-2")):
        assert signed_in(stranger).get(page).status_code == 404
