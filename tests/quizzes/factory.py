"""Banks, questions and quizzes as editors would leave them, and attempts at them."""

import datetime
import uuid

from django.contrib.auth import get_user_model
from wagtail.models import Locale

from quizzes import actions, blueprints
from quizzes.kinds import KINDS
from quizzes.marking import waiting
from quizzes.models import Bank, Question, QuestionVersion, Quiz

from . import answers

AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)


def minutes(number):
    return datetime.timedelta(minutes=number)


def person(number="1", first_name="Daniel", **fields):
    return get_user_model().objects.create_user(number=number, first_name=first_name, **fields)


def bank(title="Seals"):
    return Bank.objects.get_or_create(title=title)[0]


def _locale(language):
    return Locale.objects.get_or_create(language_code=language)[0]


def options(*texts, right=(0,), reasons=()):
    """Rows of a list of answers; those at the places in `right` are right. Ids are the same for the same texts."""
    return [
        {
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, text)),
            "type": "item",
            "value": {
                "text": text,
                "right": place in right,
                "reason": reasons[place] if reasons else f"Reason of {text}",
            },
        }
        for place, text in enumerate(texts)
    ]


def question(
    prompt="Which seal goes on?", kind="single_choice", answer=None, where=None, live=True, language="en", **fields
):
    """A question; `answer` is the value of its block, two options by default."""
    if answer is None:
        answer = {"options": options("The bolt marked H", "The strap marked I")}
    return Question.objects.create(
        bank=where or bank(),
        prompt=prompt,
        answer=[{"type": kind, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, prompt)), "value": answer}],
        live=live,
        locale=_locale(language),
        **fields,
    )


def true_false(prompt="A seal is used once.", right="true", **fields):
    answer = {"answer": right, "reason_true": "It is destroyed to open.", "reason_false": "It cannot be closed again."}
    return question(prompt, "true_false", answer, **fields)


def released(made, at=AT):
    """The version of a question that counts now."""
    return actions.release_question(question_key=made.translation_key, at=at)


def questions(number, where=None):
    """So many released questions of two options in a bank; returns their versions."""
    return [released(question(f"Question {place}?", where=where)) for place in range(number)]


def quiz(title="Seal security quiz", where=None, count=2, **fields):
    """A quiz of one draw; what is said about shuffling counts for questions and answers."""
    draws = [{"type": "draw", "value": {"bank": (where or bank()).pk, "count": count}}]
    fields.setdefault("shuffle_answers", fields.get("shuffle", True))
    return Quiz.objects.create(title=title, draws=draws, locale=_locale("en"), **fields)


def begin(who, made=None, context="run", at=AT, **rules):
    """The attempt of a person at a quiz, by the blueprint that an edition would hold now."""
    made = made or quiz()
    return actions.start_attempt(
        person=who,
        quiz_key=made.translation_key,
        context=context,
        blueprint=blueprints.of(made) | rules,
        language="en",
        at=at,
    )


def right_answers(attempt):
    """`{item: answer}` that gets every point."""
    keys = {
        str(version.uuid): version.key["right"]
        for version in QuestionVersion.objects.filter(uuid__in=[row["version"] for row in attempt.drawn])
    }
    return {item: keys[row["version"]] for item, row in enumerate(attempt.drawn)}


def answer(attempt, right, at=AT):
    """Answer every question; the first `right` of them rightly, the others with every wrong option."""
    for item, key in right_answers(attempt).items():
        given = key if item < right else [option for option in attempt.drawn[item]["options"] if option not in key]
        actions.save_answer(attempt=attempt, item=item, answer=given, at=at)


def mark_fully(attempt, at=AT, by=None):
    """Give every point to whatever a person must mark; harmless where there is nothing."""
    attempt.refresh_from_db()
    by = by or get_user_model().objects.get_or_create(number="marker", first_name="Mara")[0]
    for item in waiting.items(attempt, actions.answers(attempt)):
        version = QuestionVersion.objects.get(uuid=attempt.drawn[item]["version"])
        parts = KINDS[version.kind].all_points(version.key["right"])
        actions.mark_by_hand(attempt=attempt, item=item, parts=parts, note="", by=by, at=at)


def essay(who, at=AT):
    """An attempt of one long answer, handed in: it waits to be marked."""
    where = bank("Essays")
    if not QuestionVersion.objects.filter(bank=where).exists():
        released(question("What do you do?", "long_answer", answers.RAW["long_answer"](), where=where))
    attempt = begin(who, quiz("Essay", where, count=1), at=at)
    actions.save_answer(attempt=attempt, item=0, answer="I compare the numbers.", at=at)
    return actions.submit_attempt(attempt=attempt, at=at, attribution="password")


def skill_quiz():
    """A quiz of one skill that somebody must watch."""
    where = bank("Skills")
    if not QuestionVersion.objects.filter(bank=where).exists():
        released(question("Fit a bolt seal.", "observed_skill", answers.RAW["observed_skill"](), where=where))
    return quiz("Seals by hand", where, count=1)


def skill(who, at=AT):
    return begin(who, skill_quiz(), at=at)


def take(who, right, made=None, context="run", at=AT, **rules):
    """A whole attempt with so many right answers, handed in."""
    attempt = begin(who, made, context, at, **rules)
    answer(attempt, right, at)
    return actions.submit_attempt(attempt=attempt, at=at, attribution="password")
