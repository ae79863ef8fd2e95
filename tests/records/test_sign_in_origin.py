"""A record whose sign-in goes back to a slip that somebody handed over says so."""

import json

import pytest
from allauth.account.signals import password_reset

from learning.people.models import Pin, Slip
from learning.people.signing_in import actions as signing_in
from learning.people.signing_in import origin
from learning.records import facts
from learning.records.models import LedgerEntry, TrainingRecord

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

LATE = AT - minutes(60)


def slip(who, kind=Slip.Kind.SUPERVISOR, by=None, at=LATE, **means):
    """A slip that was issued and used."""
    row, code = signing_in.issue_slip(person=who, kind=kind, by=by, at=at)
    signing_in.use_slip(code=code, at=at + minutes(1), **means)
    return row


def completed(who, attribution):
    enrolment = factory.enrol(who, factory.edition(), at=AT - minutes(30))
    factory.finish(enrolment, at=AT - minutes(7), attribution=attribution)
    return TrainingRecord.objects.select_related("entry").get()


@pytest.fixture
def marta():
    return factory.hire("2001", first_name="Marta", last_name="Reyes")


@pytest.fixture
def luis():
    return factory.hire("3071", first_name="Luis", last_name="Vega")


@pytest.mark.parametrize(
    ("attribution", "means"),
    [
        ("supervisor", {"password": "three gates at dawn"}),
        ("password", {"password": "three gates at dawn"}),
        ("password_2fa", {"password": "three gates at dawn"}),
        ("pin_kiosk", {"pin": "731958"}),
    ],
)
def test_it_names_issuer_slip_and_moment(luis, marta, attribution, means):
    row = slip(luis, by=marta, **means)
    record = completed(luis, attribution)
    stated = {
        "kind": "supervisor",
        "slip": str(row.uuid),
        "issued_by": str(marta.uuid),
        "issued_at": "2026-11-24T18:00:00.000000Z",
    }
    assert record.sign_in_origin == stated
    said = json.loads(record.entry.body)
    assert (said["schema"], record.entry.schema_version) == (2, 2)
    assert said["data"]["sign_in_origin"] == stated


@pytest.mark.parametrize(
    ("attribution", "kind", "means"),
    [
        # Another means of sign-in than the slip set.
        ("pin_kiosk", "supervisor", {"password": "three gates at dawn"}),
        ("password", "supervisor", {"pin": "731958"}),
        # The provider, or the mailbox, says who it was.
        ("sso", "supervisor", {"password": "three gates at dawn"}),
        ("mail_code", "supervisor", {"password": "three gates at dawn"}),
        # Nobody handed it over.
        ("password", "mail", {"password": "three gates at dawn"}),
    ],
)
def test_nothing_is_stated_where_nobody_handed_anything_over(luis, marta, attribution, kind, means):
    slip(luis, kind=kind, by=marta, **means)
    record = completed(luis, attribution)
    assert record.sign_in_origin is None
    said = json.loads(record.entry.body)
    assert (said["schema"], record.entry.schema_version) == (1, 1)
    assert "sign_in_origin" not in said["data"]


def test_the_newest_slip_counts(luis, marta):
    slip(luis, by=marta, pin="731958")
    slip(luis, kind=Slip.Kind.MAIL, at=LATE + minutes(10), pin="195738")
    assert origin.of(luis, "pin_kiosk") is None


def test_changing_the_password_does_not_wash_it_off_but_a_new_one_by_mail_does(luis, marta, rf):
    slip(luis, by=marta, password="three gates at dawn")
    luis.refresh_from_db()
    luis.set_password("chosen while signed in")
    luis.save()
    assert origin.of(luis, "password")["issued_by"] == str(marta.uuid)
    password_reset.send(sender=type(luis), request=rf.get("/"), user=luis)
    assert origin.of(luis, "password") is None


def test_a_slip_from_the_command_line_has_no_issuer(luis):
    slip(luis, kind=Slip.Kind.COMMAND, password="three gates at dawn")
    stated = origin.of(luis, "password")
    assert (stated["kind"], stated["issued_by"], stated["issued_at"]) == ("command", None, LATE)


def test_hr_reads_it_on_the_page_of_the_record(client, luis, marta):
    slip(luis, by=marta, pin="731958")
    record = completed(luis, "pin_kiosk")
    client.force_login(factory.hr())
    page = client.get(f"/admin/reports/completions/{record.uuid}/").content.decode()
    assert f"slip from the supervisor, Marta Reyes, {marta.uuid}, 24 November 2026, 11:00:00 (America/Denver)" in page
    (check,) = [rows for heading, rows in facts.of(record_with_status(record)) if heading == "How it was checked"]
    assert ("Attribution", "PIN at a kiosk") in check


def record_with_status(record):
    return (
        TrainingRecord.objects.for_ledger().select_related("subject", "entry").with_status(AT.date()).get(pk=record.pk)
    )


def test_a_course_at_a_kiosk_marks_its_session_as_finished(luis):
    signing_in.set_pin(person=luis, pin="731958", at=LATE)
    signing_in.keep_place(person=luis, place="/courses/seal-security/")
    enrolment = factory.enrol(luis, factory.edition(), at=AT - minutes(30))
    factory.finish(enrolment, at=AT - minutes(7), attribution="pin_kiosk")
    pin = Pin.objects.get()
    assert (pin.finished_at, pin.place) == (AT, "")


def test_a_course_elsewhere_leaves_the_place_at_the_kiosk_alone(luis):
    signing_in.set_pin(person=luis, pin="731958", at=LATE)
    signing_in.keep_place(person=luis, place="/courses/other/")
    completed(luis, "password")
    pin = Pin.objects.get()
    assert (pin.finished_at, pin.place) == (None, "/courses/other/")
    assert LedgerEntry.objects.count() == 1
