"""What the report says, section by section, from what each room knows."""

import csv
import datetime
import io
import uuid

import pypdfium2
import pytest
from wagtail.models import Locale

from content.models import CriteriaArea, Criterion
from learning.assignments import evidence
from learning.assignments.models import Assignment, Requirement
from learning.people.models import Audience, LeavePeriod
from learning.records.pack import actions, scope
from learning.records.pack.verify import verify

from .. import factory
from ..factory import AT, TODAY, days
from .making import copy, issue, members

pytestmark = pytest.mark.django_db


def read(path, name="report.pdf"):
    """All words of a report in their order."""
    pages = pypdfium2.PdfDocument(members(path)[name])
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.fixture
def duty():
    """A requirement of a course with a quiz; who fulfilled it after a fail, who is late, who is late and on leave."""
    released = factory.edition()
    rule = Requirement.objects.create(name="Seals for the dock", course_key=released.course_key)
    audience = Audience.objects.create(name="Dock hands")
    facts = {"due_days": 30, "repeat_months": 12, "starts_on": TODAY - days(90), "recorded_at": AT}
    version = rule.versions.create(number=1, audience=audience, **facts)
    crew = [factory.hire(f"70{number}", last_name=name) for number, name in enumerate(("Vega", "Olmos", "Ruiz"))]
    factory.finish(factory.enrol(crew[0], released), answers=(1, 4))
    LeavePeriod.objects.create(person=crew[2], starts_on=TODAY - days(3), recorded_at=AT)
    for number, who in enumerate(crew):
        Assignment.objects.create(
            requirement=rule,
            version=version,
            person=who,
            course_key=released.course_key,
            assigned_on=TODAY - days(90),
            due_on=TODAY - days(10 + number),
            record=who.training_records.first(),
            recorded_at=AT,
        )
    return released


def test_it_says_who_why_what_is_missing_and_what_followed_a_fail(duty, tmp_path):
    path = copy(issue(at=AT + datetime.timedelta(hours=1)), tmp_path / "pack.zip")
    verify(path)
    said = read(path)
    for words in (
        "Evidence of security training",
        "The program",
        "Who must be trained, and why",
        "Seals for the dock",
        "6.1, 6.7, 5.4",
        "30 days after joining, again each 12 months",
        "Roster against completions",
        "Daniel Vega (700)",
        "Gaps, explained",
        "2 duties are overdue.",
        "Not begun.",
        "On leave since 21 November 2026; due on return.",
        "Quiz results",
        "An example of a fail and what followed: Daniel Vega did not pass",
        "25 %",
        "not passed",
        "The course content as it was seen",
        "Step 1; Step 2",
        "How to verify this",
    ):
        assert words in said, words
    assert duty.hash[:16] in said


def test_the_roster_goes_along_as_a_table(duty, tmp_path):
    path = copy(issue(at=AT + datetime.timedelta(hours=1)), tmp_path / "pack.zip")
    rows = list(csv.DictReader(io.StringIO(members(path)["roster.csv"].decode())))
    assert [(row["number"], row["completed_on"], row["due_on"], row["standing"]) for row in rows] == [
        ("701", "", "2026-11-13", "overdue"),
        ("702", "", "2026-11-12", "overdue"),
        ("700", "2026-11-24", "", "done"),
    ]
    assert {row["facility"] for row in rows} == {"Otay Mesa yard"}


def test_a_long_roster_has_a_line_for_each_person(duty, tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "DETAILED", 2)
    said = read(copy(issue(at=AT + datetime.timedelta(hours=1)), tmp_path / "pack.zip"))
    assert "Daniel Olmos (701) Dock hand, Otay Mesa yard 0 0 Seal security (en)" in said
    assert "Daniel Vega (700) Dock hand, Otay Mesa yard 1 0" in said


def test_each_criterion_has_a_report_that_stands_alone(duty, tmp_path):
    english = Locale.objects.get(language_code="en")
    area = CriteriaArea.objects.create(number=6, title="Seal security", locale=english)
    Criterion.objects.create(number="6.7", area=area, level="must", summary="Seals are checked.", locale=english)
    factory.record(factory.hire("800"), criteria=["12.10", "12.2"], areas=",12,", area=12, course="Retraining")
    path = copy(issue(at=AT + datetime.timedelta(hours=1)), tmp_path / "pack.zip")
    verify(path)
    reports = [name for name in members(path) if name.startswith("report-")]
    assert reports == [f"report-{number}.pdf" for number in ("12.10", "12.2", "5.4", "6.1", "6.7")]
    seals, retraining = read(path, "report-6.7.pdf"), read(path, "report-12.2.pdf")
    assert "Criterion 6.7 · The whole training program, up to 24 November 2026" in seals
    assert "6.7 (must): Seals are checked." in seals
    assert "Daniel Olmos (701)" in seals and "Retraining" not in seals
    assert "Training records 1" in retraining and "Daniel Vega" not in retraining
    one = copy(issue("criterion", "6.7", at=AT + datetime.timedelta(hours=2)), tmp_path / "one.zip")
    assert [name for name in members(one) if name.startswith("report")] == ["report.pdf"]
    assert "6.7 (must): Seals are checked." in read(one)


def test_criteria_with_the_same_courses_and_records_are_asked_for_once(duty, tmp_path):
    """The course teaches three; another record names one of them besides."""
    when, told = AT + datetime.timedelta(hours=1), []
    factory.record(factory.hire("800"), criteria=["6.7", "9.9"], areas=",6,9,")
    selection = scope.Selection(scope.Scope(), user=None, at=when)
    assert selection.alike == [["5.4", "6.1"], ["6.7"], ["9.9"]]
    path = copy(actions.issue(**asked(when), each=lambda *seen: told.append(seen)), tmp_path / "pack.zip")
    assert told[-1] == (5, 5)
    assert read(path, "report-5.4.pdf").replace("5.4", "6.1") == read(path, "report-6.1.pdf").replace("5.4", "6.1")
    assert "Training records 2" in read(path, "report-6.7.pdf")
    assert "Training records 1" in read(path, "report-9.9.pdf")


def asked(at):
    return {"scope": scope.Scope(), "to_whom": "CBP", "why": "Visit", "by": None, "at": at}


def test_it_speaks_the_language_of_who_asked(duty, tmp_path):
    grace = factory.person(language="es", is_superuser=True)
    path = copy(issue(by=grace, at=AT + datetime.timedelta(hours=1)), tmp_path / "pack.zip")
    said = read(path)
    assert "Evidencia de capacitación en seguridad Todo el programa de capacitación, hasta 24 de noviembre" in said
    assert "Gaps" not in said and "Página 1 de" in said
    with pytest.raises(actions.NotIssued, match="No existe instalación"):
        issue("facility", str(uuid.uuid4()), by=grace)


def test_an_empty_scope_says_so_and_is_no_error(tmp_path):
    path = copy(issue(), tmp_path / "pack.zip")
    said = read(path)
    for words in (
        "No requirement asks for a course of this scope.",
        "Nobody in the scope owes a course of it.",
        "Nobody in the scope is overdue.",
    ):
        assert words in said, words
    assert "Quiz results" not in said and "The course content" not in said
    assert verify(path).rows == 0


def test_queries_do_not_grow_with_people(duty, django_assert_max_num_queries):
    for number in range(20):
        factory.record(factory.hire(str(900 + number)))
    with django_assert_max_num_queries(170):
        issue(at=AT + datetime.timedelta(hours=1))
