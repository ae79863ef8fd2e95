"""Who may ask for a lawful erasure and decide about it, what stands in its way, and what its pages say."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from learning.people import change_log
from learning.people.erasing.known import ERASED
from learning.people.models import PeopleImport, Person
from learning.records.actions import NotErased
from learning.records.erasing import actions, files
from learning.records.models import ErasureRequest, LedgerEntry, PackOrder, RecordSubject

from .. import factory
from ..factory import AT, TODAY, days

pytestmark = pytest.mark.django_db
TEN_DAYS_AGO = AT - days(10)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def officer(role="Compliance", **fields):
    who = factory.person(last_name="Officer", **fields)
    who.groups.add(Group.objects.get(name=role))
    return who


def leaver(number="307114", completed_at=TEN_DAYS_AGO, **fields):
    """Somebody who left, with one record."""
    who = factory.person(number, first_name="Daniel", last_name="Olmos", **fields)
    factory.employ(who, until=TODAY)
    factory.place(who, until=TODAY)
    factory.record(who, completed_at)
    return who


def ask(who, by, **says):
    return actions.request_erasure(
        **{"person": who, "reason": "Request of the 24th", "by": by, "at": AT, "despite_retention": True} | says
    )


@pytest.fixture
def ana():
    return officer()


@pytest.fixture
def bea():
    return officer("Administrators")


def test_what_an_erased_account_says(ana, bea):
    who = leaver(email="daniel@yard.example", badge="B-17")
    actions.approve(request=ask(who, ana), by=bea, at=AT, despite_retention=True)
    who.refresh_from_db()
    name = f"erased-{who.uuid.hex[:12]}"
    assert (str(who), who.search_key, who.is_active) == (f"{ERASED} · {name}", f"{name} {ERASED}", False)
    assert (who.email, who.badge, who.has_usable_password(), RecordSubject.objects.count()) == ("", "", False, 0)
    (entry,) = ModelLogEntry.objects.filter(object_id=str(who.pk))
    assert (entry.action, entry.user, entry.label) == ("people.erase", bea, f"{ERASED} · {name}")


def test_the_history_of_others_loses_the_name_and_a_namesake_keeps_theirs(ana, bea):
    who, namesake = leaver(), factory.hire("other", first_name="Daniel", last_name="Olmos")
    told = factory.hire("told")
    what = f"{who} and {namesake}; Daniel Olmos drove"
    change_log.write(told, "change", at=AT, by=ana, what=what, changes={"manager": (str(who), str(namesake))})
    actions.approve(request=ask(who, ana), by=bea, at=AT, despite_retention=True)
    data = ModelLogEntry.objects.get(object_id=str(told.pk)).data
    assert data["what"] == f"{ERASED} and Daniel Olmos · other; {ERASED} drove"
    assert data["changes"] == {"manager": [ERASED, "Daniel Olmos · other"]}


def test_somebody_who_was_never_trained_can_be_erased_too(ana, bea):
    who = factory.person("untrained")
    actions.approve(request=ask(who, ana, despite_retention=False), by=bea, at=AT)
    assert (LedgerEntry.objects.get().kind, Person.objects.get(pk=who.pk).first_name) == ("erasure", ERASED)


def _works(who):
    factory.employ(who, employer="Agency")


def _import(who):
    PeopleImport.objects.create(file_name="x.csv", size=1, started_at=AT, state="asking", changes_only=True)


def _pack(who):
    PackOrder.objects.create(scope={}, to_whom="CBP", why="Visit", asked_at=AT)


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [(_works, "works here"), (_import, "import of people is under way"), (_pack, "pack is being made")],
)
def test_what_stands_in_the_way_is_said_and_nothing_changes(ana, bea, meanwhile, words):
    who = leaver()
    asked = ask(who, ana)
    meanwhile(who)
    with pytest.raises(NotErased, match=words):
        actions.approve(request=asked, by=bea, at=AT, despite_retention=True)
    assert (Person.objects.get(pk=who.pk).number, ErasureRequest.objects.open().count()) == ("307114", 1)


@pytest.mark.parametrize("reason", ["Daniel Olmos asked", "307114 asked", "olmos wrote on the 24th"])
def test_the_reason_names_nobody(ana, reason):
    with pytest.raises(NotErased, match="name nobody"):
        ask(leaver(), ana, reason=reason)


def test_two_decide_and_neither_about_themselves(ana, bea):
    who = leaver()
    asked = ask(who, ana)
    with pytest.raises(NotErased, match="Somebody else"):
        actions.approve(request=asked, by=ana, at=AT, despite_retention=True)
    with pytest.raises(NotErased, match="own data"):
        actions.approve(request=asked, by=who, at=AT, despite_retention=True)
    with pytest.raises(NotErased, match="waits for a decision already"):
        ask(who, bea)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        ErasureRequest.objects.filter(pk=asked.pk).update(outcome="approved", decided_by=ana, decided_at=AT)
    actions.decline(request=asked, by=bea, at=AT, comment="Not before the audit")
    with pytest.raises(NotErased, match="decided already"):
        actions.approve(request=asked, by=bea, at=AT, despite_retention=True)


def test_within_the_time_of_retention_both_decide_explicitly(ana, bea, settings):
    who = leaver(completed_at=AT - days(365 * 5 - 2))
    assert actions.retained(who, TODAY) == (1, datetime.date(2026, 11, 27))
    with pytest.raises(NotErased, match="must still be kept"):
        ask(who, ana, despite_retention=False)
    asked = ask(who, ana)
    with pytest.raises(NotErased, match="must still be kept"):
        actions.approve(request=asked, by=bea, at=AT)
    settings.GATEHOUSE_RETENTION_YEARS = 4
    assert actions.retained(who, TODAY) == (0, None)
    actions.approve(request=asked, by=bea, at=AT)
    assert not RecordSubject.objects.exists()


def test_files_that_a_killed_process_left_go_with_the_next_tick(ana, bea, monkeypatch):
    asked = ask(leaver(), ana)
    approved = actions.approve(request=asked, by=bea, at=AT, despite_retention=True)
    name = default_storage.save("packs/left.zip", ContentFile(b"x"))
    ErasureRequest.objects.filter(pk=approved.pk).update(files=[name])
    # No compacting within the transaction of a test.
    monkeypatch.setattr(files, "_compact", lambda: None)
    assert (files.finish_all(at=AT), files.finish_all(at=AT), default_storage.exists(name)) == (1, 0, False)


def test_from_the_page_of_the_person_to_the_decision_of_another(client, ana, bea):
    who = leaver()
    client.force_login(ana)
    new = f"/admin/erasures/new/{who.uuid}/"
    assert new in client.get(f"/admin/people/inspect/{who.pk}/").content.decode()
    page = client.get(new).content.decode()
    assert "Name, number and mail on 1 training record, and the salt" in page
    assert "1 record must still be kept, until 14 November 2031." in page
    assert "This field is required." in client.post(new, {"reason": "Request of the 24th"}).content.decode()
    done = client.post(new, {"reason": "Request of the 24th", "despite_retention": "on"})
    (asked,) = ErasureRequest.objects.all()
    there = f"/admin/erasures/{asked.uuid}/"
    assert done.headers["Location"] == there
    assert "Approve, and erase" not in client.get(there).content.decode()
    client.force_login(bea)
    refused = client.post(there, {"decision": "approve"}).content.decode()
    assert "Records of this person must still be kept." in refused
    client.post(there, {"decision": "approve", "despite_retention": "on"})
    page = client.get(there).content.decode()
    assert "What went" in page
    assert ("Olmos" in page, "307114" in page, RecordSubject.objects.count()) == (False, False, 0)
