"""A material change in the middle of a course: told, shown, gone over to. A minor one changes nothing."""

import json

import pytest
import time_machine

from courses import actions
from courses.models import CoursePage, Edition, LessonPage
from tests.people.factory import person as with_role

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

COURSE = "/courses/seal-security/"


@pytest.fixture
def run():
    """In the middle: the first of two lessons is done."""
    who = factory.person("1")
    run = factory.start(who, factory.released_course())
    key = factory.steps(run.edition)[0]["key"]
    actions.complete_lesson(enrolment=run, step_key=key, at=AT, attribution="password")
    return run


def change(title, text, kind=Edition.Kind.MATERIAL, note="The seal of class S is out."):
    page = LessonPage.objects.get(title=title)
    page.body = json.dumps([factory.paragraph(f"Text of {title}."), factory.paragraph(text)])
    page.save_revision()
    return factory.release(CoursePage.objects.get(), at=AT + minutes(5), kind=kind, note=note)


@pytest.fixture
def browser(client, run):
    client.force_login(run.person)
    with time_machine.travel(AT + minutes(10), tick=False):
        yield client


def done(run):
    keys = actions.done_keys(run)
    return [step["title"] for step in factory.steps(run.edition) if step["key"] in keys]


def test_after_a_minor_change_one_finishes_what_one_began(browser, run):
    change("One", "A comma.", kind=Edition.Kind.MINOR)
    assert browser.get(COURSE).context["edition"] == run.edition
    assert browser.get(f"{COURSE}changed/").url == COURSE
    assert actions.newer_edition(run) is None


def test_after_a_material_change_one_is_told_and_shown_what_changed(browser, run):
    change("One", "Only class H.")
    for path in ("", "steps/two/"):
        assert browser.get(f"{COURSE}{path}").url == f"{COURSE}changed/"
    html = browser.get(f"{COURSE}changed/").content.decode()
    assert "The seal of class S is out." in html
    assert "<p>Only class H.</p>" in html
    # What says the same is not shown again.
    assert "Text of One." not in html
    run.refresh_from_db()
    assert run.edition.number == 1


def test_going_over_reopens_the_lessons_that_changed_and_no_other(browser, run):
    newer = change("One", "Only class H.")
    assert browser.post(f"{COURSE}changed/").url == COURSE
    run.refresh_from_db()
    assert (run.edition, done(run)) == (newer, [])
    assert browser.get(COURSE).context["edition"] == newer
    factory.read_lessons(run, AT + minutes(11))
    assert done(run) == ["One", "Two"]


def test_what_did_not_change_stays_done(run):
    newer = change("Two", "Only class H.")
    actions.go_over(enrolment=run, edition=newer, at=AT + minutes(10), attribution="password")
    assert done(run) == ["One"]


def test_a_stale_page_finishes_nothing_on_the_old_edition(browser, run):
    change("Two", "Only class H.")
    assert browser.post(f"{COURSE}steps/two/done/").url == f"{COURSE}changed/"
    assert done(run) == ["One"]
    assert browser.post(f"{COURSE}steps/quiz/attempt/").url == f"{COURSE}steps/quiz/"


def test_when_only_lessons_left_out_were_missing_the_course_is_done(run):
    """Nobody is kept in a course that has nothing left to do."""
    LessonPage.objects.get(title="Two").unpublish()
    CoursePage.objects.get().get_children().get(title="Quiz").unpublish()
    newer = factory.release(CoursePage.objects.get(), at=AT + minutes(5))
    actions.go_over(enrolment=run, edition=newer, at=AT + minutes(10), attribution="password")
    run.refresh_from_db()
    assert run.completed_at == AT + minutes(10)


def test_a_minor_edition_after_a_material_one_is_where_one_goes(run):
    change("One", "Only class H.", note="First.")
    newest = change("One", "Only class H!", kind=Edition.Kind.MINOR, note="A mark.")
    edition = actions.newer_edition(run)
    assert (edition, edition.notes) == (newest, ["First."])


def test_a_finished_run_is_told_nothing(browser, run):
    factory.read_lessons(run, AT)
    factory.take_quiz(run, 2, AT)
    change("One", "Only class H.")
    assert browser.get(f"{COURSE}changed/").url == COURSE
    assert browser.get(f"{COURSE}complete/").status_code == 200


def test_an_editor_sees_who_is_affected_before_releasing(admin_client, run):
    page = LessonPage.objects.get(title="One")
    page.body = json.dumps([factory.paragraph("Only class H.")])
    page.save_revision()
    factory.start(factory.person("2"), run.edition)
    assert actions.affected(CoursePage.objects.get()) == {"running": 2, "again": 1}
    html = admin_client.get(f"/admin/courses/{CoursePage.objects.get().pk}/release/").content.decode()
    assert "2 people are in this course now." in html
    assert "After a material one they are told what changed, and 1 of them reads a lesson again." in html


def test_compliance_opens_any_past_edition_as_it_was(client, run):
    change("One", "Only class H.")
    client.force_login(with_role("7", role="Compliance"))
    html = client.get(f"/admin/editions/{run.edition.uuid}/").content.decode()
    assert "Edition 1, of" in html
    assert "<p>Text of One.</p>" in html
    assert "Only class H." not in html
    client.force_login(factory.person("8"))
    assert client.get(f"/admin/editions/{run.edition.uuid}/").status_code != 200
