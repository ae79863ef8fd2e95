"""Courses as editors would leave them, released, and people on their way through them."""

import json
import uuid

from wagtail.models import Page, Site

from content.models import CriteriaArea, Criterion, HomePage, Objective
from courses import actions
from courses.models import CourseIndexPage, CoursePage, Edition, LessonPage, QuizStepPage
from quizzes.actions import submit_attempt
from tests.quizzes import factory as quizzes
from tests.quizzes.factory import AT, minutes, person  # noqa: F401


def home():
    """The home page of the site, under the root that Wagtail's migrations make."""
    found = HomePage.objects.first()
    if not found:
        found = Page.objects.get(depth=1).add_child(instance=HomePage(title="Gatehouse", slug="gatehouse"))
        site = Site.objects.get()
        site.root_page = found
        site.save()
    return found


def index():
    found = CourseIndexPage.objects.first()
    return found or home().add_child(instance=CourseIndexPage(title="Courses", slug="courses"))


def area(number=6, title="Seal security"):
    focus = CriteriaArea.FocusArea.TRANSPORTATION
    return CriteriaArea.objects.get_or_create(number=number, defaults={"title": title, "focus_area": focus})[0]


def criterion(number="6.1"):
    place = int(float(number) * 100)
    says = {"area": area(), "level": "must", "summary": f"Summary of {number}", "position": place}
    return Criterion.objects.get_or_create(number=number, defaults=says)[0]


def objective(code="fit", text="Fit a seal.", number="6.1"):
    return Objective.objects.get_or_create(code=code, defaults={"text": text, "criterion": criterion(number)})[0]


def paragraph(text):
    return {"type": "text", "id": str(uuid.uuid5(uuid.NAMESPACE_URL, text)), "value": f"<p>{text}</p>"}


def course(title="Seal security", lessons=("One", "Two"), quiz=True, pool=3, **fields):
    """A course page with lessons and a quiz of two questions; nothing of it is released."""
    slug = title.lower().replace(" ", "-")
    page = CoursePage(
        title=title,
        slug=slug,
        area=area(),
        summary=f"What {title} is good for.",
        about="About it.",
        takers="Drivers.",
        topics="seals\nlogs",
        **fields,
    )
    page.criteria = [criterion()]
    page.objectives = [objective()]
    index().add_child(instance=page)
    for name in lessons:
        lesson(page, name)
    if quiz:
        where = quizzes.bank(f"{title} bank")
        for place in range(pool):
            quizzes.released(quizzes.question(f"{title} question {place}?", where=where))
        quiz_step(page, quizzes.quiz(f"{title} quiz", where, pass_mark=100, attempts_allowed=2))
    return CoursePage.objects.get(pk=page.pk)


def lesson(page, name, **fields):
    body = json.dumps([paragraph(f"Text of {name}.")])
    return page.add_child(instance=LessonPage(title=name, slug=name.lower().replace(" ", "-"), body=body, **fields))


def quiz_step(page, quiz, title="Quiz", slug="quiz"):
    return page.add_child(instance=QuizStepPage(title=title, slug=slug, quiz=quiz))


def release(page, at=AT, kind=Edition.Kind.MATERIAL, note="First", by=None):
    return actions.release(course_page=CoursePage.objects.get(pk=page.pk), by=by, at=at, kind=kind, note=note)


def released_course(title="Seal security", **fields):
    """A course that learners can take; returns its edition."""
    return release(course(title, **fields))


def start(who, edition, at=AT, cause=None, language="en"):
    return actions.start_course(person=who, course_key=edition.course_key, language=language, cause=cause or {}, at=at)


def steps(edition):
    return edition.in_language("en").steps


def read_lessons(run, at=AT):
    """Complete every lesson that comes before the next quiz."""
    for step in steps(run.edition):
        if step["kind"] != "lesson":
            return
        actions.complete_lesson(enrolment=run, step_key=step["key"], at=at, attribution="password")


def begin_quiz(run, at=AT):
    step = next(step for step in steps(run.edition) if step["kind"] == "quiz")
    return actions.start_quiz(enrolment=run, step_key=step["key"], language="en", at=at)


def take_quiz(run, right, at=AT):
    """A whole attempt at the quiz with so many right answers."""
    attempt = begin_quiz(run, at)
    quizzes.answer(attempt, right, at)
    return submit_attempt(attempt=attempt, at=at, attribution="password")


def finish(who, edition, at=AT, cause=None):
    """A run from the first lesson to the passed quiz."""
    run = start(who, edition, at, cause)
    read_lessons(run, at)
    take_quiz(run, 2, at)
    run.refresh_from_db()
    return run


def block(who, edition, at=AT):
    """A run in which every attempt was failed."""
    run = start(who, edition, at)
    read_lessons(run, at)
    for _attempt in range(2):
        take_quiz(run, 0, at)
    return run
