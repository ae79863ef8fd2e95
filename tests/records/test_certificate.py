"""The certificate of a record and its public check: who sees it, and what it says on which day."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
import segno
import time_machine
from django.test import Client, RequestFactory

from content import slots
from learning.records import shown
from learning.records.models import TrainingRecord

from . import factory
from .factory import AT, days, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def record():
    who = factory.hire("307114", first_name="Daniel", last_name="Olmos", email="daniel@corvina.example")
    return factory.record(
        who, score=Decimal("87.50"), pass_mark=80, edition_number=3, edition_hash="9f2c61ab" + "0" * 56
    )


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(record):
    return f"/records/{record.uuid}/certificate/"


def words(response):
    """The text of the page as people read it."""
    main = re.search("<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


CERTIFICATE = (
    "Certificate of training Daniel Olmos completed Seal security on 24 November 2026 with 87.5 % Area 6 Area 06 "
    "Seal custody; view, verify, tug, twist and turn. Minimum security criteria 6.1, 6.7, 5.4. "
    "Position Dock hand Facility Otay Mesa yard Pass mark 80 % Language English Edition 3, 9f2c 61ab "
    "Record {record} Good until 24 November 2027 Check code {code} "
    "Check it at 127.0.0.1:8000/verify. No account is needed."
)


def certificate_words(record):
    code = "-".join(record.code[start : start + 4] for start in range(0, 24, 4))
    return CERTIFICATE.format(record=str(record.uuid)[:8], code=code)


def test_who_sees_a_certificate(record, client):
    response = client.get(address(record))
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={address(record)}")
    assert signed_in(factory.hire()).get(address(record)).status_code == 404
    supervisor = factory.person()
    record.person.employments.update(manager=supervisor)
    assert signed_in(supervisor).get(address(record)).status_code == 404
    for allowed in (record.person, factory.hr()):
        assert certificate_words(record) in words(signed_in(allowed).get(address(record)))


def test_a_number_that_is_nobodys_is_not_found(record):
    unknown = "/records/6c1f3f2e-1111-4222-8333-444455556666/certificate/"
    assert signed_in(record.person).get(unknown).status_code == 404
    assert signed_in(factory.hr()).get(unknown).status_code == 404


def test_the_way_back_leads_where_one_came_from(record):
    assert 'href="/me/"' in signed_in(record.person).get(address(record)).content.decode()
    assert 'href="/admin/reports/completions/"' in signed_in(factory.hr()).get(address(record)).content.decode()


def test_a_certificate_says_company_and_demo(record):
    page = words(signed_in(record.person).get(address(record)))
    assert "Gatehouse Corvina Freight Demo, not a real certificate" in page


def test_outside_demo_mode_nothing_says_demo(record, settings):
    settings.DEMO = False
    assert "Demo" not in signed_in(record.person).get(address(record)).content.decode()


def test_the_square_leads_to_the_public_check(record, settings):
    settings.GATEHOUSE_PUBLIC_URL = "https://academy.corvina.example"
    response = signed_in(record.person).get("/es" + address(record))
    certificate = response.context["certificate"]
    assert certificate["address"] == f"https://academy.corvina.example/verify/{record.code}/"
    assert certificate["form_address"] == "academy.corvina.example/verify"
    code = segno.make(certificate["address"], error="m", micro=False)
    assert certificate["qr"]["size"] == code.symbol_size(border=4)[0]
    assert f'd="{certificate["qr"]["path"]}"' in response.content.decode()


def test_the_page_carries_no_inline_style_or_script(record):
    page = signed_in(record.person).get(address(record)).content.decode()
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page) == []


def test_a_certificate_without_a_quiz_and_an_end_leaves_them_out(record):
    plain = factory.record(record.person, check_kind="none", valid_months=None)
    page = words(signed_in(record.person).get(address(plain)))
    assert "completed Seal security on 24 November 2026 Area 6" in page
    assert "Pass mark" not in page
    assert "Good until" not in page
    assert "Edition" not in page


def test_in_spanish_the_course_keeps_its_own_language(record):
    page = signed_in(record.person).get("/es" + address(record)).content.decode()
    assert '<html lang="es">' in page
    assert '<span lang="en">Seal security</span>' in page


def supersede(record):
    factory.record(record.person, course_key=record.course_key)


def withdraw(record):
    factory.record(
        record.person,
        record.completed_at,
        AT,
        course_key=record.course_key,
        corrects=record,
        reason="x",
        withdraws=True,
    )


WORTH = [
    (lambda record: None, date(2026, 11, 24), "valid", ""),
    (lambda record: None, date(2027, 11, 24), "valid", ""),
    (
        lambda record: None,
        date(2027, 11, 25),
        "expired",
        "Expired: it was good until 24 November 2027. The training itself stays on record.",
    ),
    (
        supersede,
        date(2026, 11, 24),
        "superseded",
        "Superseded: a newer record takes its place. Ask for the newer certificate.",
    ),
    (
        withdraw,
        date(2026, 11, 24),
        "withdrawn",
        "Withdrawn: this certificate counts for nothing. Ask the company why.",
    ),
]


@pytest.mark.parametrize(("deed", "on", "status", "sentence"), WORTH)
def test_a_certificate_that_is_not_valid_says_so(record, deed, on, status, sentence):
    deed(record)
    with time_machine.travel(factory.local(on), tick=False):
        response = signed_in(record.person).get(address(record))
    assert response.context["certificate"]["status"] == status
    page = words(response)
    assert sentence in page
    assert sum(word in page for word in ("Expired", "Superseded", "Withdrawn")) == bool(sentence)


HEADINGS = {
    "valid": "This certificate is valid",
    "expired": "This certificate has expired",
    "superseded": "A newer record takes its place",
    "withdrawn": "This certificate was withdrawn",
}


@pytest.mark.parametrize(("deed", "on", "status", "sentence"), WORTH)
def test_the_public_check_says_what_it_is_worth(record, client, deed, on, status, sentence):
    deed(record)
    with time_machine.travel(factory.local(on), tick=False):
        response = client.get(f"/verify/{record.code}/")
    page = words(response)
    assert page.startswith(HEADINGS[status])
    assert sentence in page
    assert certificate_words(record) in page
    if status == "valid":
        assert "Good until 24 November 2027. Compare what stands below with the paper in your hand." in page


def test_the_public_check_shows_no_more_than_the_certificate(record, client):
    page = client.get(f"/verify/{record.code}/").content.decode()
    # Something that could leak is there.
    assert (record.number, record.subject.email) == ("307114", "daniel@corvina.example")
    for secret in (
        "307114",
        "daniel@corvina.example",
        str(record.uuid),
        str(record.person_uuid),
        record.commitment,
        record.subject.salt,
    ):
        assert secret not in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_public_check_is_never_kept_by_a_cache(record, client):
    assert "no-store" in client.get(f"/verify/{record.code}/").headers["Cache-Control"]


def test_after_an_erasure_the_training_is_shown_without_the_name(record, client):
    record.subject.delete()
    page = words(client.get(f"/verify/{record.code}/"))
    assert page.startswith("This certificate is valid")
    assert "The name was erased on lawful request. The training did take place." in page
    assert "Certificate of training Name erased completed Seal security" in page
    assert "Daniel" not in page


@pytest.mark.parametrize(
    "typed", ["{code}", "{spoken}", "{lower}", "  {spaced} ", "{misread}", "{dotted}"], ids=lambda value: value
)
def test_the_form_leads_to_the_certificate_however_the_code_is_typed(record, client, typed):
    code = record.code
    text = typed.format(
        code=code,
        spoken="-".join(shown.codes.groups(code)),
        lower=code.lower(),
        spaced=" ".join(shown.codes.groups(code)),
        misread=code.replace("0", "O").replace("1", "l"),
        dotted=".".join(code),
    )
    response = client.get("/verify/", {"code": text})
    assert (response.status_code, response.headers["Location"]) == (302, f"/verify/{code}/")


def test_an_address_typed_by_hand_works_too(record, client):
    spoken = "-".join(shown.codes.groups(record.code)).lower()
    assert certificate_words(record) in words(client.get(f"/verify/{spoken}/"))


def test_an_unknown_code_says_what_to_do(record, client):
    response = client.get("/verify/7KQ4-M2XD/")
    assert response.status_code == 404
    page = words(response)
    assert page.startswith("No certificate has this code Compare it with the paper, letter by letter.")
    assert "do not rely on it, and ask the company that handed it to you" in page
    assert 'value="7KQ4-M2XD"' in response.content.decode()
    # Part of a code is not a code.
    assert client.get(f"/verify/{record.code[:20]}/").status_code == 404


def test_whoever_tries_codes_is_stopped_and_others_are_not(record, client):
    answers = [client.get(f"/verify/{number:024}/").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]
    assert client.get(f"/verify/{record.code}/").status_code == 429
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
    assert [client.get(f"/verify/{record.code}/", **elsewhere).status_code for _number in range(70)] == [200] * 70
    with time_machine.travel(AT + minutes(6), tick=False):
        assert client.get(f"/verify/{record.code}/").status_code == 200


@pytest.mark.parametrize(("query", "complains"), [("", False), ("?code=", True), ("?code=%3F%3F%3F", True)])
def test_the_form_complains_only_when_it_was_sent(client, query, complains):
    page = words(client.get(f"/verify/{query}"))
    assert page.startswith("Check a certificate Type the code, or scan the square on the certificate.")
    assert ("Write the code as it stands on the certificate." in page) is complains


def test_the_completion_page_shows_the_way_to_the_certificate_of_that_run():
    who, released = factory.hire(), factory.edition(quiz=False)
    first = factory.enrol(who, released)
    factory.finish(first)
    second = factory.enrol(who, released, at=AT + days(300))
    factory.finish(second, at=AT + days(300))
    old, new = TrainingRecord.objects.order_by("completed_at")
    request = RequestFactory().get("/")
    for enrolment, record in ((first, old), (second, new)):
        enrolment.refresh_from_db()
        answers = slots.fill("course_completed", enrolment=enrolment, request=request)
        assert [answer for answer in answers if address(record) in answer] != []
    running = factory.enrol(who, released, at=AT + days(600))
    answers = slots.fill("course_completed", enrolment=running, request=request)
    assert [answer for answer in answers if "certificate" in answer] == []


@pytest.mark.parametrize("whose", ["owner", "hr", "public"])
def test_queries_are_the_same_at_one_record_and_at_many(record, whose, django_assert_max_num_queries):
    who = {"owner": record.person, "hr": factory.hr(), "public": None}[whose]
    client = signed_in(who) if who else Client()
    there = f"/verify/{record.code}/" if whose == "public" else address(record)

    def count():
        client.get(there)
        with django_assert_max_num_queries(12) as captured:
            client.get(there)
        return len(captured)

    one = count()
    for number in range(1, 30):
        factory.record(record.person, AT - days(number), course_key=record.course_key)
    assert count() == one
