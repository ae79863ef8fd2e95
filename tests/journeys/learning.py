"""A small course on a running site: two lessons, the second with a question to check oneself, and a quiz of two.

`made` runs there, the rest in the test. In the quiz the right answer is always the same.
"""

import re

from playwright.sync_api import expect

TITLE = "A small course"
COURSE = "/courses/a-small-course/"
RIGHT, WRONG = "The bolt marked H", "The strap marked I"


def bring(site):
    site.manage("shell", "--no-imports", "-c", "from tests.journeys.learning import made; made()")


def made():
    import json
    import uuid

    from django.utils import timezone

    from content.models import CriteriaArea, Criterion, Objective
    from courses import actions
    from courses.models import CoursePage, Edition
    from tests.courses import factory
    from tests.quizzes import factory as quizzes

    if CoursePage.objects.filter(title=TITLE).exists():
        return
    english = {"locale__language_code": "en"}
    page = CoursePage(title=TITLE, slug="a-small-course", summary="Try it.", about="For trying.", topics="trying")
    page.area = CriteriaArea.objects.get(number=6, **english)
    page.criteria = [Criterion.objects.get(number="6.1", **english)]
    page.objectives = Objective.objects.filter(criterion__number="6.1", **english)[:1]
    factory.index().add_child(instance=page)
    factory.lesson(page, "First look")
    where = quizzes.bank("Of the small course")
    asked = [quizzes.question(f"Which seal goes on door {number}?", where=where) for number in (1, 2)]
    for question in asked:
        quizzes.released(question)
    check = {"type": "check", "id": str(uuid.uuid4()), "value": {"question": asked[0].pk}}
    lesson = factory.lesson(page, "Second look", completion="answered")
    lesson.body = json.dumps([factory.paragraph("Look again."), check])
    lesson.save_revision().publish()
    factory.quiz_step(page, quizzes.quiz("Small quiz", where, pass_mark=100, attempts_allowed=5))
    kind = Edition.Kind.MATERIAL
    actions.release(course_page=CoursePage.objects.get(pk=page.pk), by=None, at=timezone.now(), kind=kind, note="First")


def start(page):
    page.goto(COURSE)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("button", name=re.compile("^(Start|Take it again)")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("First look")


def to_the_quiz(page):
    """Through both lessons, to the page before the quiz."""
    page.get_by_role("button", name="Done, next: Second look").click()
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".self-check")).to_contain_text("Right")
    page.get_by_role("button", name="Done, next: Quiz").click()
    expect(page.get_by_role("button", name="Begin the quiz")).to_be_visible()


def to_the_certificate(page):
    """From the page on which all answers are saved."""
    expect(page.get_by_role("heading", level=1)).to_have_text("All 2 answers are saved")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You passed")
    page.get_by_role("link", name="See what you have earned").click()
    page.get_by_role("link", name="See the certificate").click()
    expect(page.get_by_role("article", name="Certificate of training")).to_contain_text(TITLE)
