"""How often one may try: per account, from anywhere; per address, at all accounts."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from . import doors
from .doors import errors, sign_in

pytestmark = pytest.mark.django_db

TOO_MANY = ["Too many tries. Wait five minutes, then try again."]


def test_tries_by_number_and_by_mail_are_tries_at_one_person(client, ana):
    for login in ("ana-7", "ana@example.com", "ANA-7", "Ana@example.com", "Ana-7"):
        assert errors(sign_in(client, login, "wrong")) != TOO_MANY
    for login in ("ana-7", "ana@example.com"):
        response = sign_in(client, login, remote="10.0.0.9")
        assert (errors(response), response.status_code) == (TOO_MANY, 429)
    assert doors.who(client) is None


def test_unknown_accounts_get_the_same_status(client):
    answers = [sign_in(client, "nobody", "wrong") for _number in range(6)]
    assert [response.status_code for response in answers] == [200] * 5 + [429]
    assert errors(answers[-1]) == TOO_MANY


@pytest.mark.parametrize("address", ["/sign-in/reset/", "/sign-in/code/"])
@pytest.mark.parametrize("logins", [["Ana-7", "ana@example.com"], ["nobody", "nobody "]])
def test_mails_to_one_person_are_limited(client, ana, mailoutbox, address, logins):
    answers = [client.post(address, {"email": logins[number % 2]}) for number in range(6)]
    assert [response.status_code for response in answers] == [302] * 5 + [429]
    assert doors.field_errors(answers[-1], "email") == TOO_MANY
    doors.nothing_arrives(mailoutbox, 5 if logins[0] == "Ana-7" else 0)


@pytest.mark.parametrize("address", ["/sign-in/reset/", "/sign-in/code/"])
def test_one_address_cannot_ask_for_everybody(client, address):
    answers = [client.post(address, {"email": f"somebody-{number}"}).status_code for number in range(70)]
    assert answers[-1] == 429
    assert answers.index(429) == 60


def test_guesses_of_a_mailed_code_are_counted_outside_the_session(client, ana, mailoutbox):
    """Each session allows three guesses; with five sessions at once that would be fifteen."""
    visitors = [Client() for _number in range(5)]
    for visitor in visitors:
        visitor.post("/sign-in/code/", {"email": "Ana-7"})
    guesses = [visitor.post("/sign-in/code/confirm/", {"code": "WRNG-CODE"}) for visitor in visitors]
    assert [response.status_code for response in guesses] == [200] * 5
    code = doors.code_in(doors.arrived(mailoutbox, 5))
    refused = visitors[-1].post("/sign-in/code/confirm/", {"code": code})
    assert refused.status_code == 429
    assert "Too many tries in a short time" in refused.content.decode()
    assert doors.who(visitors[-1]) is None


def test_a_new_password_by_mail_forgives_the_tries(client, ana, mailoutbox, settings):
    for _number in range(6):
        sign_in(client, "Ana-7", "wrong")
    client.post("/sign-in/reset/", {"email": "Ana-7"})
    path = doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL)
    form = client.get(path).headers["Location"]
    client.post(form, {"password1": "another seal checked", "password2": "another seal checked"})
    assert sign_in(client, "Ana-7", "another seal checked").headers["Location"] == "/me/"


def test_a_successful_sign_in_between_does_not_reset_the_count(client, ana):
    for _number in range(4):
        sign_in(client, "Ana-7", "wrong")
    assert sign_in(client, "Ana-7").headers["Location"] == "/me/"
    visitor = Client()
    assert sign_in(visitor, "Ana-7", "wrong").status_code == 200
    assert sign_in(visitor, "Ana-7", "wrong").status_code == 429


def test_guesses_of_the_second_factor_are_limited(client, ana):
    sign_in(client, "Ana-7")
    secret, _codes = doors.set_up_app(client)
    client.post("/sign-out/")
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=10), tick=False):
        assert sign_in(client, "Ana-7").headers["Location"] == "/sign-in/second-factor/"
        answers = [client.post("/sign-in/second-factor/", {"code": "000000"}) for _number in range(5)]
        assert all(doors.field_errors(each, "code") != TOO_MANY for each in answers)
        right = client.post("/sign-in/second-factor/", {"code": doors.totp(secret)})
        assert doors.field_errors(right, "code") == TOO_MANY
        assert doors.who(client) is None
