"""The shared tablet: who may come in, how far, and what is left behind."""

import datetime
import re
from importlib import import_module

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client

from learning.people.models import Pin
from learning.people.signing_in import actions, keypad, kiosk_session

from .. import factory
from ..factory import AT
from .slip_factory import BADGE, PIN, crew, enter, kiosk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def yard():
    return crew()


@pytest.fixture
def tablet(client):
    return kiosk(client)


@pytest.fixture
def luis(yard):
    actions.set_pin(person=yard.luis, pin=PIN, at=AT)
    return yard.luis


def signed_in(client):
    return "_auth_user_id" in client.session


def text(response):
    return " ".join(response.content.decode().split())


# Coming in


@pytest.mark.parametrize("typed", ["3071", BADGE])
def test_number_or_badge_and_pin(client, tablet, luis, typed):
    response = enter(client, typed, PIN)
    assert response.headers["Location"] == "/es/me/"
    assert client.session["_auth_user_id"] == str(luis.pk)
    assert client.session["attribution"] == "pin_kiosk"
    assert typed not in str({name: value for name, value in client.session.items() if name != "_auth_user_id"})


def test_a_pin_works_at_no_other_device(client, luis):
    client.post("/kiosk/", {"number": "3071", "key": "go"})
    assert client.post("/kiosk/pin/", {"pin": PIN, "key": "go"}).headers["Location"] == "/kiosk/"
    assert not signed_in(client)


def test_the_keypad_works_without_javascript(client, tablet, luis):
    typed = ""
    for key, expected in [("3", "3"), ("0", "30"), ("9", "309"), ("back", "30"), ("7", "307"), ("1", "3071")]:
        response = client.post("/kiosk/", {"number": typed, "key": key})
        typed = re.search(r'name="number" value="([^"]*)"', response.content.decode())[1]
        assert typed == expected
    assert client.post("/kiosk/", {"number": typed, "key": "go"}).headers["Location"] == "/kiosk/pin/"
    pin = ""
    for key in PIN:
        response = client.post("/kiosk/pin/", {"pin": pin, "key": key})
        pin = re.search(r'name="pin" type="password" value="([^"]*)"', response.content.decode())[1]
    assert pin == PIN
    assert client.post("/kiosk/pin/", {"pin": pin, "key": "go"}).headers["Location"] == "/es/me/"


@pytest.mark.parametrize(
    ("typed", "key", "expected"),
    [
        ("30", "7", ("307", False)),
        ("30", "back", ("3", False)),
        ("", "back", ("", False)),
        ("30", "clear", ("", False)),
        (" 30\n", "go", ("30", True)),
        ("123456", "7", ("123456", False)),
        ("30", "<b>", ("30", False)),
        ("30", "٣", ("30٣"[:3], False)),
        ("30", "", ("30", False)),
    ],
)
def test_keys(typed, key, expected):
    assert keypad.press({"number": typed, "key": key}, "number", 6) == expected


def test_wrong_pins_lock_and_say_so_in_the_same_words_for_unknown_numbers(client, tablet, luis):
    answers = {}
    for number in ("3071", "nobody"):
        answers[number] = [
            re.search(r'id="pin-error".*?<span>(.*?)</span>', enter(client, number, "000001").content.decode())[1]
            for _time in range(6)
        ]
    assert answers["3071"] == answers["nobody"]
    assert [words[:8] for words in answers["3071"]] == ["Number a"] * 5 + ["Too many"]
    assert enter(client, "3071", PIN).status_code == 200
    assert not signed_in(client)
    with time_machine.travel(AT + datetime.timedelta(minutes=15), tick=False):
        assert enter(client, "3071", PIN).status_code == 302


def test_a_kiosk_that_is_used_to_try_numbers_stops(client, tablet, luis):
    for number in range(60):
        enter(client, f"x{number}", "000001")
    assert "Too many wrong PINs" in text(enter(client, "3071", PIN))
    other = Client()
    kiosk(other, name="Gate 9")
    assert enter(other, "3071", PIN).headers["Location"] == "/es/me/"


def test_somebody_else_s_number_can_be_forgotten(client, tablet):
    client.post("/kiosk/", {"number": "3071", "key": "go"})
    assert client.post("/kiosk/forget/").headers["Location"] == "/kiosk/"
    assert client.get("/kiosk/pin/").headers["Location"] == "/kiosk/"
    assert "3071" not in text(client.get("/kiosk/"))


# Inside


OUTSIDE = [
    "/admin/",
    "/admin/people/",
    "/admin/reports/completions/",
    "/team/kiosks/",
    "/kiosk/enrol/",
    "/profile/",
    "/mailbox/",
    "/start/",
    "/documents/1/x.pdf",
]


@pytest.mark.parametrize("role", [None, "Supervisors", "Human resources", "Administrators"])
def test_a_kiosk_session_learns_and_administers_nothing(client, tablet, role):
    who = factory.hire("me", role=role)
    actions.set_pin(person=who, pin=PIN, at=AT)
    enter(client, "me", PIN)
    for address in OUTSIDE:
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 404, address
    for address in ("/me/", "/me/records/", "/courses/", "/search/?q=seal"):
        assert client.get(address).status_code == 200, address
    assert "Administration" not in text(client.get("/me/"))


def test_every_address_that_is_not_listed_is_closed():
    """The list of what is open, once more: whoever adds an address to it says so here."""
    assert sorted(kiosk_session.ALLOWED) == sorted(
        [
            "account_logout",
            "assignments:me",
            "assignments:records",
            "content:guide",
            "content:guides",
            "content:help",
            "content:help_page",
            "content:search",
            "courses:attempt",
            "courses:beat",
            "courses:changed",
            "courses:check",
            "courses:complete",
            "courses:course",
            "courses:done",
            "courses:feedback",
            "courses:index",
            "courses:rate",
            "courses:start",
            "courses:step",
            "media",
            "people:kiosk",
            "people:kiosk_here",
            "people:switch_language",
            "quizzes:attempt",
            "quizzes:claim",
            "quizzes:result",
            "quizzes:review",
            "quizzes:save",
            "quizzes:save_all",
            "quizzes:submit",
            "records:certificate",
            "records:check_in",
            "records:check_in_door",
            "records:check_in_quiz",
            "records:verify",
            "records:verify_code",
            "wagtail_serve",
            "wagtaildocs_serve",
            "wagtailimages_serve",
        ]
    )


@pytest.mark.parametrize("room", ["courses", "quizzes"])
def test_whatever_a_learner_opens_is_open_at_a_kiosk(room):
    names = {f"{room}:{pattern.name}" for pattern in import_module(f"{room}.urls").urlpatterns}
    of_supervisors = {"quizzes:skills", "quizzes:sign", "quizzes:timeline", "quizzes:of_person"}
    assert names - of_supervisors == names & kiosk_session.ALLOWED


def test_what_hr_may_see_elsewhere_it_may_not_see_from_a_kiosk(client, tablet, rf):
    who = factory.hire("hr", role="Human resources")
    actions.set_pin(person=who, pin=PIN, at=AT)
    enter(client, "hr", PIN)
    assert client.get("/me/").wsgi_request.user.has_perm("people.view_person") is False
    assert type(who).objects.get(pk=who.pk).has_perm("people.view_person") is True


def test_signing_out_leaves_nothing(client, tablet, luis):
    enter(client, "3071", PIN)
    client.cookies["django_language"] = "es"
    page = client.get("/es/me/")
    assert page.headers["Cache-Control"] == "no-store, private"
    response = client.post("/es/sign-out/")
    assert response.headers["Location"] == "/kiosk/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["django_language"]["max-age"] == 0
    assert response.cookies["kiosk"].value if "kiosk" in response.cookies else client.cookies["kiosk"].value
    assert not signed_in(client)
    # What the button "back" asks for.
    assert client.get("/es/me/").headers["Location"] == "/es/sign-in/?next=/es/me/"
    response = client.get("/es/sign-in/?next=/es/me/")
    assert response.headers["Location"] == "/es/kiosk/"
    assert "Luis" not in text(client.get("/kiosk/"))


def test_a_language_is_the_person_s_own_and_not_left_for_the_next(client, tablet, luis):
    client.post("/language/", {"language": "es", "next": "/kiosk/"})
    assert client.cookies["django_language"].value == "es"
    enter(client, "3071", PIN)
    assert client.cookies["django_language"].value == ""
    response = client.post("/es/language/", {"language": "en", "next": "/es/me/"})
    assert response.headers["Location"] == "/me/"
    assert "django_language" not in response.cookies
    luis.refresh_from_db()
    assert luis.language == "en"


def test_without_javascript_the_page_leaves_when_the_server_has_ended_the_session(client, tablet, luis):
    enter(client, "3071", PIN)
    page = client.get("/es/me/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="421;url=/es/kiosk/"></noscript>' in page


def test_the_page_says_how_long_it_waits(client, tablet, luis, settings):
    enter(client, "3071", PIN)
    found = re.search(r'data-after="(\d+)" data-asks="(\d+)"', client.get("/es/me/").content.decode())
    # Two minutes in all, the last half of one to answer in.
    assert found.groups() == ("90", "30")
    settings.KIOSK_IDLE = [8, 20, 4]
    found = re.search(r'data-after="(\d+)" data-asks="(\d+)"', client.get("/es/me/").content.decode())
    assert found.groups() == ("6", "2")


def test_elsewhere_no_page_waits(client, luis):
    client.force_login(luis)
    assert "kiosk-idle" not in text(client.get("/es/me/"))


def test_the_server_ends_a_silent_session_by_itself(client, tablet, luis):
    with time_machine.travel(AT, tick=False) as clock:
        enter(client, "3071", PIN)
        # Five minutes on a lesson, one of asking, one to spare.
        clock.shift(419)
        assert client.get("/es/me/").status_code == 200
        clock.shift(419)
        assert client.post("/kiosk/here/").status_code == 204
        clock.shift(419)
        assert client.get("/es/me/").status_code == 200
        clock.shift(421)
        assert client.get("/es/me/").headers["Location"] == "/es/sign-in/?next=/es/me/"
        assert client.post("/kiosk/here/").status_code == 401


def test_the_next_visit_begins_where_the_last_one_ended(client, tablet, luis):
    enter(client, "3071", PIN)
    actions.keep_place(person=luis, place="/es/courses/seal-security/#at-40")
    client.post("/sign-out/")
    assert enter(client, "3071", PIN).headers["Location"] == "/es/courses/seal-security/#at-40"


def test_the_page_of_what_is_owed_is_no_place_to_return_to(client, tablet, luis):
    actions.keep_place(person=luis, place="/es/courses/seal-security/")
    enter(client, "3071", PIN)
    client.get("/es/me/")
    assert Pin.objects.get().place == ""


@pytest.mark.parametrize("at", ["", "x", "-1", "1000", "4.5", "4<"])
def test_a_place_is_never_what_a_browser_makes_up(client, tablet, luis, at):
    enter(client, "3071", PIN)
    session = client.session
    session[kiosk_session.PLACE] = "/es/courses/seal-security/"
    session.save()
    client.post("/kiosk/here/", {"at": at})
    assert Pin.objects.get().place == ""
    client.post("/kiosk/here/", {"at": "40"})
    assert Pin.objects.get().place == "/es/courses/seal-security/#at-40"


def test_after_a_course_only_its_last_pages_are_left(client, tablet, luis):
    enter(client, "3071", PIN)
    actions.finish_at_kiosk(person=luis, at=AT)
    assert client.get("/es/courses/nothing/complete/").status_code == 404
    assert signed_in(client)
    response = client.get("/es/me/")
    assert response.headers["Location"] == "/kiosk/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not signed_in(client)


def test_after_a_course_the_page_says_how_long_it_stays_and_how_to_keep_it(rf):
    request = rf.get("/es/courses/seals/complete/")
    request.kiosk_finished, request.kiosk_idle = True, lambda: kiosk_session.idle(request)
    html = render_to_string("people/kiosk_finished.html", {"request": request})
    # A minute without a touch; without a script, until the server has ended the session.
    assert '<p class="scripted">It also does so 60 seconds after the last touch.</p>' in html
    assert "<noscript><p>It also does so 421 seconds after this page was opened.</p></noscript>" in html
    assert '<a class="btn btn--line" href="/es/courses/seals/complete/">I am still reading</a>' in html


def test_after_a_course_one_may_still_say_how_useful_it_was(client, tablet, luis):
    enter(client, "3071", PIN)
    actions.finish_at_kiosk(person=luis, at=AT)
    assert client.post("/es/courses/nothing/rate/", {"useful": "4"}).status_code == 404
    assert signed_in(client)


def test_a_course_of_the_last_visit_ends_no_session_of_this_one(client, tablet, luis):
    actions.finish_at_kiosk(person=luis, at=AT - datetime.timedelta(seconds=1))
    enter(client, "3071", PIN)
    assert client.get("/es/me/").status_code == 200


def test_a_kiosk_session_costs_one_query_more(client, tablet, luis, django_assert_max_num_queries):
    enter(client, "3071", PIN)
    client.get("/es/me/")
    with django_assert_max_num_queries(12):
        client.get("/es/me/")
