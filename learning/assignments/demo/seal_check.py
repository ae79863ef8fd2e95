"""A quiz of the company's own that nearly everybody took: enough answers for the figures of its questions to say much.

Some know their trade less well, by which questions tell people apart. One question is answered by all; in another,
those who know more fall for the same wrong answer, so that an editor has something to look into.
"""

import datetime
import json
import random

from content.upkeep import identity
from quizzes import actions as quiz_actions
from quizzes import blueprints
from quizzes.models import Question, QuestionVersion, Quiz

from .cast import EVERYBODY, workday
from .online import is_weak

TITLE = "Seal check: six questions for everybody"
# Days back between which everybody sat down.
BEGINS, ENDS = 34, 6
# {question: (how likely it is right for those who know, and for the others, place of the usual wrong answer)}
ASKED = {
    "seal-class": (1, 1, 0),
    "seal-fit-first": (0.95, 0.4, 1),
    "seal-swapped-digits": (0.96, 0.3, 0),
    "seal-customs-cuts": (0.4, 0.95, 1),
    "seal-spoiled": (0.94, 0.4, 0),
    "seal-queue": (0.97, 0.5, 0),
}
# How often somebody who errs gives that answer.
USUAL = 0.8


def happen(story):
    """Everybody who works here and has been for a while, each at a time of their own."""
    questions = {name: identity(f"question/{name}") for name in ASKED}
    rows = Question.objects.filter(locale__language_code="en", translation_key__in=questions.values())
    ids = {row.translation_key: row.pk for row in rows}
    draws = [{"type": "fixed", "value": {"question": ids[key], "must_pass": False}} for key in questions.values()]
    quiz = Quiz.objects.create(title=TITLE, draws=json.dumps(draws), minutes=5)
    blueprint = blueprints.of(quiz)
    newest = QuestionVersion.objects.newest().filter(question_key__in=questions.values())
    versions = {str(version.question_key): version for version in newest}
    asked = [(versions[str(key)], *ASKED[name]) for name, key in questions.items()]
    takers = [member for member in EVERYBODY if member.hired > BEGINS and not member.left and not member.slow]
    for at, _number, chance, member in sorted(_sit_down(story, member) for member in takers):
        _take(story, member, at, chance, quiz, blueprint, asked)


def _sit_down(story, member):
    chance = random.Random(f"{member.number} {TITLE}")
    day = workday(story.today, chance.randint(ENDS, BEGINS))
    at = story.morning(day, member.facility, chance.randint(8, 15), chance.randint(0, 59))
    return at, member.number, chance, member


def _take(story, member, at, chance, quiz, blueprint, asked):
    attempt = quiz_actions.start_attempt(
        person=story.people[member.number],
        quiz_key=quiz.translation_key,
        context="",
        blueprint=blueprint,
        language=member.language,
        at=at,
        attribution="password",
    )
    versions = {str(version.uuid): (version, *how) for version, *how in asked}
    for item, row in enumerate(attempt.drawn):
        version, strong, weak, usual = versions[row["version"]]
        at += datetime.timedelta(seconds=chance.randint(15, 70))
        # By person and question: the same in every demo, whatever the order in which they are asked.
        luck = random.Random(f"{member.number} {version.question_key}")
        right = luck.random() < (weak if is_weak(member.number) else strong)
        answer = version.key["right"] if right else [_wrong(version, usual, luck)]
        quiz_actions.save_answer(attempt=attempt, item=item, answer=answer, at=at)
    quiz_actions.submit_attempt(attempt=attempt, at=at + datetime.timedelta(seconds=20), attribution="password")


def _wrong(version, usual, luck):
    """The wrong answer that most give, or another of them."""
    options = [row["id"] for row in version.shown["en"]["options"]]
    others = [option for option in options if option not in version.key["right"]]
    return options[usual] if luck.random() < USUAL else luck.choice(others)
