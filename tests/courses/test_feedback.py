"""What learners say about lessons and courses, and what its writers see and do."""

import pytest
import time_machine

from courses.actions.telling import MOST
from courses.models import CoursePage, Feedback
from tests.people.factory import person as with_role

from . import factory
from .factory import AT

pytestmark = pytest.mark.django_db

LESSON = "/courses/seal-security/steps/one/"


@pytest.fixture
def run(client):
    who = factory.person("1")
    run = factory.start(who, factory.released_course())
    client.force_login(who)
    with time_machine.travel(AT, tick=False):
        yield run


def say(client, **data):
    return client.post(f"{LESSON}feedback/", {"kind": "wrong", "text": "Ours has six digits."} | data)


def test_what_a_learner_says_is_kept_with_the_lesson_and_its_edition(client, run):
    assert say(client).url == LESSON
    assert "Thank you. It goes to those who write this course." in client.get(LESSON).content.decode()
    said = Feedback.objects.get()
    assert (said.kind, said.text, said.sent_at) == ("wrong", "Ours has six digits.", AT)
    assert (said.edition, str(said.step_key)) == (run.edition, factory.steps(run.edition)[0]["key"])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"kind": "rating"}, "Nothing was sent. Choose whether it is unclear or wrong."),
        ({"kind": ""}, "Nothing was sent. Choose whether it is unclear or wrong."),
        ({"text": "a" * 1001}, "Nothing was sent. Say it in at most 1000 letters."),
    ],
)
def test_bad_input_sends_nothing_and_says_why(client, run, data, says):
    say(client, **data)
    assert says in client.get(LESSON).content.decode()
    assert not Feedback.objects.exists()


def test_enough_is_enough(client, run):
    for _number in range(MOST + 1):
        say(client)
    assert Feedback.objects.count() == MOST
    assert "You have said much about this lesson already." in client.get(LESSON).content.decode()


def test_a_stranger_says_nothing(client, run):
    client.force_login(factory.person("2"))
    assert say(client).status_code == 404
    assert client.post("/courses/seal-security/rate/", {"useful": "3"}).status_code == 404
    assert not Feedback.objects.exists()


def test_a_finished_course_is_rated_once(client, run):
    factory.read_lessons(run)
    factory.take_quiz(run, 2)
    page = "/courses/seal-security/complete/"
    assert "How useful was it for your work?" in client.get(page).content.decode()
    client.post("/courses/seal-security/rate/", {"useful": "9"})
    assert "Choose one of the three." in client.get(page).content.decode()
    for useful in ("2", "3"):
        client.post("/courses/seal-security/rate/", {"useful": useful})
    assert Feedback.objects.get().useful == 3
    assert "How useful was it for your work?" not in client.get(page).content.decode()


def test_its_writers_see_it_without_a_name_and_close_it(client, run):
    say(client)
    editor = with_role("7", "Ed", role="Editors")
    CoursePage.objects.update(owner=editor)
    client.force_login(editor)
    html = client.get("/admin/reports/feedback/?mine=true").content.decode()
    assert "Ours has six digits." in html
    assert run.person.get_full_name() not in html
    said = Feedback.objects.get()
    assert client.post(f"/admin/reports/feedback/{said.uuid}/close/").url == "/admin/reports/feedback/"
    said.refresh_from_db()
    assert (said.closed_at, said.closed_by) == (AT, editor)
    assert "Ours has six digits." not in client.get("/admin/reports/feedback/?open=true").content.decode()
