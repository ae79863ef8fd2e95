"""The local mailbox: a message stored once, and shown as text or in a frame that may do nothing."""

import datetime

import pytest
from django.core.mail import EmailMultiAlternatives

from . import factory

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def empty(mailbox):
    return mailbox


def deliver(number=1, html="<html><head></head><body>Look <b>twice</b></body></html>", **fields):
    values = {
        "subject": f"Seal {number}",
        "body": "Look twice: https://gatehouse.example/me/",
        "to": ["ana@example.com"],
        "headers": {"Message-ID": f"<{number}@gatehouse.example>", "Date": "Tue, 24 Nov 2026 12:00:00 +0000"},
    } | fields
    message = EmailMultiAlternatives(**values)
    if html:
        message.attach_alternative(html, "text/html")
    return message.send()


def listed(response):
    return [(row["message"]["subject"], row["message"]["to"], row["message"]["at"]) for row in response.context["rows"]]


def test_a_message_is_listed_and_shown(client, mailbox):
    deliver(1)
    assert listed(client.get("/mailbox/")) == [("Seal 1", "ana@example.com", NOON)]
    (key,) = mailbox.keys()
    page = client.get(f"/mailbox/{key}/")
    assert page.context["text"] == "Look twice: https://gatehouse.example/me/"
    assert ("Message-ID", "<1@gatehouse.example>") in page.context["headers"]
    text = page.content.decode()
    assert 'href="https://gatehouse.example/me/"' in text
    assert f'src="/mailbox/{key}/html/"' in text
    assert "<b>twice</b>" not in text


def test_the_same_message_id_is_stored_once(client, mailbox):
    assert (deliver(1), deliver(1, subject="Again"), deliver(2)) == (1, 1, 1)
    assert sorted(subject for subject, _to, _at in listed(client.get("/mailbox/"))) == ["Seal 1", "Seal 2"]


def test_newest_first_and_on_pages(client, mailbox):
    for number in range(30):
        deliver(number)
    first, second = client.get("/mailbox/"), client.get("/mailbox/?page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (25, 5)
    assert listed(first)[0][0] == "Seal 29"
    assert listed(second)[-1][0] == "Seal 0"


def test_the_html_part_is_in_a_frame_that_may_do_nothing(client, mailbox):
    deliver(1)
    (key,) = mailbox.keys()
    response = client.get(f"/mailbox/{key}/html/")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert response.content.decode() == (
        '<html><head><base target="_blank"></head><body>Look <b>twice</b></body></html>'
    )


def test_a_message_without_html_has_no_frame(client, mailbox):
    deliver(1, html=None)
    (key,) = mailbox.keys()
    assert "iframe" not in client.get(f"/mailbox/{key}/").content.decode()
    assert client.get(f"/mailbox/{key}/html/").status_code == 404


def test_a_hostile_message_is_shown_as_text(client, mailbox):
    deliver(1, subject="<script>alert(1)</script>", body="<script>alert(2)</script>")
    (key,) = mailbox.keys()
    for address in ("/mailbox/", f"/mailbox/{key}/"):
        assert "<script>alert" not in client.get(address).content.decode()


@pytest.mark.parametrize("key", ["0" * 32, "x", "..", "tmp", "0" * 31 + "G"])
def test_what_is_not_there_is_not_found(client, mailbox, key):
    deliver(1)
    assert client.get(f"/mailbox/{key}/").status_code == 404
    assert client.get(f"/mailbox/{key}/html/").status_code == 404


def test_outside_a_demo_there_is_no_mailbox(client, mailbox, settings):
    deliver(1)
    (key,) = mailbox.keys()
    settings.DEMO = False
    client.force_login(factory.person("admin", is_superuser=True))
    for address in ("/mailbox/", "/es/mailbox/", f"/mailbox/{key}/", f"/mailbox/{key}/html/"):
        assert client.get(address).status_code == 404


def test_an_empty_mailbox_says_so(client, mailbox):
    assert "No mail yet." in client.get("/mailbox/").content.decode()


def test_a_message_to_nobody_is_not_stored(mailbox):
    assert deliver(1, to=[]) == 0
    assert mailbox.keys() == []
