"""What somebody who knows a course, or who does not, answers in its quiz: from the starter content itself."""

import re

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

STARTER = settings.BASE_DIR / "content" / "starter"


class Course:
    """A course of the starter content in one language: `title`, titles of its `lessons`, and the `bank` of its quiz."""

    def __init__(self, slug, language="en"):
        home = STARTER / language
        said = yaml.safe_load((home / "courses" / slug / "course.yaml").read_text())
        self.slug, self.language, self.title, self.quiz = slug, language, said["title"], said["quiz"]
        self.bank = yaml.safe_load((home / "banks" / f"{self.quiz['bank']}.yaml").read_text())["questions"]
        texts = sorted((home / "courses" / slug).glob("*.md"))
        self.lessons = [yaml.safe_load(path.read_text().split("---\n")[1])["title"] for path in texts]

    def answer(self, page, *, right):
        """Answer all questions of the quiz, all right or all wrong; returns what was asked."""
        asked, total = [], self.quiz["draw"]
        for number in range(1, total + 1):
            expect(page.locator(".question__no").first).to_have_text(re.compile(rf"\b{number}\D+{total}\b"))
            text = page.locator("legend").inner_text()
            question = next(question for question in self.bank if question["prompt"] in " ".join(text.split()))
            with translation.override(self.language):
                WAYS.get(question["kind"], _choose)(page, question, right)
            if number in (1, total):
                page.look()
            page.locator("form[action*=questions] .pager button").click()
            asked.append(question)
        return asked


def _options(question):
    if question["kind"] == "true_false":
        truth = question["answer"]
        return {gettext("True"): truth, gettext("False"): not truth}
    return {option["text"]: option["right"] for option in question["options"]}


def _choose(page, question, right):
    wanted = [words for words, good in _options(question).items() if good is right]
    if question["kind"] != "multiple_response" or not right:
        wanted = wanted[:1]
    for words in wanted:
        page.get_by_label(words, exact=True).check()


def _place(page, question, right):
    """Each thing into its own place, or each into another one."""
    if question["kind"] == "matching":
        places = {pair["text"]: pair["match"] for pair in question["pairs"]}
    else:
        places = {item["text"]: group["text"] for group in question["bins"] for item in group["items"]}
    for text, own in places.items():
        other = next(place for place in places.values() if place != own)
        page.get_by_label(text, exact=True).select_option(label=own if right else other)


def _fill(page, question, right):
    for number, blank in enumerate(question["blanks"], 1):
        wanted = next(word["text"] for word in blank["words"] if word["right"] is right)
        page.get_by_label(gettext("Gap %(number)s") % {"number": number}, exact=True).select_option(label=wanted)


def _order(page, question, right):
    """Each row up by its arrow until it stands in its place, or one row too far."""
    wanted = [item["text"] for item in question["items"]]
    rows = page.locator(".order li")
    texts = page.locator(".order li > span[id]")
    goal = wanted if right else [*wanted[1:], wanted[0]]
    for place, text in enumerate(goal):
        for here in range(texts.all_inner_texts().index(text), place, -1):
            rows.nth(here).get_by_role("button", name=gettext("Move up")).click()
            expect(texts.nth(here - 1)).to_have_text(text)


def _type(page, question, right):
    answer = question.get("value") if "value" in question else question["accepted"][0]
    page.locator("form[action*=questions] input.input").fill(str(answer) if right else "1")


def _find(page, question, right):
    """By name, as those do who cannot see the picture."""
    page.get_by_text(gettext("Choose from a list of names instead")).click()
    for place in question["spots" if right else "decoys"]:
        page.get_by_label(place["text"], exact=True).check()


def _tell(page, question, right):
    """The story to its end: on each screen the choice that leads to the most, or the one that earns least."""
    screens = {screen["name"]: screen for screen in question["screens"]}
    best = {"": 0}
    for screen in reversed(question["screens"]):
        best[screen["name"]] = max(way["points"] + best[way.get("to", "")] for way in screen["choices"])
    name = question["screens"][0]["name"]
    while name:
        ways = sorted(screens[name]["choices"], key=lambda way: way["points"] + best[way.get("to", "")])
        way = ways[-1 if right else 0]
        page.get_by_role("button", name=way["text"], exact=True).click()
        expect(page.locator("form[action*=questions]")).to_contain_text(way["consequence"])
        name = way.get("to")


WAYS = {
    "hotspot": _find,
    "scenario": _tell,
    "matching": _place,
    "categorise": _place,
    "blanks": _fill,
    "ordering": _order,
    "number": _type,
    "short_text": _type,
}


def reason(question):
    """A reason that the page gives to somebody who was wrong: that of a right answer."""
    if question["kind"] == "true_false":
        return question["reasons"][question["answer"]]
    if "options" in question:
        return next(option["reason"] for option in question["options"] if option["right"])
    if question["kind"] == "scenario":
        return question["debrief"]
    parts = next((question[name] for name in ("pairs", "items", "blanks", "bins", "spots") if name in question), None)
    if question["kind"] == "categorise":
        parts = parts[0]["items"]
    return parts[0]["reason"] if parts else question["reason"]
