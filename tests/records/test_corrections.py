"""Correcting a record: what is asked for, who may decide, and what is written then."""

import datetime
import json

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from learning.records.correcting import actions
from learning.records.correcting.actions import NotCorrected
from learning.records.ledger.actions import sequence
from learning.records.ledger.verification import verify
from learning.records.models import CorrectionRequest, LedgerEntry, TrainingRecord

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

SAME = object()


@pytest.fixture
def files(settings, tmp_path):
    settings.LEDGER_KEY, settings.LEDGER_CHECKPOINT = tmp_path / "key", tmp_path / "checkpoint"
    with time_machine.travel(AT, tick=False):
        yield


def corrector(*verbs, **fields):
    who = factory.hr(**fields)
    names = [f"{verb}_correctionrequest" for verb in verbs or ("view", "add", "change")]
    who.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return who


@pytest.fixture
def ana():
    return corrector()


@pytest.fixture
def bea():
    return corrector()


@pytest.fixture
def record():
    who = factory.hire("307114", first_name="Daniel", last_name="Olmos")
    return factory.record(who, AT - days(10), score=90, pass_mark=80, cause={"requirement": "x"})


def ask(record, by, kind="withdrawn_pass", **says):
    return actions.request_correction(record=record, kind=kind, reason="Answers were read aloud.", by=by, at=AT, **says)


def corrected(record, ana, bea, kind="withdrawn_pass", **says):
    return actions.approve(request=ask(record, ana, kind, **says), by=bea, at=AT)


def status(record):
    return TrainingRecord.objects.with_status(TODAY).get(pk=record.pk).status


def differences(old, new):
    """Names of the fields that the two say differently."""
    fields = [field.name for field in TrainingRecord._meta.concrete_fields]
    return {name for name in fields if getattr(old, name) != getattr(new, name)}


OWN = {"id", "uuid", "code", "commitment", "recorded_at", "recorder", "recorder_uuid", "corrects", "reason", "cause"}


@pytest.mark.parametrize("kind", ["withdrawn_pass", "duplicate"])
def test_a_withdrawal_says_all_that_the_old_record_said(record, ana, bea, kind):
    new = TrainingRecord.objects.get(pk=corrected(record, ana, bea, kind).pk)
    assert differences(TrainingRecord.objects.get(pk=record.pk), new) == OWN | {"withdraws"}
    assert (status(record), status(new)) == ("withdrawn", "withdrawn")
    assert (new.corrects, new.reason, new.recorder) == (record, "Answers were read aloud.", ana)
    assert new.cause == {
        "requirement": "x",
        "correction": kind,
        "requested_by": str(ana.uuid),
        "approved_by": str(bea.uuid),
    }


def test_a_place_that_was_renamed_since_is_stated_as_before(record, ana, bea):
    record.person.positions_held.update(position=factory.position("Guard"))
    assert corrected(record, ana, bea).position == "Dock hand"


def test_a_wrong_date_moves_the_instant_and_the_end_and_states_the_place_of_that_day(record, ana, bea):
    day = TODAY - days(40)
    new = TrainingRecord.objects.get(pk=corrected(record, ana, bea, "wrong_date", completed_on=day).pk)
    # By the clock of the facility; the summer time ended in between.
    assert new.completed_at == factory.local(day)
    assert new.expires_on == datetime.date(2027, 10, 15)
    old = TrainingRecord.objects.get(pk=record.pk)
    assert differences(old, new) == OWN | {"completed_at", "expires_on"}
    assert (status(record), status(new)) == ("superseded", "valid")


def test_a_wrong_person_gives_the_training_to_who_did_it(record, ana, bea):
    port = factory.facility("PORT", "Port")
    right = factory.hire("307115", "Guard", at=port, first_name="Łukasz", last_name="Nowak")
    new = TrainingRecord.objects.get(pk=corrected(record, ana, bea, "wrong_person", person=right).pk)
    assert (new.name, new.number, new.person, new.position, new.facility) == (
        "Łukasz Nowak",
        "307115",
        right,
        "Guard",
        "Port",
    )
    assert (new.attribution, new.sign_in_origin, new.score) == ("supervisor", None, 90)
    assert (status(record), status(new)) == ("superseded", "valid")


def test_the_ledger_has_the_correction_and_verifies(record, ana, bea):
    new = corrected(record, ana, bea)
    entry = LedgerEntry.objects.get(record=new)
    assert entry.kind == "correction"
    assert json.loads(entry.body)["data"]["corrects_uuid"] == str(record.uuid)
    assert json.loads(entry.body)["data"]["cause"]["approved_by"] == str(bea.uuid)
    sequence(at=AT)
    assert verify(at=AT)[0].found == 0


def refused(deed):
    """The words; nothing was written."""
    before = (TrainingRecord.objects.count(), LedgerEntry.objects.count(), CorrectionRequest.objects.count())
    with pytest.raises(NotCorrected) as refusal:
        deed()
    assert before == (
        TrainingRecord.objects.count(),
        LedgerEntry.objects.count(),
        CorrectionRequest.objects.count(),
    )
    return str(refusal.value)


def test_whoever_asked_does_not_approve(record, ana):
    request = ask(record, ana)
    assert refused(lambda: actions.approve(request=request, by=ana, at=AT)) == "Somebody else must approve it."


def test_nor_does_the_database_let_them(record, ana, bea):
    request = ask(record, ana)
    new = factory.record()
    with pytest.raises(IntegrityError, match="records_correctionrequest_second_person"), transaction.atomic():
        CorrectionRequest.objects.filter(pk=request.pk).update(
            outcome="approved", decided_by=ana, decided_at=AT, correction=new
        )
    with pytest.raises(ValidationError, match="Somebody else must approve it"):
        request.outcome, request.decided_by, request.decided_at, request.correction = "approved", ana, AT, new
        request.validate_constraints()


@pytest.mark.parametrize("whose", ["old", "new"])
def test_nobody_decides_about_their_own_record(ana, bea, whose):
    other = factory.hire()
    record = factory.record(bea if whose == "old" else other, AT - days(3))
    request = ask(record, ana, "wrong_person", person=other if whose == "old" else bea)
    words = refused(lambda: actions.approve(request=request, by=bea, at=AT))
    assert words == "Nobody decides about their own record."


def test_what_is_not_asked_for_twice(record, ana, bea):
    ask(record, ana)
    assert refused(lambda: ask(record, bea)) == "A correction of this record waits for a decision already."
    with pytest.raises(IntegrityError, match="record"), transaction.atomic():
        CorrectionRequest.objects.create(record=record, kind="duplicate", reason="x", requested_by=bea, requested_at=AT)


def test_what_is_corrected_is_corrected_once(record, ana, bea):
    new = corrected(record, ana, bea, "wrong_date", completed_on=TODAY - days(40))
    assert refused(lambda: ask(record, ana)) == "This record is corrected already. Correct the newer one."
    # The constraint on PostgreSQL; on SQLite the guard is faster.
    with pytest.raises(IntegrityError, match="records_corrected_once|REPLACE is refused"), transaction.atomic():
        factory.record(record.person, corrects=record, reason="x")
    last = corrected(new, ana, bea)
    assert [status(row) for row in (record, new, last)] == ["superseded", "withdrawn", "withdrawn"]
    assert refused(lambda: ask(last, ana)) == "This record withdraws another one. It is not corrected itself."


@pytest.mark.parametrize(
    ("kind", "says", "words"),
    [
        ("wrong_date", {"completed_on": TODAY - days(10)}, "This is the day that the record states."),
        ("wrong_date", {"completed_on": TODAY + days(1)}, "This is in the future."),
        ("wrong_person", {"person": SAME}, "Choose the person who did the training."),
    ],
)
def test_nonsense_is_refused(record, ana, kind, says, words):
    says = {name: record.person if value is SAME else value for name, value in says.items()}
    assert refused(lambda: ask(record, ana, kind, **says)) == words


def test_a_reason_is_needed(record, ana):
    deed = {"record": record, "kind": "duplicate", "by": ana, "at": AT}
    words = refused(lambda: actions.request_correction(reason="  ", **deed))
    assert words == "Say why: somebody must understand it years later."


def test_an_erased_record_stays_as_it_is(record, ana, bea):
    request = ask(record, ana)
    record.subject.delete()
    words = "The name was erased from this record. It stays as it is."
    assert refused(lambda: actions.approve(request=request, by=bea, at=AT)) == words


@pytest.mark.parametrize(("by", "outcome"), [("ana", "taken_back"), ("bea", "declined")])
def test_what_is_declined_or_taken_back_changes_nothing(record, ana, bea, by, outcome):
    request = ask(record, ana)
    actions.decline(request=request, by={"ana": ana, "bea": bea}[by], at=AT, comment=" No. ")
    request.refresh_from_db()
    assert (request.outcome, request.comment, request.correction, status(record)) == (outcome, "No.", None, "valid")
    words = "This was decided already. Nothing was changed."
    assert refused(lambda: actions.approve(request=request, by=bea, at=AT)) == words
    assert ask(record, ana).outcome == ""


# In the admin


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(record):
    return f"/admin/reports/completions/{record.uuid}/correct/"


def posted(kind="withdrawn_pass", **more):
    return {"kind": kind, "reason": "Answers were read aloud.", "person": "", "completed_on": ""} | more


def _heading(response):
    """The words of the last breadcrumb, which Wagtail shows as the heading."""
    return str(response.context["breadcrumbs_items"][-1]["label"])


def test_from_the_record_to_the_correction(record, ana, bea):
    hr = signed_in(ana)
    assert f'href="{address(record)}"' in hr.get(f"/admin/reports/completions/{record.uuid}/").content.decode()
    assert "Correct a record" in _heading(hr.get(address(record)))
    assert hr.post(address(record), posted()).headers["Location"] == f"/admin/reports/completions/{record.uuid}/"
    request = CorrectionRequest.objects.get()
    there = f"/admin/corrections/{request.uuid}/"
    assert there in hr.get(f"/admin/reports/completions/{record.uuid}/").content.decode()
    page = hr.get(there).content.decode()
    assert "Take it back" in page
    assert "Approve, and write the correction" not in page
    other = signed_in(bea)
    assert there in other.get("/admin/corrections/").content.decode()
    assert other.post(there, {"decision": "approve", "comment": ""}).headers["Location"] == "/admin/corrections/"
    new = TrainingRecord.objects.get(corrects=record)
    assert f"/admin/reports/completions/{new.uuid}/" in other.get(there).content.decode()
    # Each leads to the other.
    for one, another in ((record, new), (new, record)):
        page = other.get(f"/admin/reports/completions/{one.uuid}/").content.decode()
        assert f"/admin/reports/completions/{another.uuid}/" in page


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (posted("wrong_person"), "person", "This is needed for what you chose above."),
        (posted("wrong_date"), "completed_on", "This is needed for what you chose above."),
        (
            posted(completed_on="2026-11-01"),
            "completed_on",
            "This does not go with what you chose above. Leave it empty.",
        ),
        (posted("wrong_date", completed_on="2027-01-01"), None, "This is in the future."),
        (posted("nonsense"), "kind", "Select a valid choice. nonsense is not one of the available choices."),
        (posted(reason=""), "reason", "This field is required."),
    ],
)
def test_bad_input_gets_an_error_and_changes_nothing(record, ana, data, field, words):
    form = signed_in(ana).post(address(record), data).context["form"]
    assert form.errors.get(field or "__all__") == [words]
    assert not CorrectionRequest.objects.exists()


def test_whoever_may_only_look_decides_nothing(record, ana):
    request = ask(record, ana)
    response = signed_in(corrector("view")).post(f"/admin/corrections/{request.uuid}/", {"decision": "approve"})
    assert response.context["form"].errors["__all__"] == ["You may look at corrections, and not decide about them."]
    assert not TrainingRecord.objects.filter(corrects=record).exists()


def test_somebody_limited_to_a_facility_sees_and_gives_training_only_to_its_people(record, ana, bea):
    stranger = factory.hire("9", at=factory.facility("PORT", "Port"))
    bea.limited_to.add(factory.facility())
    limited = signed_in(bea)
    form = limited.post(address(record), posted("wrong_person", person=stranger.pk)).context["form"]
    assert form.errors["person"] == ["Select a valid choice. That choice is not one of the available choices."]
    theirs = ask(record, ana, "wrong_person", person=stranger)
    assert limited.get(f"/admin/corrections/{theirs.uuid}/").status_code == 404
    assert limited.get(address(factory.record(stranger))).status_code == 404
    assert list(limited.get("/admin/corrections/").context["object_list"]) == []
    assert signed_in(ana).get("/admin/corrections/").context["object_list"].get() == theirs


def test_queries_of_the_list_are_the_same_at_one_and_at_many(ana, django_assert_max_num_queries):
    client = signed_in(ana)

    def count():
        client.get("/admin/corrections/")
        with django_assert_max_num_queries(30) as captured:
            client.get("/admin/corrections/")
        return len(captured)

    ask(factory.record(), ana)
    one = count()
    for _number in range(20):
        ask(factory.record(), ana)
    assert count() == one


def test_both_are_on_the_report_in_the_export_and_on_the_public_check(record, ana, bea, client):
    new = corrected(record, ana, bea, "wrong_date", completed_on=TODAY - days(40))
    hr = signed_in(ana)
    rows = {row.uuid: row.status for row in hr.get("/admin/reports/completions/").context["object_list"]}
    assert rows == {record.uuid: "superseded", new.uuid: "valid"}
    text = hr.get("/admin/reports/completions/?export=csv").getvalue().decode()
    assert str(record.uuid) in text
    assert str(new.uuid) in text
    assert "A newer record takes its place" in client.get(f"/verify/{record.code}/").content.decode()
    assert "This certificate is valid" in client.get(f"/verify/{new.code}/").content.decode()
