"""A quiz as plain data: its rules, and the pools of question versions that it draws from.

`{"title", "intro", "minutes", "pass_mark", "attempts_allowed", "shuffle", "pass_message", "fail_message",
"draws": [{"bank": uuid, "count": int, "pool": [version uuid]}]}`, uuids as strings. A draw may also say
`"unseen_first": true` or `"must_pass": true`; a fixed question is a draw of one from a pool of one.

Rules of `LATER` stand in it only where they differ from what held before there were any, so that a quiz that says
nothing new is the same blueprint, and its course the same edition.
"""

from .kinds import BY_HAND
from .models import QuestionVersion, Quiz

RULES = (
    "title",
    "intro",
    "minutes",
    "pass_mark",
    "attempts_allowed",
    "shuffle",
    "pass_message",
    "fail_message",
)
# `minimums` is a list of {"objective": code, "percent": int}; `time_limit` in minutes, `grace` in seconds.
LATER = {
    "minimums": [],
    "wait_minutes": 0,
    "counts": Quiz.Counts.BEST.value,
    "time_limit": None,
    "grace": 30,
    "feedback": Quiz.Feedback.SUBMIT.value,
    "layout": Quiz.Layout.ONE.value,
    "last_fail_message": "",
}


def of(quiz):
    """The blueprint of a quiz as it stands now, over the newest released versions of the questions in its banks."""
    said = {name: getattr(quiz, name) for name in LATER if name != "minimums"} | {"minimums": _minimums(quiz)}
    blueprint = {name: getattr(quiz, name) for name in RULES}
    blueprint |= {name: value for name, value in said.items() if value != LATER[name]}
    if quiz.shuffle_answers != quiz.shuffle:
        blueprint["shuffle_answers"] = quiz.shuffle_answers
    return blueprint | {"draws": _draws(quiz)}


def rules(blueprint):
    """What an attempt keeps of it, complete: without the pools, of which it keeps what was drawn."""
    kept = LATER | {"shuffle_answers": blueprint["shuffle"]} | blueprint
    return {name: kept[name] for name in (*RULES, *LATER, "shuffle_answers")}


def _minimums(quiz):
    return [{"objective": row.value["objective"].code, "percent": row.value["percent"]} for row in quiz.minimums]


def _draws(quiz):
    newest = list(QuestionVersion.objects.newest().order_by("uuid").values("uuid", *POOL_FIELDS))
    found = []
    for row in quiz.draws:
        found += _fixed(row.value, newest) if row.block_type == "fixed" else _drawn(row.value, newest)
    return found


POOL_FIELDS = ("question_key", "bank", "kind", "objective")


def _fixed(value, newest):
    question = value["question"]
    row = {
        "bank": str(question.bank.uuid),
        "count": 1,
        "pool": [str(version["uuid"]) for version in newest if version["question_key"] == question.translation_key],
    }
    return [row | {"must_pass": True} if value["must_pass"] else row]


def _drawn(value, newest):
    """Some of one kind first, then the rest from all: two draws, of which the second skips what the first took.

    Where only what is graded by its key is drawn, a kind that a person marks comes in when it is named, not by chance.
    """
    banks, objective = value["bank"].with_below(), value["objective"]
    pool = [row for row in newest if row["bank"] in banks and (not objective or row["objective"] == objective.code)]
    rest = [row for row in pool if row["kind"] not in BY_HAND] if value["by_key_only"] else pool
    draws = [(value["count"] - (value["of_kind"] or 0), rest)]
    if value["kind"]:
        draws.insert(0, (value["of_kind"], [row for row in pool if row["kind"] == value["kind"]]))
    more = {"unseen_first": True} if value["unseen_first"] else {}
    return [
        {"bank": str(value["bank"].uuid), "count": count, "pool": sorted(str(row["uuid"]) for row in rows)} | more
        for count, rows in draws
        if count
    ]
