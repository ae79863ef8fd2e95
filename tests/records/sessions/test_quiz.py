"""The quiz of a session on a phone: presence and no more until it is passed, then a record that the server graded."""

import uuid

import pytest
import time_machine
from django.test import Client

from learning.assignments.actions import apply_requirements
from learning.assignments.models import Assignment
from learning.records.ledger.verification import verify
from learning.records.models import TrainingRecord
from learning.records.sessions import actions, closing
from quizzes import actions as quizzes
from quizzes.models import Attempt
from quizzes.signals import attempt_graded
from tests.assignments import factory as assignments

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


def begun(session, number, right):
    """An attempt that is answered and not handed in."""
    client = client_of(session, number)
    address = client.post(f"/s/{session.code}/quiz/")["Location"]
    attempt = Attempt.objects.get(uuid=address.strip("/").rpartition("/")[2])
    for item in range(4):
        quizzes.save_answer(attempt=attempt, item=item, answer=["yes" if item < right else "no"], at=AT)
    return client, attempt


def test_what_was_begun_in_time_counts_when_it_is_passed_after_the_closing(session, marta):
    assignments.requirement(session.course_key)
    apply_requirements(on=AT.date(), at=AT)
    (ana, passing), (luis, failing) = begun(session, "0", right=4), begun(session, "1", right=1)
    closing.close_session(session=session, by=marta, at=AT)
    page = f"/s/{session.code}/"
    assert "Your quiz is still open. If you pass it" in ana.get(page).content.decode()
    quizzes.submit_attempt(attempt=passing, at=AT + minutes(9), attribution="password")
    quizzes.submit_attempt(attempt=failing, at=AT + minutes(9), attribution="password")
    fields = ("person__number", "check_kind", "score", "source", "recorder", "completed_at", "recorded_at")
    assert list(TrainingRecord.objects.order_by("pk").values_list(*fields)) == [
        ("0", "none", None, "instructor_attested", marta.pk, AT - minutes(30), AT),
        ("1", "none", None, "instructor_attested", marta.pk, AT - minutes(30), AT),
        ("0", "quiz", 100, "server_graded", marta.pk, AT + minutes(9), AT + minutes(9)),
    ]
    counted = TrainingRecord.objects.get(check_kind="quiz")
    assert counted.cause["session"] == str(session.uuid)
    assert list(Assignment.objects.filter(record=counted).values_list("person__number", "cycle")) == [("0", 1)]
    assert f"/records/{counted.uuid}/certificate/" in ana.get(page).content.decode()
    assert "It does not count as the course" in luis.get(page).content.decode()
    # Graded once more, it is recorded already.
    attempt_graded.send(sender=Attempt, attempt=Attempt.objects.get(pk=passing.pk), at=AT + minutes(10))
    assert TrainingRecord.objects.count() == 3
    assert verify(at=AT)[1] == []


def test_nothing_counts_late_where_the_presence_was_withdrawn(session, marta):
    _client, attempt = begun(session, "0", right=4)
    closing.close_session(session=session, by=marta, at=AT)
    was = session.attendances.get(person__number="0").record
    records.record(was.person, was.completed_at, AT, corrects=was, withdraws=True, reason="Somebody else")
    quizzes.submit_attempt(attempt=attempt, at=AT + minutes(9), attribution="password")
    assert TrainingRecord.objects.filter(check_kind="quiz", withdraws=False).count() == 0


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
