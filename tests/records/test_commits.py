"""What only real commits show: two completions at the same moment, and what is left after one that failed."""

import pytest
from django.db import DatabaseError, connection

from courses import actions as courses
from courses.models import Enrolment
from learning.records.models import LedgerEntry, RecordSubject, TrainingRecord
from quizzes import actions as quizzes
from quizzes.models import Attempt
from tests.threads import together

from . import factory
from .factory import AT

pytestmark = pytest.mark.usefixtures("committed_database")


def last_attempt():
    """An attempt with right answers only, not yet submitted, at the end of a course."""
    enrolment = factory.enrol(factory.hire(), factory.edition())
    factory.finish(enrolment, answers=())
    step = enrolment.edition.in_language("en").steps[1]
    attempt = courses.start_quiz(enrolment=enrolment, step_key=step["key"], language="en", at=AT)
    for item in range(4):
        quizzes.save_answer(attempt=attempt, item=item, answer=["yes"], at=AT)
    return attempt


def submit(attempt):
    return quizzes.submit_attempt(attempt=attempt, at=AT, attribution="password")


def rows():
    return [model.objects.count() for model in (TrainingRecord, RecordSubject, LedgerEntry)]


def test_an_attempt_submitted_twice_at_once_is_recorded_once():
    attempt = last_attempt()
    answers = together(*[lambda: submit(attempt)] * 4)
    assert [answer.passed for answer in answers] == [True] * 4
    assert rows() == [1, 1, 1]


def test_the_last_lesson_done_twice_at_once_is_recorded_once():
    enrolment = factory.enrol(factory.hire(), factory.edition(quiz=False))
    step = enrolment.edition.in_language("en").steps[0]

    def complete():
        mine = Enrolment.objects.select_related("edition", "person").get(pk=enrolment.pk)
        courses.complete_lesson(enrolment=mine, step_key=step["key"], at=AT, attribution="password")

    answers = together(*[complete] * 4)
    # Who comes late finds the lesson done, or the run ended.
    assert all(answer is None or isinstance(answer, courses.Locked) for answer in answers)
    assert rows() == [1, 1, 1]


def test_a_completion_whose_evidence_cannot_be_written_leaves_nothing_and_can_be_done_again():
    attempt = last_attempt()
    refuse = {
        "sqlite": "CREATE TRIGGER halt BEFORE INSERT ON records_ledgerentry BEGIN SELECT RAISE(ABORT, 'full'); END",
        "postgresql": "CREATE TRIGGER halt BEFORE INSERT ON records_ledgerentry EXECUTE FUNCTION gatehouse_refuse()",
    }
    allow = {"sqlite": "DROP TRIGGER halt", "postgresql": "DROP TRIGGER halt ON records_ledgerentry"}
    with connection.cursor() as cursor:
        cursor.execute(refuse[connection.vendor])
    with pytest.raises(DatabaseError):
        submit(attempt)
    assert Attempt.objects.get().state == Attempt.State.IN_PROGRESS
    assert Enrolment.objects.get().completed_at is None
    assert rows() == [0, 0, 0]

    with connection.cursor() as cursor:
        cursor.execute(allow[connection.vendor])
    submit(attempt)
    assert Enrolment.objects.get().completed_at == AT
    assert rows() == [1, 1, 1]
