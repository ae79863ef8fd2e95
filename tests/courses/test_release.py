"""Releasing: the whole tree at once, as an edition that never changes; learners read nothing else."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from wagtail.models import Locale

from courses import actions
from courses.changes import between
from courses.models import CoursePage, Edition, LessonPage
from quizzes.models import Bank, Question, Quiz

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


def lesson(title="One"):
    return LessonPage.objects.get(title=title)


def draft_of(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()


def titles(edition):
    return [step["title"] for step in factory.steps(edition)]


def test_an_edition_says_who_when_and_why():
    editor = get_user_model().objects.create_superuser("editor", first_name="Editor")
    page = factory.course()
    edition = factory.release(page, kind=Edition.Kind.MINOR, note="Typing errors", by=editor)
    assert (edition.course_key, edition.number, edition.kind) == (page.translation_key, 1, "minor")
    assert (edition.note, edition.released_at, edition.released_by) == ("Typing errors", AT, editor)
    assert len(edition.hash) == 64


def test_releasing_again_makes_no_edition_when_nothing_changed():
    page = factory.course()
    first = factory.release(page)
    assert factory.release(page, AT + minutes(1)) == first
    assert Edition.objects.count() == 1


def test_releasing_publishes_the_drafts_of_the_whole_tree():
    page = factory.course()
    first = factory.release(page)
    draft_of(lesson(), title="One, clearer")
    draft_of(CoursePage.objects.get(), summary="Better.")
    page.refresh_from_db()
    new = LessonPage(title="Three", slug="three", body=json.dumps([factory.paragraph("New.")]), live=False)
    page.add_child(instance=new)

    second = factory.release(page, AT + minutes(1))
    assert (first.number, second.number) == (1, 2)
    assert titles(second) == ["One, clearer", "Two", "Quiz", "Three"]
    assert second.in_language("en").summary == "Better."
    assert titles(first) == ["One", "Two", "Quiz"]
    assert list(Edition.objects.current()) == [second]
    assert not CoursePage.objects.get().has_unpublished_changes
    assert LessonPage.objects.get(title="Three").live


def test_a_lesson_that_was_unpublished_stays_out():
    page = factory.course()
    factory.release(page)
    lesson("Two").unpublish()
    second = factory.release(page, AT + minutes(1))
    assert titles(second) == ["One", "Quiz"]
    lesson("Two").save_revision().publish()
    assert titles(factory.release(page, AT + minutes(2))) == ["One", "Two", "Quiz"]


def test_editions_are_numbered_by_course():
    one, two = factory.course("Seals"), factory.course("Fences")
    assert [factory.release(page).number for page in (one, two)] == [1, 1]
    draft_of(CoursePage.objects.get(title="Fences"), summary="Better.")
    assert factory.release(two, AT + minutes(1)).number == 2
    assert sorted(edition.number for edition in Edition.objects.current()) == [1, 2]


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda page: page.get_children().delete(), "The course has no lessons"),
        (lambda page: Question.objects.first().unpublish(), "but its bank has only 1 published"),
        (lambda page: factory.quiz_step(page, Quiz.objects.get(), slug="again"), "asks the same quiz"),
        (lambda page: draft_of(lesson(), body=[("figure", {"image": None, "caption": ""})]), "“One” is not finished."),
    ],
)
def test_a_course_that_would_stop_learners_is_not_released_and_nothing_is_published(break_it, sentence):
    page = factory.course(pool=2)
    break_it(CoursePage.objects.get(pk=page.pk))
    draft_of(CoursePage.objects.get(), summary="Draft.")
    changes, problem = actions.next_release(CoursePage.objects.get())
    assert sentence in problem
    with pytest.raises(actions.NotReady, match=sentence):
        factory.release(page)
    assert not Edition.objects.exists()
    assert CoursePage.objects.get().summary != "Draft."


def test_every_language_of_an_edition_has_the_same_steps():
    page = factory.course(quiz=False)
    spanish = Locale.objects.get(language_code="es")
    for parent in reversed(page.get_ancestors(inclusive=True).filter(depth__gt=1).specific().reverse()):
        parent.copy_for_translation(spanish)
    translated = CoursePage.objects.get(locale=spanish)
    translated.title, translated.topics = "Seguridad de sellos", "sellos\nbitácoras"
    translated.save_revision().publish()
    with pytest.raises(actions.NotReady, match="no lessons"):
        factory.release(page)
    for row in LessonPage.objects.filter(locale__language_code="en"):
        row.copy_for_translation(spanish).save_revision().publish()
    edition = factory.release(page)
    assert edition.in_language("es").title == "Seguridad de sellos"
    assert (edition.in_language("es").topics, edition.in_language("en").topics) == (
        ["sellos", "bitácoras"],
        ["seals", "logs"],
    )
    translated = CoursePage.objects.get(locale=spanish)
    translated.topics = "sellos\nregistros"
    translated.save_revision().publish()
    assert between(edition.content, factory.release(page).content) == [("course", "")]
    assert [step["key"] for step in edition.in_language("es").steps] == [step["key"] for step in factory.steps(edition)]


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_an_edition(deed):
    edition = factory.released_course()
    rows = Edition.objects.filter(pk=edition.pk)
    with pytest.raises(DatabaseError, match="evidence"), transaction.atomic():
        rows.update(note="Better") if deed == "update" else rows._raw_delete(rows.db)
    edition.refresh_from_db()
    assert edition.note == "First"


# Learners read released states only


def edit_everything():
    """What editors may do between two releases, published page by page, in Wagtail's own way."""
    CoursePage.objects.get().save_revision()
    for page, changes in (
        (CoursePage.objects.get(), {"title": "EDITED course", "summary": "EDITED", "slug": "edited"}),
        (lesson(), {"title": "EDITED lesson", "slug": "edited", "body": json.dumps([factory.paragraph("EDITED")])}),
    ):
        for name, value in changes.items():
            setattr(page, name, value)
        page.save_revision().publish()
    Quiz.objects.update(title="EDITED quiz", intro="EDITED", attempts_allowed=9)
    for question in Question.objects.all():
        question.prompt = "EDITED?"
        question.save_revision().publish()
    CoursePage.objects.get().get_children().get(slug="two").specific.unpublish()


def texts(client, *addresses):
    return [client.get(address).content.decode() for address in addresses]


def test_learners_see_no_edit_before_it_is_released(client):
    edition = factory.released_course()
    dock = factory.person("1")
    client.force_login(dock)
    run = factory.start(dock, edition)
    factory.read_lessons(run)
    edit_everything()
    course = "/courses/seal-security/"
    pages = texts(client, "/courses/", course, f"{course}steps/one/", f"{course}steps/two/", f"{course}steps/quiz/")
    response = client.post(f"{course}steps/quiz/attempt/")
    pages += texts(client, response.headers["Location"])
    assert ["EDITED" in page for page in pages] == [False] * 6
    assert "Text of One." in pages[2]
    assert "2 of 2" in pages[4]

    stranger = factory.person("2")
    client.force_login(stranger)
    assert client.post(f"{course}start/").headers["Location"] == f"{course}steps/one/"


def test_who_has_begun_stays_on_the_edition_and_who_comes_later_gets_the_new_one(client):
    page = factory.course()
    first = factory.release(page)
    early, late = factory.person("1"), factory.person("2")
    run = factory.start(early, first)
    edit_everything()
    quizless = CoursePage.objects.get()
    second = factory.release(quizless, AT + minutes(1), kind=Edition.Kind.MINOR)
    assert factory.start(early, second, AT + minutes(2)) == run
    assert run.edition == first
    assert factory.start(late, second, AT + minutes(2)).edition == second

    client.force_login(late)
    assert "EDITED lesson" in client.get("/courses/edited/").content.decode()
    client.force_login(early)
    for address in ("/courses/edited/", "/courses/seal-security/"):
        text = client.get(address).content.decode()
        assert "EDITED" not in text
        assert "/courses/seal-security/steps/one/" in text
    assert "Text of One." in client.get("/courses/seal-security/steps/one/").content.decode()


def test_a_quiz_draws_from_the_pool_of_the_edition_by_its_rules():
    edition = factory.released_course(pool=2)
    run = factory.start(factory.person("1"), edition)
    factory.read_lessons(run)
    pool = set(edition.content["languages"]["en"]["steps"][-1]["quiz"]["draws"][0]["pool"])
    edit_everything()
    for place in range(5):
        factory.quizzes.released(factory.quizzes.question(f"Later {place}?", where=Bank.objects.get()))
    attempt = factory.begin_quiz(run)
    assert {row["version"] for row in attempt.drawn} == pool
    assert attempt.blueprint["attempts_allowed"] == 2
    assert attempt.blueprint["title"] == "Seal security quiz"
