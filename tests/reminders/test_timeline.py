"""What other rooms add to the timeline of an attempt: the course that it belongs to, and what was sent about it."""

import pytest

from quizzes import timeline
from quizzes.models import Attempt
from tests.courses import factory as courses
from tests.quizzes import factory as quizzes

from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db


def told(attempt):
    return [(event["at"], event["text"], event["detail"]) for event in timeline.events(attempt, {}, "en")]


def test_the_course_and_its_notices_stand_in_the_timeline():
    edition = courses.released_course()
    who = factory.hire("1")
    owed = factory.owe(who, TODAY + days(20), key=edition.course_key)
    factory.notice(owed, sent_at=AT - days(10))
    # One that was never sent, and one about another course.
    factory.notice(owed, stage="due_day")
    factory.notice(factory.owe(who, TODAY, title="Another"), sent_at=AT - days(1))
    courses.finish(who, edition)
    events = told(Attempt.objects.get())
    assert events[0] == (AT - days(10), "Notice sent: 30 days before", "")
    assert (AT, "Course finished", "Seal security") in events
    assert [text for _at, text, _detail in events if text.startswith("Notice")] == ["Notice sent: 30 days before"]


def test_an_attempt_of_nobody_s_course_has_its_own_events_alone():
    quizzes.questions(2)
    attempt = quizzes.take(factory.person("1"), 2)
    assert [text for _at, text, _detail in told(attempt)] == [
        "Began, without a time limit",
        "Question 1: answered",
        "Question 2: answered",
        "Handed in",
        "Marked: 2 of 2 points",
    ]
