"""The learner's pages: whose they are, where they lead, and what they cost."""

import re

import pytest
import time_machine
from django.urls import reverse

from courses.models import CoursePage, Enrolment, LessonPage, StepProgress
from quizzes.models import Attempt

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

COURSE = "/courses/seal-security/"


@pytest.fixture(autouse=True)
def hours_later():
    """Pages read the clock themselves; what the factories do happened before."""
    with time_machine.travel(AT + minutes(600), tick=False):
        yield


@pytest.fixture
def dock(client):
    who = factory.person("1")
    client.force_login(who)
    return who


def said(client, response):
    """The messages that the page shows to which the response leads."""
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def test_courses_are_listed_as_editors_arranged_them(client):
    for title in ("Fences", "Seals", "Awareness"):
        factory.released_course(title, quiz=False)
    CoursePage.objects.get(title="Awareness").move(CoursePage.objects.get(title="Fences"), pos="left")
    page = CoursePage.objects.get(title="Fences")
    listed = [course["title"] for course in client.get("/courses/").context["courses"]]
    assert listed == ["Awareness", "Fences", "Seals"]
    page.unpublish()
    listed = [course["title"] for course in client.get("/courses/").context["courses"]]
    assert listed == ["Awareness", "Seals"]


def test_the_list_says_what_one_has_begun_and_finished(client, dock):
    titles = ("Fences", "Seals", "Awareness", "Logs")
    fences, seals, awareness, _logs = (factory.released_course(title, quiz=False) for title in titles)
    factory.read_lessons(factory.start(dock, fences))
    factory.start(dock, seals)
    factory.start(factory.person("2"), awareness)
    Enrolment.objects.filter(pk=factory.start(dock, awareness).pk).update(closed_at=AT)
    courses = client.get("/courses/").context["courses"]
    assert [course["run"] and course["run"].standing for course in courses] == ["completed", "running", None, None]
    assert "You do not owe this course" in client.get("/courses/fences/").content.decode()


def states(context):
    return [(step["title"], step["state"], step["url"]) for step in context["steps"]]


# Whose they are


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("start/", "post"),
        ("steps/one/", "get"),
        ("steps/one/done/", "post"),
        ("steps/quiz/attempt/", "post"),
        ("complete/", "get"),
    ],
)
def test_a_stranger_signs_in_first(client, path, method):
    factory.released_course()
    response = getattr(client, method)(COURSE + path)
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={COURSE}{path}")
    assert not Enrolment.objects.exists()


def test_everybody_sees_what_there_is_to_learn_and_is_told_to_sign_in(client):
    factory.released_course()
    index = client.get("/courses/")
    assert [course["title"] for course in index.context["courses"]] == ["Seal security"]
    response = client.get(COURSE)
    assert (response.context["enrolment"], response.context["standing"]) == (None, None)
    assert "You do not owe this course" not in response.content.decode()
    assert states(response.context) == [("One", "open", None), ("Two", "open", None), ("Quiz", "open", None)]
    assert f'href="/sign-in/?next={COURSE}"' in response.content.decode()
    assert '<form method="post" action="/courses' not in response.content.decode()


def test_a_run_is_its_persons_alone(client, dock):
    edition = factory.released_course()
    other = factory.finish(factory.person("2"), edition)
    factory.start(other.person, edition, AT + minutes(9))
    assert client.get(COURSE).context["enrolment"] is None
    assert client.get(f"{COURSE}complete/").status_code == 404
    assert client.post(f"{COURSE}steps/one/done/").status_code == 404
    assert client.post(f"{COURSE}steps/quiz/attempt/").status_code == 404
    response = client.get(f"{COURSE}steps/one/")
    assert response.headers["Location"] == COURSE
    assert said(client, response) == ["Start the course first; then its lessons open in order."]


@pytest.mark.parametrize("path", ["", "start/", "complete/", "steps/one/", "steps/one/done/", "steps/quiz/attempt/"])
@pytest.mark.parametrize("make", [None, factory.course])
def test_a_course_that_is_not_there_or_not_released(client, dock, path, make):
    if make:
        make()
    method = client.post if path in ("start/", "steps/one/done/", "steps/quiz/attempt/") else client.get
    response = method(COURSE + path)
    if make and path == "steps/one/":
        response = client.get(response.headers["Location"])
    assert response.status_code == 404
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    "path", ["steps/nowhere/", "steps/nowhere/done/", "steps/nowhere/attempt/", "steps/one/attempt/"]
)
def test_a_step_that_is_not_there(client, dock, path):
    factory.start(dock, factory.released_course())
    method = client.get if path == "steps/nowhere/" else client.post
    assert method(COURSE + path).status_code == 404


# Going through


def test_the_way_from_start_to_finish(client, dock):
    factory.released_course()
    response = client.post(f"{COURSE}start/")
    assert response.headers["Location"] == f"{COURSE}steps/one/"
    context = client.get(f"{COURSE}steps/one/").context
    assert (context["state"], context["tally"], context["previous"]) == ("now", ["now", "locked", "locked"], None)
    assert context["next"] == {"title": "Two", "url": f"{COURSE}steps/two/"}

    assert client.post(f"{COURSE}steps/one/done/").headers["Location"] == f"{COURSE}steps/two/"
    context = client.get(COURSE).context
    assert states(context) == [
        ("One", "done", f"{COURSE}steps/one/"),
        ("Two", "now", f"{COURSE}steps/two/"),
        ("Quiz", "locked", None),
    ]
    assert [step["opens_after"] for step in context["steps"]] == [None, None, 2]
    assert (context["steps_done"], context["step_now"], context["percent"], context["minutes_left"]) == (1, 2, 33, 10)
    assert context["action"] == {
        "label": "Continue with lesson 2",
        "url": f"{COURSE}steps/two/",
        "method": "get",
    }

    assert client.post(f"{COURSE}steps/two/done/").headers["Location"] == f"{COURSE}steps/quiz/"
    context = client.get(f"{COURSE}steps/quiz/").context
    assert (context["can_start"], context["attempts_left"], context["quiz"]["questions"]) == (True, 2, 2)
    assert client.get(COURSE).context["action"]["label"] == "Go to the quiz"
    response = client.post(f"{COURSE}steps/quiz/attempt/")
    attempt = Attempt.objects.get()
    assert response.headers["Location"] == reverse("quizzes:attempt", kwargs={"uuid": attempt.uuid})
    assert client.post(f"{COURSE}steps/quiz/attempt/").headers["Location"] == response.headers["Location"]
    assert client.get(f"{COURSE}steps/quiz/").context["in_progress"] is True

    factory.quizzes.answer(attempt, right=2)
    client.post(reverse("quizzes:submit", kwargs={"uuid": attempt.uuid}))
    (onward,) = client.get(reverse("quizzes:result", kwargs={"uuid": attempt.uuid})).context["onward"]
    assert onward == {"url": f"{COURSE}complete/", "label": "See what you have earned"}
    context = client.get(onward["url"]).context
    assert context["enrolment"] == Enrolment.objects.get()
    assert "certificate" in "".join(context["slots"])


def test_the_last_lesson_leads_to_the_end(client, dock):
    run = factory.start(dock, factory.released_course(lessons=("One",), quiz=False))
    for _twice in range(2):
        assert client.post(f"{COURSE}steps/one/done/").headers["Location"] == f"{COURSE}complete/"
    run.refresh_from_db()
    assert run.completed_at
    assert StepProgress.objects.count() == 1


def test_starting_twice_goes_on_where_one_left_off(client, dock):
    edition = factory.released_course()
    client.post(f"{COURSE}start/")
    client.post(f"{COURSE}steps/one/done/")
    assert client.post(f"{COURSE}start/").headers["Location"] == f"{COURSE}steps/two/"
    assert Enrolment.objects.get().edition == edition


def test_a_locked_step_is_refused_in_words(client, dock):
    factory.start(dock, factory.released_course())
    words = ["Steps open in order. This one opens after the one before it."]
    for method, path in ((client.get, "two/"), (client.post, "two/done/"), (client.post, "quiz/attempt/")):
        response = method(f"{COURSE}steps/{path}")
        assert response.headers["Location"] == COURSE
        assert said(client, response) == words
    assert (Attempt.objects.count(), StepProgress.objects.count()) == (0, 0)


def test_a_session_that_ended_leads_back_to_where_one_was(client, dock):
    factory.start(dock, factory.released_course())
    for path, back in (
        ("start/", COURSE),
        ("steps/one/done/", f"{COURSE}steps/one/"),
        ("steps/quiz/attempt/", f"{COURSE}steps/quiz/"),
    ):
        assert client.get(COURSE + path).headers["Location"] == back
    assert not StepProgress.objects.exists()


def test_opening_a_step_is_noted_once(client, dock):
    factory.start(dock, factory.released_course())
    client.get(f"{COURSE}steps/one/")
    first = StepProgress.objects.values().get()
    client.get(f"{COURSE}steps/one/")
    assert StepProgress.objects.values().get() == first
    assert first["completed_at"] is None


# Fails, and the end of tries


def result_of(client, attempt):
    return client.get(reverse("quizzes:result", kwargs={"uuid": attempt.uuid}))


def test_after_a_failed_attempt_the_next_is_one_tap_away(client, dock):
    run = factory.start(dock, factory.released_course())
    factory.read_lessons(run)
    (onward,) = result_of(client, factory.take_quiz(run, right=0)).context["onward"]
    back = {"url": COURSE, "label": "Back to the course"}
    assert onward == {"url": f"{COURSE}steps/quiz/attempt/", "label": "Try again", "method": "post", "also": back}
    assert Attempt.objects.count() == 1
    client.post(onward["url"])
    assert list(Attempt.objects.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_after_the_last_failed_attempt_every_page_says_what_to_do(client, dock):
    run = factory.block(dock, factory.released_course())
    attempt = Attempt.objects.get(number=2)
    sentence = "HR can then open the course for you again."
    response = result_of(client, attempt)
    assert response.context["onward"] == [{"url": COURSE, "label": "Back to the course"}]
    assert sentence in response.content.decode()
    response = client.get(COURSE)
    assert (response.context["blocked"], response.context["action"]) == (True, None)
    assert [row["state"] for row in response.context["steps"]] == ["done", "done", "blocked"]
    html = response.content.decode()
    assert sentence in html
    assert "pass mark 100 %. All attempts are used." in html
    assert "Next" not in html
    response = client.get(f"{COURSE}steps/quiz/")
    assert [(row["number"], row["result"]) for row in response.context["attempts"]] == [
        (1, "not passed"),
        (2, "not passed"),
    ]
    assert (response.context["can_start"], response.context["blocked"]) == (False, True)
    assert sentence in response.content.decode()
    assert client.post(f"{COURSE}steps/quiz/attempt/").headers["Location"] == f"{COURSE}steps/quiz/"
    assert (Attempt.objects.count(), Enrolment.objects.get()) == (2, run)


# Afterwards


def test_a_finished_course_says_so_and_can_be_taken_again(client, dock):
    edition = factory.released_course()
    run = factory.finish(dock, edition)
    response = client.get(COURSE)
    assert (response.context["enrolment"], response.context["completed"]) == (None, run)
    text = response.content.decode()
    assert "You finished this course on" in text
    assert f'href="{COURSE}complete/"' in text
    assert re.findall(r"<button class=\"btn btn--light btn--l\">([^<]+)", text) == ["Take it again"]

    client.post(f"{COURSE}start/")
    assert Enrolment.objects.running().get() != run
    assert client.get(COURSE).context["completed"] is None
    assert client.get(f"{COURSE}complete/").context["enrolment"] == run


def test_lessons_of_a_finished_run_can_be_read_again(client, dock):
    factory.finish(dock, factory.released_course())
    before = list(StepProgress.objects.values())
    lessons = client.get(f"{COURSE}complete/").context["lessons"]
    assert [lesson["url"] for lesson in lessons] == [f"{COURSE}steps/one/", f"{COURSE}steps/two/"]
    response = client.get(f"{COURSE}steps/two/")
    assert "Text of Two." in response.content.decode()
    assert f"{COURSE}steps/two/done/" not in response.content.decode()
    response = client.get(f"{COURSE}steps/quiz/")
    assert f"{COURSE}steps/quiz/attempt/" not in response.content.decode()
    assert client.post(f"{COURSE}steps/quiz/attempt/").headers["Location"] == f"{COURSE}steps/quiz/"
    assert list(StepProgress.objects.values()) == before
    assert Attempt.objects.count() == 1


def test_while_it_is_taken_again_its_steps_are_those_of_the_new_run(client, dock):
    edition = factory.released_course()
    factory.finish(dock, edition)
    factory.start(dock, edition, AT + minutes(60))
    assert client.get(f"{COURSE}complete/").context["lessons"] == []
    assert client.get(f"{COURSE}steps/two/").headers["Location"] == COURSE


# Hidden courses


def test_a_hidden_course_is_finished_by_those_who_began_and_started_by_nobody(client, dock):
    edition = factory.released_course()
    factory.start(dock, edition)
    CoursePage.objects.get().unpublish()
    assert client.get("/courses/").context["courses"] == []
    assert client.get(COURSE).context["action"]["label"] == "Continue with lesson 1"
    assert client.post(f"{COURSE}start/").headers["Location"] == f"{COURSE}steps/one/"
    for path in ("steps/one/done/", "steps/two/done/"):
        client.post(COURSE + path)
    factory.take_quiz(Enrolment.objects.get(), right=2)
    assert client.get(f"{COURSE}complete/").status_code == 200
    assert client.get(COURSE).status_code == 404
    assert client.post(f"{COURSE}start/").status_code == 404

    client.force_login(factory.person("2"))
    assert client.get(COURSE).status_code == 404
    assert client.post(f"{COURSE}start/").status_code == 404
    assert Enrolment.objects.count() == 1


def test_releasing_shows_a_hidden_course_again(client):
    factory.released_course()
    CoursePage.objects.get().unpublish()
    factory.release(CoursePage.objects.get(), AT + minutes(1))
    assert client.get(COURSE).status_code == 200


# Languages and addresses


def test_a_page_in_spanish_marks_the_words_that_are_in_english(client, dock):
    factory.start(dock, factory.released_course())
    for path in ("/courses/", COURSE, f"{COURSE}steps/one/"):
        response = client.get("/es" + path)
        assert (response.context["content_language"], response.context["content_language_differs"]) == ("en", True)
        assert 'lang="en"' in response.content.decode()
    assert client.get("/courses/").context["content_language_differs"] is False


def test_a_run_can_change_its_language_half_way(client, dock):
    factory.released_course()
    client.post(f"/es{COURSE}start/")
    assert Enrolment.objects.get().language == "es"
    client.post(f"{COURSE}steps/one/done/")
    assert client.post(f"/es{COURSE}steps/two/done/").headers["Location"] == f"/es{COURSE}steps/quiz/"
    factory.take_quiz(Enrolment.objects.get(), right=2)
    assert Enrolment.objects.get().completed_at


def test_wagtails_own_addresses_lead_to_the_step(client, dock):
    factory.start(dock, factory.released_course())
    response = client.get(f"{COURSE}one/")
    assert response.headers["Location"] == f"{COURSE}steps/one/"
    assert CoursePage.objects.get().url.endswith(COURSE)


def test_a_draft_can_be_previewed():
    factory.course()
    lesson = LessonPage.objects.get(title="One")
    lesson.title = "Draft of one"
    text = lesson.make_preview_request().content.decode()
    assert "Draft of one" in text
    assert "Text of One." in text
