"""What a driver who knows seals, or who does not, answers in the quiz: from the starter content itself."""

import yaml
from django.conf import settings
from playwright.sync_api import expect

STARTER = settings.BASE_DIR / "content" / "starter" / "en"
BANK = yaml.safe_load((STARTER / "banks" / "seal-security.yaml").read_text())["questions"]
LESSONS = [
    yaml.safe_load(path.read_text().split("---\n")[1])["title"]
    for path in sorted((STARTER / "courses" / "seal-security").glob("*.md"))
]


def _options(question):
    if question["kind"] == "true_false":
        truth = question["answer"]
        return {"True": truth, "False": not truth}
    return {option["text"]: option["right"] for option in question["options"]}


def reason(question):
    """A reason that the page gives to somebody who was wrong: that of a right answer."""
    if question["kind"] == "true_false":
        return question["reasons"][question["answer"]]
    return next(option["reason"] for option in question["options"] if option["right"])


def answer(page, *, right):
    """Answer the eight questions, all right or all wrong; returns what was asked."""
    asked = []
    for number in range(1, 9):
        expect(page.locator("legend")).to_contain_text(f"Question {number} of 8")
        text = page.locator("legend").inner_text()
        question = next(question for question in BANK if question["prompt"] in " ".join(text.split()))
        options = _options(question)
        wanted = [words for words, good in options.items() if good is right]
        if question["kind"] != "multiple_response" or not right:
            wanted = wanted[:1]
        for words in wanted:
            page.get_by_label(words, exact=True).check()
        if number in (1, 8):
            page.look()
        page.locator("form[action*=questions] .pager button").click()
        asked.append(question)
    return asked
