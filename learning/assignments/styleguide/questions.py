"""Every kind of question in every state, made by the code that makes it in a quiz, from rows that are never saved."""

import datetime
import itertools
from decimal import Decimal

from django.templatetags.static import static

from learning.people.models import Person
from quizzes import pages, told
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Mark, QuestionVersion

from . import examples

AT = datetime.datetime(2026, 11, 24, 15, 42, tzinfo=datetime.UTC)
MARKED, SIGNED = "marked", "signed"
# (what stands above it, the name of the answer in the file)
ASKED = [("open", None), ("answered", "given")]
TOLD = [("right", "right"), ("not right", "wrong"), ("partly right", "partly"), ("left open", "none")]
# What a person marks has no right answer of its own.
BY_HAND = {"long_answer": [("waits for a mark", "given"), (MARKED, None)], "observed_skill": [(SIGNED, None)]}


def shown():
    """`[{"label", "states": [{"name", "question"}]}]`, as `quizzes/asked.html` takes them."""
    rows = examples.read("questions")
    total = sum(len(_states(row)) for row in rows)
    numbers = itertools.count()
    return [
        {
            "label": KINDS[row["kind"]].label,
            "states": [
                {"name": name, "question": _question(row, name, answer, next(numbers), total)}
                for name, answer in _states(row)
            ],
        }
        for row in rows
    ]


def version(row):
    text = row["shown"] | {"prompt": row["prompt"]}
    key = {"right": row["key"], "reasons": {"en": row["reasons"]}, "explanation": {"en": ""}}
    return QuestionVersion(kind=row["kind"], shown={"en": text}, key=key)


def _states(row):
    """Pairs of name and answer."""
    given = row.get("given", row.get("wrong"))
    answers = row | {"given": given, "none": None}
    if row["kind"] in BY_HAND:
        return [("open", None), *((name, answers.get(key)) for name, key in BY_HAND[row["kind"]])]
    return [(name, answers.get(key)) for name, key in [*ASKED, *TOLD] if key is None or key in answers]


def _question(row, name, answer, item, total):
    attempt = Attempt(
        blueprint={"layout": "all", "feedback": "each" if row.get("checks") else "all"},
        drawn={item: row["arranged"]},
        max_points=total,
    )
    if name in (MARKED, SIGNED, *(word for word, _key in TOLD)):
        mark = _mark(row) if name in (MARKED, SIGNED) else None
        answer = row.get("wrong") if mark else answer
        about = told.question(attempt, item, version(row), answer, "en", mark)
        return {"number": item + 1, "total": total, "told": _with_picture(about)}
    return _with_picture(pages.question(attempt, item, version(row), answer, "en"))


def _mark(row):
    kind = KINDS[row["kind"]]
    return Mark(
        credit=Decimal(kind.credit_for(row["marks"], row["key"])),
        parts=row["marks"],
        marked_by=Person(first_name="Marta", last_name="Reyes"),
        marked_at=AT,
        note="Well seen. Call earlier next time." if kind.name == "long_answer" else "",
    )


def _with_picture(question):
    """Pictures of questions lie among the media of a company; this one belongs to the programme."""
    if "picture" in question:
        question["picture"] |= {"url": static(examples.PLAIN)}
    return question
