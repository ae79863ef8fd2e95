"""People sit down with a course: those with a story as it says, the crew in rounds and after being hired."""

import datetime
import random

from courses import actions as course_actions
from learning.people.models import Person
from quizzes import actions as quiz_actions
from quizzes.kinds import KINDS
from quizzes.models import QuestionVersion

from .. import fillers, schedule
from ..models import Assignment
from .cast import BEGAN, CREW, EVERYBODY, Run, workday
from .programme import AFTER, FIRST_COURSE, ROUNDS

ASKED = 8
# How likely an answer is right; so many in a hundred know their trade less well, by which questions tell them apart.
STRONG, WEAK, IN_HUNDRED = 0.97, 0.66, 25


def events(story):
    """`(instant, what happens)`."""
    for member in EVERYBODY:
        for run in member.runs:
            # Differs from run to run, and is the same in every demo.
            chance = random.Random(f"{member.number} {run}")
            at = _sit_down(story, run.day(story.today), member, chance)
            yield at, lambda member=member, run=run, at=at, chance=chance: _take(story, member, run, at, chance)
    for member in CREW:
        if member.hired < BEGAN and not member.slow:
            yield _of_their_own(story, member, FIRST_COURSE, member.hired - AFTER)
        for each in ROUNDS:
            if not member.slow:
                chance = random.Random(f"{member.number} {each}")
                yield _of_their_own(story, member, each.course, chance.randint(each.ends, each.begins), each.facility)


def _sit_down(story, day, member, chance):
    return story.morning(day, member.facility, chance.randint(9, 14), chance.randint(0, 59))


def _of_their_own(story, member, course, ago, facility=None):
    chance = random.Random(f"{member.number} {course} {ago}")
    at = _sit_down(story, workday(story.today, ago), member, chance)
    return at, lambda: _take_what_is_owed(story, member, course, facility, at, chance)


def _take_what_is_owed(story, member, course, facility, at, chance):
    """Take the course if it is due soon; who works at another facility by then has another round."""
    person = story.people.get(member.number)
    soon = schedule.notice_ends(at.date())
    owed = Assignment.objects.open().filter(person=person, course_key=story.courses[course], due_on__lte=soon)
    here = {"person__positions_held__facility__code": facility, "person__positions_held__ends_on": None}
    if person and owed.filter(**here if facility else {}).exists():
        _take(story, member, Run(course, points=points_of(member.number, chance)), at, chance)


def is_weak(number):
    """Whether that person knows the trade less well; the same in every demo."""
    return random.Random(number).random() < IN_HUNDRED / 100


def points_of(number, chance):
    """How many answers are right, attempt by attempt: some people know their trade better than others."""
    knows = WEAK if is_weak(number) else STRONG
    points = sum(chance.random() < knows for _question in range(ASKED))
    return (points,) if points >= ASKED - 1 else (max(points, 3), ASKED - chance.randint(0, 1))


def _take(story, member, run, at, chance):
    """One person sits down with a course."""
    person, course_key = story.people[member.number], story.courses[run.course]
    if run.reopened:
        stuck = person.enrolments.running().get(course_key=course_key)
        enrolment = course_actions.reopen(enrolment=stuck, by=story.people["hr"], at=at)
    else:
        enrolment = course_actions.start_course(
            person=person,
            course_key=course_key,
            language=person.language,
            cause=fillers.enrolment_cause(person, course_key, at) or {},
            at=at,
        )
    steps = enrolment.edition.in_language(enrolment.language).steps
    lessons = [step for step in steps if step["kind"] == "lesson"]
    for lesson in lessons[: run.lessons]:
        course_actions.open_step(enrolment=enrolment, step_key=lesson["key"], at=at)
        at += datetime.timedelta(seconds=lesson["minutes"] * chance.randint(40, 70))
        course_actions.complete_lesson(enrolment=enrolment, step_key=lesson["key"], at=at, attribution="password")
    for points in run.points:
        at = _answer(enrolment, steps[-1]["key"], points, at, chance) + datetime.timedelta(minutes=20)
    # As signing in does: by it HR sees who has taken up an invitation.
    Person.objects.filter(pk=person.pk).update(last_login=at)


def _answer(enrolment, step_key, points, at, chance):
    """One attempt at the quiz with so many right answers. Returns when it was submitted."""
    attempt = course_actions.start_quiz(enrolment=enrolment, step_key=step_key, language=enrolment.language, at=at)
    names = [row["version"] for row in attempt.drawn]
    versions = {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}
    asked = [versions[name] for name in names]
    wrong = _hardest(asked, max(0, len(asked) - points), chance)
    for item, (row, version) in enumerate(zip(attempt.drawn, asked, strict=True)):
        at += datetime.timedelta(seconds=chance.randint(20, 75))
        right = KINDS[version.kind].solution(version.key["right"])
        answer = _wrong(version.kind, right, row.get("options"), chance) if item in wrong else right
        if answer:
            quiz_actions.save_answer(attempt=attempt, item=item, answer=answer, at=at)
    at += datetime.timedelta(seconds=30)
    quiz_actions.submit_attempt(attempt=attempt, at=at, attribution="password")
    return at


def _hardest(asked, number, chance):
    """Places of so many questions that went wrong: some are harder than others, for everybody."""
    hardness = [random.Random(str(version.question_key)).random() + chance.random() for version in asked]
    return set(sorted(range(len(asked)), key=hardness.__getitem__, reverse=True)[:number])


def _wrong(kind, right, options, chance):
    """Other options than the right ones; where there are none to choose from, the question stays empty."""
    if options is None:
        return None
    others = [option for option in options if option not in right]
    if kind == "multiple_response":
        return sorted([*right, chance.choice(others)])
    return [chance.choice(others)]
