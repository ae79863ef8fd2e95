"""What stands on desks today: corrections, work to mark and to watch, what learners wrote."""

import datetime
import json

from content.models import GuidePage
from content.upkeep import identity
from courses import actions as course_actions
from courses.models import Enrolment, ReviewPoint
from learning.records.correcting import actions as correcting
from learning.records.models import CorrectionRequest, TrainingRecord
from quizzes import actions as quiz_actions
from quizzes import blueprints
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionVersion, Quiz

from . import classroom, own_words, papers, seal_check
from .programme import LAST_WAVE, WAVES

Kind = CorrectionRequest.Kind
# What somebody wrote about the first lesson of a course that they had finished: (number, course, kind, text).
FEEDBACK = [
    ("office", "seal-security", "unclear", "Who writes the second number into the log when customs cuts our seal?"),
    ("2231", "seal-security", "wrong", "The picture shows a cable seal where the text says bolt."),
    ("4031", "seal-security", "unclear", "¿Y si la bitácora está en la otra oficina?"),
]
PRACTICE, PRACTISED = "At the door: a seal fitted, a report written", ("seal-skill-fit", "proc-long-incident")
REPORT = (
    "17:40, dock 3, trailer 5512. The number on the seal is not the one on the papers. Ana and Luis loaded at 14:00, "
    "the trailer stood in the yard from 15:00 to 17:00. Held, nothing opened, supervisor called at 17:45. We do not "
    "know who was at the trailer, nor when the seal was changed. Camera 4 shows that row."
)
PROPOSED = "planning-a-drill", "A plan for one exercise, with our four drill days of the year and the note at the end."
HOUR = datetime.timedelta(hours=1)
# One for the supervisor to watch, one signed already, one that HR is to mark.
WATCHED, SIGNED, TOLD = "2402", "2408", "2105"


def happen(story, at):
    """All of it, as of that instant."""
    classroom.announce(story, at)
    own_words.happen(story, at)
    _correct(story, at)
    _speak(story, at)
    _review(story, at)
    _propose(story)
    _practise(story, at)
    seal_check.happen(story)
    papers.happen(story, at)


def _correct(story, at):
    """One correction was approved, one declined, and one waits."""
    hr, admin = story.people["hr"], story.people["admin"]
    ago = datetime.timedelta
    for number, kind, reason, decision in (
        ("2105", Kind.WRONG_DATE, "The sheet says the day before.", "approve"),
        ("2124", Kind.WITHDRAWN_PASS, "Somebody else answered for her, I was told.", "decline"),
        ("4101", Kind.DUPLICATE, "He signed the sheet of both groups.", None),
    ):
        record = TrainingRecord.objects.filter(person=story.people[number]).order_by("-completed_at").first()
        day = record.completed_at.date() - ago(days=1) if kind == Kind.WRONG_DATE else None
        request = correcting.request_correction(
            record=record, kind=kind, reason=reason, by=hr, at=at - ago(days=3), completed_on=day
        )
        if decision == "approve":
            correcting.approve(request=request, by=admin, at=at - ago(days=2))
        elif decision == "decline":
            said = "Nobody saw it. The supervisor was there and knows her."
            correcting.decline(request=request, by=admin, at=at - ago(days=2), comment=said)


def _speak(story, at):
    """What learners say about courses."""
    for number, course, kind, text in FEEDBACK:
        run = _finished(story, course).filter(person=story.people[number]).first()
        first = run.edition.in_language(run.language).steps[0]["key"]
        course_actions.tell_unclear_or_wrong(
            enrolment=run, step_key=first, kind=kind, text=text, language=run.language, at=run.completed_at
        )
    for place, run in enumerate(_finished(story, "security-awareness")[:12]):
        course_actions.rate(enrolment=run, useful=3 - place % 3 // 2, language=run.language, at=run.completed_at)


def _finished(story, course):
    runs = Enrolment.objects.completed().filter(course_key=story.courses[course])
    return runs.select_related("edition").order_by("-completed_at", "-pk")


def _review(story, at):
    """The company held what its courses say against its own rules, course by course, before it required them."""
    for ago, courses in WAVES.items():
        keys = [story.courses[course] for course in courses]
        for point in ReviewPoint.objects.filter(course_key__in=keys) if ago != LAST_WAVE else []:
            when = story.morning(story.day(ago), "ELP")
            course_actions.tick(point=point, by=story.people["compliance"], at=when)


def _propose(story):
    """An editor changed a guide and waits for somebody to look at it."""
    slug, summary = PROPOSED
    live = GuidePage.objects.get(slug=slug, locale__language_code="en")
    guide, editor = live.get_latest_revision_as_object(), story.people["editor"]
    guide.summary = summary
    guide.save_revision(user=editor)
    guide.get_workflow().start(guide, editor)


def _practise(story, at):
    """A quiz of the company's own, in which a person watches one thing and reads another."""
    english = Question.objects.filter(locale__language_code="en")
    skill, report = (english.get(translation_key=identity(f"question/{name}")) for name in PRACTISED)
    draws = [{"type": "fixed", "value": {"question": question.pk, "must_pass": False}} for question in (skill, report)]
    quiz = Quiz.objects.create(title=PRACTICE, draws=json.dumps(draws), shuffle=False, minutes=20)
    for number in (WATCHED, SIGNED, TOLD):
        attempt = quiz_actions.start_attempt(
            person=story.people[number],
            quiz_key=quiz.translation_key,
            context="",
            blueprint=blueprints.of(quiz),
            language="en",
            at=at - HOUR,
        )
        if number == WATCHED:
            continue
        quiz_actions.mark_by_hand(
            attempt=attempt, item=0, parts=_all_seen(skill), note="", by=story.people["supervisor"], at=at - HOUR / 2
        )
        if number == TOLD:
            quiz_actions.save_answer(attempt=attempt, item=1, answer=REPORT, at=at - HOUR / 3)
            quiz_actions.submit_attempt(attempt=attempt, at=at - HOUR / 4, attribution="password")


def _all_seen(question):
    """The whole checklist, ticked."""
    version = QuestionVersion.objects.newest().get(question_key=question.translation_key)
    return KINDS[version.kind].all_points(version.key["right"])
