"""Every block of lessons and guides in its states, and the rules by which a lesson is done."""

from content import blanks
from content.blocks import GUIDE
from courses import checks, lesson
from courses.blocks import LESSON
from courses.completion import HowFar
from courses.models import BlockProgress

from . import examples, questions

PICTURES = {"picture": examples.NUMBERED, "drawing": examples.PLAIN}
FILES = {"video": "mp4", "sound": "mp3", "captions": "vtt", "document": "pdf"}
RULES = [
    ("seen", HowFar("seen", 0, 0)),
    ("time, just opened", HowFar("time", 0, 120)),
    ("time, on the way", HowFar("time", 75, 120)),
    ("time, done", HowFar("time", 120, 120)),
    ("watched, on the way", HowFar("watched", 20, 63)),
    ("answered, on the way", HowFar("answered", 1, 2)),
]
FILLED = {"with the company's own words": {"dispatch phone": "+1 619 555 0144"}}
FALLBACK = {"dispatch phone": "the number on your badge"}


def shown():
    """`[{"label", "states": [{"name", "row"}]}]`, as `content/blocks/<type>.html` take them."""
    labels = {name: block.label for name, block in [*LESSON, *GUIDE]}
    return [
        {"label": labels[one["type"]], "states": [_state(one["type"], *state) for state in one["states"].items()]}
        for one in examples.read("blocks")
    ]


def rules():
    return [
        {"id": f"rule-{number}", "name": name, "rule": lesson.rule(now)} for number, (name, now) in enumerate(RULES)
    ]


def _state(kind, name, value):
    number = f"{kind}-{name.replace(' ', '-').replace(',', '')}"
    row = {"id": number, "anchor": f"p-{number}", "type": kind, "value": _with_files(value)}
    row = blanks.filled(row, FILLED.get(name, FALLBACK))
    return {"name": name, "row": row | _check(number, value) if kind == "check" else row}


def _with_files(value):
    """The value with files in the place of their names."""
    if isinstance(value, dict):
        return {key: _with_files(part) for key, part in value.items()}
    if isinstance(value, str):
        return _file(value)
    return [_with_files(part) for part in value] if isinstance(value, list) else value


def _file(name):
    if name in PICTURES:
        return examples.picture(PICTURES[name])
    return examples.file(FILES[name]) if name in FILES else name


def _check(number, value):
    row = BlockProgress(answer=value["answer"], answered_at=questions.AT) if "answer" in value else None
    version = questions.version(examples.read("questions")[0])
    question = checks.question(version, row, number, f"check-{number}", "en")
    return {"question": question, "check_url": "#main", "ended": value.get("ended", False)}
