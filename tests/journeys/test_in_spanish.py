"""Whole courses in Spanish on a phone, to the certificate, and the other language in the middle of them."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browser as chromium

from . import starter

pytestmark = pytest.mark.long

# Of each text in the bar of a quiz, what is saved and the way out, how many lines it takes.
LINES = """() => [...document.querySelectorAll(".quizbar span span, .quizbar .back")].map((part) => {
  const range = document.createRange();
  range.selectNodeContents(part.lastChild);
  return range.getClientRects().length;
})"""


@pytest.fixture
def phone(site, new_context, axe):
    """The phone of a driver who reads Spanish; `look()` tells that axe finds nothing and nothing runs out sideways."""
    page = new_context(base_url=site.url, **chromium.PHONE | {"locale": "es-MX"}).new_page()

    def look():
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(LINES) in ([], [1, 1])

    page.look = look
    chromium.sign_in(page, site.url, "driver")
    return page


def title(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("slug", ["seal-security", "cybersecurity"])
def test_a_course_to_its_certificate(phone, slug):
    course = starter.Course(slug, "es")
    phone.goto(f"/es/courses/{slug}/")
    expect(title(phone)).to_have_text(course.title)
    phone.look()
    phone.get_by_role("button", name=re.compile("^(Empezar|Tomarlo otra vez)")).click()
    for lesson in course.lessons:
        expect(title(phone)).to_have_text(lesson)
        phone.look()
        phone.get_by_role("button", name=re.compile("^Listo")).click()
    phone.get_by_role("button", name="Empezar el cuestionario").click()
    course.answer(phone, right=True)
    phone.look()
    phone.get_by_role("button", name="Entregar").click()
    expect(title(phone)).to_have_text("Aprobaste, Daniel")
    phone.look()
    phone.get_by_role("link", name="Ver lo que obtuviste").click()
    phone.look()
    phone.get_by_role("link", name="Ver el certificado").click()
    expect(phone.locator("main")).to_contain_text("Certificado de capacitación")
    expect(phone.locator("main")).to_contain_text(course.title)
    phone.look()


def test_the_other_language_in_the_middle_of_a_lesson_and_of_a_quiz(phone):
    spanish, english = (starter.Course("seal-security", language) for language in ("es", "en"))
    phone.goto("/es/courses/seal-security/")
    phone.get_by_role("button", name=re.compile("^(Empezar|Tomarlo otra vez)")).click()
    phone.get_by_role("button", name=re.compile("^Listo")).click()
    expect(title(phone)).to_have_text(spanish.lessons[1])
    phone.get_by_role("button", name="English").click()
    expect(title(phone)).to_have_text(english.lessons[1])
    for lesson in english.lessons[2:]:
        phone.get_by_role("button", name=re.compile("^Done")).click()
        expect(title(phone)).to_have_text(lesson)
    phone.get_by_role("button", name=re.compile("^Done")).click()
    phone.get_by_role("button", name="Begin the quiz").click()
    asked = prompt(phone)
    place = [question["prompt"] for question in english.bank].index(asked)
    phone.get_by_role("button", name="Español").click()
    expect(phone.locator("legend")).to_contain_text(spanish.bank[place]["prompt"])
    # Not from the beginning, and not another draw.
    expect(phone.locator(".question__no")).to_have_text("Pregunta 1 de 8")
    phone.get_by_role("button", name="English").click()
    expect(phone.locator("legend")).to_contain_text(asked)


def prompt(page):
    number = page.locator(".question__no").inner_text()
    return " ".join(page.locator("legend").inner_text().replace(number, "", 1).split())
