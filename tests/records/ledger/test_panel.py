"""The first page of the admin says in red what is wrong with the ledger, to those who see records."""

import pytest
from django.contrib.auth.models import Permission

from learning.records import tasks
from learning.records.ledger import actions
from learning.records.models import LedgerCheck, TrainingRecord

from .. import factory
from ..factory import AT
from . import spoiling

pytestmark = pytest.mark.django_db


def first_page(client):
    return client.get("/admin/").content.decode()


@pytest.fixture
def hr(client):
    client.force_login(factory.hr())


def test_it_says_nothing_while_all_is_well(client, hr):
    factory.record()
    actions.sequence(at=AT)
    assert tasks.verify_records() == 0
    assert "help-critical" not in first_page(client)


def test_it_says_why_entries_wait_and_for_how_many(client, hr, settings):
    factory.record()
    actions.sequence(at=AT)
    settings.LEDGER_CHECKPOINT.unlink()
    factory.record()
    assert tasks.sequence_entries() == "file_missing"
    page = first_page(client)
    assert "help-critical" in page
    assert "Completions are recorded all the same; 1 entry has no signed place yet." in page
    assert "manage.py open_ledger_epoch --reason" in page
    actions.open_epoch(at=AT, reason="The disk is new")
    assert "help-critical" not in first_page(client)


def test_it_says_what_the_nightly_verification_found(client, hr):
    record = factory.record()
    actions.sequence(at=AT)
    spoiling.take_guards_off()
    spoiling.edit(TrainingRecord.objects.get(), course="Other")
    assert tasks.verify_records() == 1
    page = first_page(client)
    assert "found something wrong with the evidence." in page
    assert f"Record {record.uuid} does not say what its entry {record.entry.uuid} (1/1) says: course." in page


def test_it_says_at_most_ten_things_and_how_many_more(client, hr):
    findings = [{"code": "entry_lost", "facts": {"entry": f"<{number}>"}} for number in range(10)]
    LedgerCheck.objects.create(what="verification", at=AT, found=12, findings=findings)
    page = first_page(client)
    assert page.count("has no place in the ledger") == 10
    assert "&lt;9&gt;" in page
    assert "And 2 more." in page


def test_who_sees_no_records_sees_nothing_of_it(client):
    LedgerCheck.objects.create(what="verification", at=AT, found=1, findings=[{"code": "file_unreadable", "facts": {}}])
    editor = factory.person()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert "help-critical" not in first_page(client)
