"""A session says how we know who is at the keyboard, and never "password" where none was typed."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from learning.people.signing_in.attribution import open_session, word_for

from . import doors


def record(method, **more):
    return {"method": method, "at": timezone.now().timestamp()} | more


APP = record("mfa", type="totp")
PASSKEY = record("mfa", type="webauthn", passwordless=True)


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ([], None),
        ([record("password")], "password"),
        ([record("password"), APP], "password_2fa"),
        ([record("password"), record("mfa", type="recovery_codes")], "password_2fa"),
        ([PASSKEY], "passkey"),
        ([record("code")], "mail_code"),
        ([record("code"), APP], "mail_code"),
        ([record("socialaccount")], "sso"),
        ([record("socialaccount"), APP], "sso"),
        ([record("supervisor")], "supervisor"),
        ([record("pin_kiosk")], "pin_kiosk"),
        # Left at the second step, and come in by another door.
        ([record("password"), PASSKEY], "passkey"),
        ([record("password"), record("code"), APP], "mail_code"),
        # Asked once more later on: how they came in stays what it was.
        ([record("socialaccount"), record("password", reauthenticated=True)], "sso"),
        ([record("password"), record("mfa", type="totp", reauthenticated=True)], "password_2fa"),
    ],
)
def test_the_word_is_what_was_shown_last_and_what_came_on_top(records, word):
    assert word_for(records) == word


@pytest.fixture
def request_of_a_visitor():
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


@pytest.mark.parametrize("word", ["supervisor", "pin_kiosk"])
def test_a_session_opened_by_a_slip_or_pin_says_so(ana, request_of_a_visitor, word):
    open_session(request_of_a_visitor, ana, attribution=word)
    assert request_of_a_visitor.session["attribution"] == word
    assert request_of_a_visitor.session["_auth_user_id"] == str(ana.pk)
    assert request_of_a_visitor.session["second_factor"] is False


def test_an_opened_session_keeps_nothing_of_the_one_before(ana, request_of_a_visitor):
    request_of_a_visitor.session["left"] = "behind"
    request_of_a_visitor.session.save()
    before = request_of_a_visitor.session.session_key
    open_session(request_of_a_visitor, ana, attribution="supervisor")
    assert "left" not in request_of_a_visitor.session
    assert request_of_a_visitor.session.session_key != before


@pytest.mark.parametrize(("remember", "seconds"), [({}, 0), ({"remember": "on"}, 14 * 24 * 3600)])
def test_only_keep_me_signed_in_outlasts_the_browser(client, ana, remember, seconds):
    doors.sign_in(client, "Ana-7", **remember)
    assert client.session.get_expire_at_browser_close() is (seconds == 0)
    if seconds:
        assert client.session.get_expiry_age() == seconds
