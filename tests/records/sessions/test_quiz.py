"""The quiz of a session on a phone: presence and no more until it is passed, then a record that the server graded."""

import uuid

import pytest
import time_machine
from django.test import Client

from learning.records.models import TrainingRecord
from learning.records.sessions import actions, closing
from quizzes import actions as quizzes
from quizzes.models import Attempt

from .. import factory as records
from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db
DEVICE = {"check_kind": "quiz", "quiz_way": "device", "pass_mark": 75}


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def marta(clock):
    return factory.boss()


@pytest.fixture
def session(marta):
    crew = [factory.crew(str(number), marta, name) for number, name in enumerate(("Ana", "Luis", "Rosa"))]
    made = factory.session(crew, edition=records.edition(), present=False, **DEVICE)
    for who in crew[:2]:
        actions.check_in(session=made, person=who, attribution="password", at=AT - minutes(20))
    return made


def client_of(session, number):
    client = Client()
    client.force_login(session.attendances.get(person__number=number).person)
    return client


def take(session, number, right):
    """Begin as the page does, answer, hand in; returns what the page of the session shows then."""
    client, page = client_of(session, number), f"/s/{session.code}/"
    begun = client.post(f"{page}quiz/")["Location"]
    attempt = Attempt.objects.get(uuid=begun.strip("/").rpartition("/")[2])
    for item in range(4):
        quizzes.save_answer(attempt=attempt, item=item, answer=["yes" if item < right else "no"], at=AT)
    assert f'href="{page}"' in client.get(f"{begun}review/").content.decode()
    client.post(f"{begun}submit/")
    assert f'href="{page}"' in client.get(f"{begun}result/").content.decode()
    return client.get(page).context


def test_until_it_is_passed_there_is_presence_and_no_more(session, marta):
    shown = take(session, "0", right=2)
    assert (shown["state"], shown["passed"], shown["attempts_left"], shown["can_start"]) == ("in", False, 2, True)
    assert take(session, "0", right=3)["passed"] is True
    assert take(session, "1", right=1)["passed"] is False
    boss = Client()
    boss.force_login(marta)
    scores = [line["row"].score for line in boss.get(f"/team/sessions/{session.uuid}/").context["rows"]]
    assert scores == [75, 25, None]
    client_of(session, "1").post(f"/s/{session.code}/quiz/")
    asked = boss.get(f"/team/sessions/{session.uuid}/close/").context
    assert (asked["presence_only"], asked["answering"]) == (["Luis Olmos"], ["Luis Olmos"])
    assert closing.close_session(session=session, by=marta, at=AT) == 2
    fields = ("person__number", "check_kind", "score", "attempts", "source", "attribution", "completed_at")
    assert list(TrainingRecord.objects.order_by("pk").values_list(*fields)) == [
        ("0", "quiz", 75, 2, "server_graded", "password", AT),
        ("1", "none", None, None, "instructor_attested", "password", AT - minutes(30)),
    ]
    assert [len(record.question_versions) for record in TrainingRecord.objects.order_by("pk")] == [4, 0]
    assert list(session.attendances.order_by("pk").values_list("score", flat=True)) == [75, 25, None]
    assert client_of(session, "0").get(f"/s/{session.code}/").context["state"] == "closed"


def test_it_is_for_those_who_are_there_while_the_session_is_open(session, marta):
    absent, stranger = client_of(session, "2"), Client()
    stranger.force_login(factory.crew("9", marta))
    page = f"/s/{session.code}/quiz/"
    answer = absent.post(page, follow=True)
    words = "The quiz is for those who are there, while the session is open."
    assert [str(message) for message in answer.context["messages"]] == [words]
    assert stranger.post(page).status_code == 404
    closing.close_session(session=session, by=marta, at=AT)
    answer = client_of(session, "0").post(page, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [words]
    assert Attempt.objects.count() == 0


def test_where_codes_are_typed_it_waits_until_it_is_passed(session):
    client = client_of(session, "0")
    assert 'href="/s/"' in client.get("/me/").content.decode()
    rows = client.get("/s/").context["rows"]
    assert [(row["session"], row["now"], row["quiz"]) for row in rows] == [(session, False, True)]
    # Who did not check in while they could has nothing to do here.
    assert client_of(session, "2").get("/s/").context["rows"] == []
    take(session, "0", right=4)
    assert client.get("/s/").context["rows"] == []


@pytest.mark.parametrize(
    ("quiz", "chosen", "words"),
    [
        (False, True, "This course has no quiz. Choose another check."),
        (True, False, "A quiz on a phone is that of a course. Choose the course, or paper."),
        (True, True, None),
    ],
)
def test_a_session_names_the_quiz_of_its_course(client, marta, quiz, chosen, words):
    edition = records.edition(quiz=quiz)
    client.force_login(marta)
    said = {
        "token": str(uuid.uuid4()),
        "kind": "classroom",
        "course": str(edition.course_key) if chosen else "",
        "topic": "Ladders",
        "day": "2026-11-30",
        "time": "09:00",
        "minutes": "45",
        "facility": records.facility().pk,
        "language": "en",
        "given_by": "Marta Reyes",
        "check_kind": "quiz_on_device",
        "walk_ins": "on",
    }
    answer = client.post("/team/sessions/new/", said)
    if words:
        assert answer.context["form"].errors == {"check_kind": [words]}
    else:
        made = marta.sessions_given.get()
        assert (made.quiz_way, made.pass_mark, made.edition, made.walk_ins) == ("device", 75, edition, True)
