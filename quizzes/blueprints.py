"""A quiz as plain data: its rules, and the pools of question versions that it draws from.

`{"title", "intro", "minutes", "pass_mark", "attempts_allowed", "shuffle", "pass_message", "fail_message",
"draws": [{"bank": uuid, "count": int, "pool": [version uuid]}]}`, uuids as strings.
"""

from .models import QuestionVersion

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


def of(quiz):
    """The blueprint of a quiz as it stands now, over the newest released versions of the questions in its banks."""
    from_bank = QuestionVersion.objects.newest_in_banks([draw.value["bank"].pk for draw in quiz.draws])
    return {name: getattr(quiz, name) for name in RULES} | {
        "draws": [
            {
                "bank": str(draw.value["bank"].uuid),
                "count": draw.value["count"],
                "pool": sorted(str(uuid) for uuid in from_bank.get(draw.value["bank"].pk, [])),
            }
            for draw in quiz.draws
        ]
    }


def rules(blueprint):
    """What an attempt keeps of it: without the pools, of which it keeps what was drawn."""
    return {name: blueprint[name] for name in RULES}
