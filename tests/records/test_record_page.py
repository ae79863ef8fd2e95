"""The page of one record in the admin: all its fields, its entry, and where it leads."""

import pytest
from django.contrib.auth.models import Permission

from learning.records.models import TrainingRecord

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]

REPORT = "/admin/reports/completions/"


def test_one_record_with_all_its_fields_and_its_entry(client, hr):
    who = factory.hire("307114")
    cause = {"assignment": "7f1c7d0e-0000-4000-8000-000000000001"}
    factory.finish(factory.enrol(who, factory.edition(), cause=cause), answers=(2, 3))
    record = TrainingRecord.objects.get()
    response = client.get(f"{REPORT}{record.uuid}/")
    said = {(heading, label): value for heading, rows in response.context["groups"] for label, value in rows}
    assert said == {
        ("Person", "Name"): "Daniel Olmos",
        ("Person", "Number"): "307114",
        ("Person", "Person"): who.uuid,
        ("Person", "Position"): "Dock hand",
        ("Person", "Sensitive position"): "yes",
        ("Person", "Facility"): "Otay Mesa yard",
        ("Person", "Employer"): "Corvina Freight",
        ("Person", "Kind of employment"): "employee",
        ("Person", "Company"): "Corvina Freight",
        ("Training", "Course"): "Seal security (en)",
        ("Training", "Edition"): 1,
        ("Training", "Hash of the edition"): record.edition_hash,
        ("Training", "Areas"): "5, 6",
        ("Training", "Criteria"): "6.1, 6.7, 5.4",
        ("Training", "Topics"): "seal custody; view, verify, tug, twist and turn",
        ("Training", "Language"): "English",
        ("When and where", "Began"): "24 November 2026, 12:00:00 (America/Denver)",
        ("When and where", "Completed"): "24 November 2026, 12:11:00 (America/Denver)",
        ("When and where", "Recorded"): "24 November 2026, 12:11:00 (America/Denver)",
        ("When and where", "Good until"): "24 November 2027",
        ("When and where", "Status"): "valid",
        ("When and where", "Active minutes"): 11,
        ("When and where", "Planned minutes"): 12,
        ("How it was checked", "Method"): "online",
        ("How it was checked", "Check"): "quiz",
        ("How it was checked", "Score, %"): record.score,
        ("How it was checked", "Pass mark, %"): 75,
        ("How it was checked", "Attempts"): 2,
        ("How it was checked", "Versions of the questions"): ", ".join(record.question_versions),
        ("How it was checked", "Source"): "graded by this server",
        ("How it was checked", "Attribution"): "password",
        ("Why", "Cause"): "assignment 7f1c7d0e-0000-4000-8000-000000000001",
        ("Why", "Retention"): "training",
        ("Ledger entry", "Record"): record.uuid,
        ("Ledger entry", "Check code"): "-".join(record.code[start : start + 4] for start in range(0, 24, 4)),
        ("Ledger entry", "Commitment to the personal values"): record.commitment,
        ("Ledger entry", "Entry"): record.entry.uuid,
        ("Ledger entry", "Schema"): 1,
        ("Ledger entry", "Leaf"): record.entry.leaf,
    }
    page = response.content.decode()
    assert f'href="/records/{record.uuid}/certificate/"' in page
    assert [value for value in said.values() if str(value) not in page] == []


@pytest.mark.parametrize("may_look", [True, False])
def test_a_record_leads_to_the_course_as_it_was(client, hr, may_look):
    if may_look:
        hr.user_permissions.add(Permission.objects.get(codename="view_edition"))
    edition = factory.edition()
    factory.finish(factory.enrol(factory.hire("307114"), edition))
    page = client.get(f"{REPORT}{TrainingRecord.objects.get().uuid}/").content.decode()
    assert (f'href="/admin/editions/{edition.uuid}/?language=en"' in page) is may_look


def test_a_correction_names_what_it_corrects_and_why(client, hr):
    wrong = factory.record()
    right = factory.record(
        wrong.person,
        wrong.completed_at,
        course_key=wrong.course_key,
        corrects=wrong,
        reason="the score was mistyped",
        recorder=hr,
        withdraws=True,
    )
    groups = dict(client.get(f"{REPORT}{right.uuid}/").context["groups"])
    assert groups["Why"] == [
        ("Corrects", wrong.uuid),
        ("Withdraws it", "yes"),
        ("Reason", "the score was mistyped"),
        ("Retention", "training"),
    ]
    assert ("Recorded by", "Ana Ruiz") in groups["How it was checked"]
