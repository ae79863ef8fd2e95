"""A slip: set a password or a PIN with it once, and what it is worth afterwards."""

import datetime
import hashlib

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from learning.people.models import Pin, Slip
from learning.people.signing_in import actions, slips

from .. import factory
from ..factory import AT, PASSWORD, days
from .slip_factory import PIN, crew, means, slip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]

# Noon of 24 November, 14 days on, and the rest of that day in Denver.
ENDS = datetime.datetime(2026, 12, 9, 7, 0, tzinfo=datetime.UTC)
NEW = "three gates at dawn"


@pytest.fixture
def luis():
    return crew().luis


@pytest.fixture
def code(luis):
    return slip(luis)[1]


def address(code):
    return f"/start/{code}/"


def text(response):
    return " ".join(response.content.decode().split())


def test_a_code_is_a_hundred_random_bits_and_only_its_hash_is_kept(luis):
    row, code = slip(luis)
    assert len(code) == 20
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert code not in str(Slip.objects.values_list())
    assert row.code_hash == hashlib.sha256(code.encode()).hexdigest()
    # The whole of the last day, in Denver.
    assert row.expires_at == ENDS
    assert len({slips.new_code() for _time in range(100)}) == 100


def test_looking_at_it_uses_nothing_up(client, luis, code):
    for _time in range(3):
        response = client.get(address(code))
        assert response.status_code == 200
        assert client.head(address(code)).status_code == 200
    assert "Luis Vega" in text(response)
    assert "3071" in text(response)
    assert Slip.objects.get().used_at is None
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}-"])
def test_a_code_can_be_typed(client, code, typed):
    groups = "-".join(code[start : start + 4] for start in range(0, 20, 4)).lower()
    response = client.post("/start/", {"code": typed.format(groups)})
    assert response.headers["Location"] == address(code)


def test_a_password_set_with_it_opens_a_session_of_its_own_kind(client, luis, code):
    response = client.post(address(code), means(password=NEW))
    assert response.headers["Location"] == "/es/me/"
    assert client.session["_auth_user_id"] == str(luis.pk)
    assert client.session["attribution"] == "supervisor"
    luis.refresh_from_db()
    assert luis.check_password(NEW)
    row = Slip.objects.get()
    assert (row.used_at, row.set_password, row.set_pin) == (AT, True, False)


def test_a_link_by_mail_is_known_by_the_mailbox(client, luis):
    _row, code = slip(luis, kind=Slip.Kind.MAIL)
    client.post(address(code), means(password=NEW))
    assert client.session["attribution"] == "mail_code"


def test_a_pin_opens_no_session_on_ones_own_phone(client, luis, code):
    response = client.post(address(code), means(pin=PIN))
    assert response.headers["Location"] == "/start/done/"
    assert "Your PIN is set" in text(client.get("/start/done/"))
    assert "_auth_user_id" not in client.session
    assert PIN not in Pin.objects.get(person=luis).secret
    luis.refresh_from_db()
    assert not luis.has_usable_password()


def test_who_holds_the_slip_takes_over_no_session_that_was_open(client, luis, code):
    client.force_login(factory.person("9", password=PASSWORD))
    client.post(address(code), means(pin=PIN))
    assert "_auth_user_id" not in client.session


def test_in_the_administration_one_signs_in_with_the_new_password(client):
    hr = factory.hire("hr", role="Human resources")
    _row, code = slip(hr, kind=Slip.Kind.COMMAND)
    response = client.post(address(code), means(pin=PIN))
    assert response.context["form"].errors == {"__all__": ["Choose a password."]}
    response = client.post(address(code), means(password=NEW))
    assert response.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_who_may_do_everything_gets_no_pin(client):
    root = factory.person("root", is_superuser=True)
    _row, code = slip(root, kind=Slip.Kind.COMMAND)
    assert "pin" not in client.get(address(code)).context["form"].fields
    client.post(address(code), means(password=NEW, pin=PIN))
    assert not Pin.objects.exists()


@pytest.mark.parametrize(
    ("posted", "errors"),
    [
        (means(), {"__all__": ["Choose a password, a PIN, or both."]}),
        (means(password=NEW) | {"password_again": "other"}, {"password_again": ["The two passwords differ."]}),
        (means(pin=PIN) | {"pin_again": "731959"}, {"pin_again": ["The two PINs differ."]}),
        (means(pin="12345"), {"pin": ["A PIN is six digits."]}),
        (means(password="password"), {"password": ["This password is too common."]}),
    ],
)
def test_what_is_wrong_is_said_and_the_slip_stays_good(client, code, posted, errors):
    response = client.post(address(code), posted)
    assert response.context["form"].errors == errors
    assert Slip.objects.get().used_at is None


def test_what_a_slip_does_not_set_anew_ends_with_it(client, luis, code):
    actions.set_pin(person=luis, pin=PIN, at=AT)
    luis.set_password(PASSWORD)
    luis.save()
    Authenticator.objects.create(user=luis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.post(address(code), means(pin="195738"))
    luis.refresh_from_db()
    # It was never meant to open the account without the second factor, which is gone.
    assert not luis.has_usable_password()
    assert not Authenticator.objects.exists()
    assert luis.pin.secret == Pin.objects.get().secret


def test_a_password_without_a_second_factor_stays_when_only_a_pin_is_set(client, luis, code):
    luis.set_password(PASSWORD)
    luis.save()
    client.post(address(code), means(pin=PIN))
    luis.refresh_from_db()
    assert luis.check_password(PASSWORD)
    assert Pin.objects.filter(person=luis).count() == 1


def test_an_old_pin_ends_when_only_a_password_is_set(client, luis, code):
    actions.set_pin(person=luis, pin=PIN, at=AT)
    client.post(address(code), means(password=NEW))
    assert not Pin.objects.exists()


def test_issuing_ends_sessions_and_takes_nothing_else(client, luis):
    luis.set_password(PASSWORD)
    luis.save()
    actions.set_pin(person=luis, pin=PIN, at=AT)
    Authenticator.objects.create(user=luis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(luis)
    assert client.get("/es/me/").status_code == 200
    slip(luis)
    assert client.get("/es/me/").headers["Location"] == "/es/sign-in/?next=/es/me/"
    luis.refresh_from_db()
    assert (luis.check_password(PASSWORD), Pin.objects.count(), Authenticator.objects.count()) == (True, 1, 1)


WORDS = {
    "used": ("This slip was used already. Each works once.", 410),
    "cancelled": ("This slip was replaced by a newer one.", 410),
    "expired": ("This slip is too old. A slip works for 14 days.", 410),
    "left": ("This account may not sign in any more.", 410),
    "unknown": ("No slip has this code.", 404),
}


@pytest.mark.parametrize("what", sorted(WORDS))
def test_a_slip_that_is_not_good_says_why_and_sets_nothing(client, luis, code, what):
    at = AT
    if what == "used":
        Client().post(address(code), means(pin=PIN))
    elif what == "cancelled":
        slip(luis)
    elif what == "expired":
        at = ENDS
    elif what == "left":
        luis.employments.update(ends_on=factory.TODAY)
    else:
        code = "0" * 20
    words, status = WORDS[what]
    with time_machine.travel(at, tick=False):
        for response in (client.get(address(code)), client.post(address(code), means(password=NEW))):
            assert response.status_code == status
            assert words in text(response)
    luis.refresh_from_db()
    assert not luis.has_usable_password()
    assert "_auth_user_id" not in client.session


def test_a_slip_is_good_until_its_last_moment(client, code):
    with time_machine.travel(ENDS - datetime.timedelta(seconds=1), tick=False):
        assert client.get(address(code)).status_code == 200


def test_a_new_slip_takes_the_place_of_the_old_one(luis):
    first, _code = slip(luis)
    second, _code = slip(luis, at=AT + days(1))
    first.refresh_from_db()
    assert (first.cancelled_at, second.cancelled_at) == (AT + days(1), None)


def test_wrong_codes_are_limited_by_address(client, code):
    for _time in range(30):
        assert client.post("/start/", {"code": "0" * 20}, REMOTE_ADDR="10.0.0.1").status_code == 200
    assert client.post("/start/", {"code": code}, REMOTE_ADDR="10.0.0.1").status_code == 429
    assert client.get(address(code), REMOTE_ADDR="10.0.0.1").status_code == 429
    assert client.get(address(code), REMOTE_ADDR="10.0.0.2").status_code == 200


def test_right_codes_are_not_counted_so_that_a_whole_yard_can_start(client, code):
    for _time in range(40):
        assert client.post("/start/", {"code": code}).headers["Location"] == address(code)


def test_it_all_can_be_read_in_spanish(client, code):
    response = client.get(f"/es/start/{code}/")
    assert 'lang="es"' in response.content.decode()
    assert client.get("/es/start/").status_code == 200
    assert client.get("/es/kiosk/").status_code == 200
