"""A code or a link by mail: to people only, in their language, and nobody learns from the answer who they are."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from learning.people.models import Person

from .. import factory
from ..factory import PASSWORD
from . import doors

pytestmark = pytest.mark.django_db

NEW = {"password1": "another seal checked", "password2": "another seal checked"}


@pytest.mark.parametrize("login", ["Ana-7", " ana-7 ", "Ana@Example.com"])
def test_a_code_by_mail_signs_in(client, ana, mailoutbox, login):
    asked = client.post("/sign-in/code/", {"email": login})
    assert asked.headers["Location"] == "/sign-in/code/confirm/"
    message = doors.arrived(mailoutbox)
    assert (message.to, message.subject) == (["ana@example.com"], "Your code for signing in")
    assert doors.code_in(message) in message.alternatives[0].content
    typed = doors.code_in(message).lower().replace("-", " ")
    response = client.post("/sign-in/code/confirm/", {"code": typed})
    assert response.headers["Location"] == "/me/"
    assert doors.who(client) == str(ana.pk)
    assert client.session["attribution"] == "mail_code"


def test_a_code_works_once_and_ten_minutes(client, ana, mailoutbox):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/sign-in/code/", {"email": "Ana-7"})
        code = doors.code_in(doors.arrived(mailoutbox))
        clock.shift(601)
        assert client.post("/sign-in/code/confirm/", {"code": code}).headers["Location"] == "/sign-in/code/"
    client.post("/sign-in/code/", {"email": "Ana-7"})
    code = doors.code_in(doors.arrived(mailoutbox, 2))
    client.post("/sign-in/code/confirm/", {"code": code})
    client.post("/sign-out/")
    assert client.post("/sign-in/code/confirm/", {"code": code}).headers["Location"] == "/sign-in/code/"
    assert doors.who(client) is None


def test_next_survives_the_code(client, ana, mailoutbox):
    asked = client.post("/sign-in/code/", {"email": "Ana-7", "next": "/courses/"})
    assert asked.headers["Location"] == "/sign-in/code/confirm/?next=%2Fcourses%2F"
    code = doors.code_in(doors.arrived(mailoutbox))
    response = client.post("/sign-in/code/confirm/", {"code": code, "next": "/courses/"})
    assert response.headers["Location"] == "/courses/"


@pytest.mark.parametrize("login", ["nobody", "nobody@example.com", "no-mail", "stopped"])
def test_who_gets_no_code_reads_the_same(client, ana, mailoutbox, login):
    factory.person("no-mail")
    factory.person("stopped", email="stopped@example.com", is_active=False)
    known, unknown = [], []
    for name, seen in (("Ana-7", known), (login, unknown)):
        visitor = type(client)()
        asked = visitor.post("/sign-in/code/", {"email": name})
        page = visitor.get(asked.headers["Location"])
        wrong = visitor.post("/sign-in/code/confirm/", {"code": "WRNG-CODE"})
        seen += [asked.status_code, asked.headers["Location"], _text(page), wrong.status_code, _text(wrong)]
    assert known == unknown
    assert "That code is not right" in known[-1]
    doors.nothing_arrives(mailoutbox, 1)
    assert mailoutbox[0].to == ["ana@example.com"]


def _text(response):
    """The page without what is different each time."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", response.content.decode())


def test_mails_speak_the_language_of_the_person(client, mailoutbox):
    factory.person("es", password=PASSWORD, language="es", email="es@example.com")
    client.post("/sign-in/reset/", {"email": "es"})
    message = doors.arrived(mailoutbox)
    assert doors.address_in(message).startswith("http://127.0.0.1:8000/es/sign-in/reset/")
    assert '<html lang="es">' in message.alternatives[0].content


def test_a_link_by_mail_sets_a_new_password(client, ana, mailoutbox, settings):
    elsewhere = type(client)()
    elsewhere.force_login(ana)
    # A host that a request only claims must not end up in the mail.
    asked = client.post("/sign-in/reset/", {"email": "ana@example.com"}, headers={"host": "evil.example.com"})
    assert asked.headers["Location"] == "/sign-in/reset/sent/"
    message = doors.arrived(mailoutbox)
    address = doors.address_in(message)
    assert address.startswith(f"{settings.GATEHOUSE_PUBLIC_URL}/sign-in/reset/")
    assert f'href="{address}"' in message.alternatives[0].content

    path = address.removeprefix(settings.GATEHOUSE_PUBLIC_URL)
    form = client.get(path).headers["Location"]
    assert form.endswith("-set-password/")
    weak = client.post(form, {"password1": "ana-7777", "password2": "ana-7777"})
    assert doors.field_errors(weak, "password1")
    assert client.post(form, NEW).headers["Location"] == "/sign-in/"
    assert doors.who(client) is None
    assert elsewhere.get("/me/records/").status_code == 302
    assert doors.sign_in(client, "Ana-7", NEW["password1"]).headers["Location"] == "/me/"
    used = type(client)().get(path)
    assert "This link does not work any more" in used.content.decode()


def test_addresses_are_kept_with_the_person_only(client, ana, mailoutbox, settings):
    """allauth would copy them into a table of its own, and an address that HR takes away would still sign in."""
    client.post("/sign-in/reset/", {"email": "Ana-7"})
    client.get(doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL))
    client.post("/sign-in/code/", {"email": "Ana-7"})
    client.post("/sign-in/code/confirm/", {"code": doors.code_in(doors.arrived(mailoutbox, 2))})
    assert doors.who(client) == str(ana.pk)
    assert not EmailAddress.objects.exists()


def test_a_link_ends_after_eight_hours(client, ana, mailoutbox, settings):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/sign-in/reset/", {"email": "Ana-7"})
        path = doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL)
        clock.shift(8 * 3600 + 1)
        assert "This link does not work any more" in client.get(path).content.decode()


def test_a_link_is_worth_nothing_once_its_person_is_stopped(client, ana, mailoutbox, settings):
    client.post("/sign-in/reset/", {"email": "Ana-7"})
    path = doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL)
    Person.objects.update(is_active=False)
    assert "This link does not work any more" in client.get(path).content.decode()


@pytest.mark.parametrize("login", ["nobody", "nobody@example.com", "no-mail"])
def test_who_gets_no_link_reads_the_same(client, ana, mailoutbox, login):
    factory.person("no-mail")
    seen = []
    for name in ("Ana-7", login):
        asked = client.post("/sign-in/reset/", {"email": name})
        seen.append((asked.status_code, asked.headers["Location"], _text(client.get(asked.headers["Location"]))))
    assert seen[0] == seen[1]
    doors.nothing_arrives(mailoutbox, 1)


def test_nothing_of_a_mail_that_failed_is_logged(client, ana, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.post("/sign-in/reset/", {"email": "Ana-7"})
    doors.wait(lambda: caplog.records)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("learning")] == [
        "a mail of sign-in was not accepted: ConnectionRefusedError"
    ]
    assert "ana@example.com" not in caplog.text and "reset/" not in caplog.text


def test_who_has_no_password_sets_one_by_mail(client, mailoutbox, settings):
    factory.person("20", email="new@example.com")
    client.post("/sign-in/reset/", {"email": "20"})
    path = doors.address_in(doors.arrived(mailoutbox)).removeprefix(settings.GATEHOUSE_PUBLIC_URL)
    form = client.get(path).headers["Location"]
    client.post(form, NEW)
    assert doors.sign_in(client, "20", NEW["password1"]).headers["Location"] == "/me/"


@pytest.mark.parametrize(
    "path",
    [
        "sign-in/",
        "sign-in/code/",
        "sign-in/code/confirm/",
        "sign-in/second-factor/",
        "sign-in/reset/",
        "sign-in/reset/sent/",
        "sign-in/reset/7-set-password/",
        "start/",
    ],
)
def test_the_language_is_chosen_before_anybody_is_known(client, path):
    there = client.post("/language/", {"language": "es", "next": f"/{path}"})
    assert there.headers["Location"] == f"/es/{path}"
    back = client.post("/language/", {"language": "en", "next": f"/es/{path}"})
    assert back.headers["Location"] == f"/{path}"
