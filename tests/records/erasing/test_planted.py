"""After a lawful erasure what was planted is found nowhere, and all other proofs verify."""

import json
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from learning.people import actions as people
from learning.people.models import Person
from learning.records.erasing import actions
from learning.records.ledger.actions import sequence
from learning.records.ledger.verification import verify
from learning.records.models import EvidencePack, LedgerEntry, SessionFile, TrainingRecord
from learning.records.pack import verify as packs

from .. import factory
from ..factory import AT, TODAY
from ..pack import making
from ..sessions import factory as talks
from . import planting

# By which words planted strings must have stood in the database before, or the test would prove nothing.
BEFORE = {
    *("account_emailaddress", "courses_feedback", "django_session", "mfa_authenticator", "people_importline"),
    *("people_peopleimport", "people_person", "people_pin", "people_slip", "quizzes_attempt", "quizzes_extratime"),
    *("quizzes_response", "records_attendance", "records_correctionrequest", "records_recordsubject"),
    *("records_sessionchange", "records_sessionfile", "records_trainingsession"),
    *("socialaccount_socialaccount", "wagtailadmin_formstate", "wagtailcore_modellogentry"),
    *("wagtailusers_userprofile", "records_completionexport", "records_savedview"),
}


@pytest.fixture
def who(committed_database, home):
    with time_machine.travel(AT, tick=False):
        hr, boss = factory.hr(), talks.boss()
        who = planting.plant(hr, boss)
        people.end_employment(person=who, ends_on=TODAY, at=AT, by=hr, reason="Moves away")
        yield Person.objects.get(pk=who.pk)


def erase(who):
    deed = {"person": who, "reason": "Request of the 24th", "by": factory.hr(), "despite_retention": True}
    asked = actions.request_erasure(**deed, at=AT)
    return actions.approve(request=asked, by=factory.hr(), at=AT, despite_retention=True)


def places(home):
    """The home, and on SQLite the file of the database with what lies beside it."""
    if connection.vendor != "sqlite":
        return [home]
    file = Path(connection.settings_dict["NAME"])
    return [home, *file.parent.glob(f"{file.name}*")]


def test_nothing_planted_is_found_and_every_proof_verifies(who, home, tmp_path_factory):
    assert set(planting.in_database()) == BEFORE
    assert len(planting.in_files(home)) == 5
    pack = EvidencePack.objects.get()
    outside = making.copy(pack, tmp_path_factory.mktemp("outside") / "pack.zip")
    leaves = list(LedgerEntry.objects.order_by("pk").values_list("leaf", flat=True))
    erased = erase(who)
    assert planting.in_database() == {}
    assert planting.in_files(*places(home)) == []
    assert (erased.packs.get(), erased.sessions.count(), SessionFile.objects.count()) == (pack, 1, 0)
    _proofs_hold(pack, outside, leaves, tmp_path_factory)
    _records_stand(who)


def _proofs_hold(pack, outside, leaves, tmp_path_factory):
    sequence(at=AT)
    assert [str(finding) for finding in verify(at=AT)[1]] == []
    assert list(LedgerEntry.objects.order_by("pk").values_list("leaf", flat=True))[: len(leaves)] == leaves
    assert not default_storage.exists(pack.file)
    newer = making.copy(making.issue(at=AT), tmp_path_factory.mktemp("newer") / "pack.zip")
    packs.verify(outside)
    packs.report(newer, also=outside)


def _records_stand(who):
    records = TrainingRecord.objects.filter(person__in=Person.objects.accounts_of(who)).order_by("pk")
    assert [(record.name, record.number) for record in records] == [("", "")] * 3
    (entry,) = LedgerEntry.objects.filter(kind="erasure")
    assert json.loads(entry.body)["data"]["records"] == [str(record.uuid) for record in records]
    page = Client().get(f"/verify/{records[2].code}/").content.decode()
    assert "The name was erased on lawful request." in page
    assert "PLANT" not in page.upper()
