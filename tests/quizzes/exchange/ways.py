"""Files as a reader sees them, and what it finds."""

import uuid
from pathlib import Path

from quizzes.exchange import checking, reading

SAMPLES = Path(__file__).parent / "samples"


def found(text, name="questions.gift", language="en"):
    """The questions in a text or in bytes, checked."""
    data = text if isinstance(text, bytes) else text.encode()
    _form, read = reading.read(data, name, language)
    for question in read.found:
        checking.check(question, uuid.uuid4())
    return read.found


def one(text, name="questions.gift"):
    (question,) = found(text, name)
    return question


def xml(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'


def of_xml(inner, kind):
    """The one question of that type of Moodle with those elements."""
    text = f'<question type="{kind}"><name><text>N</text></name>{inner}</question>'
    return one(xml(text), "questions.xml")


def sample(name):
    return found((SAMPLES / name).read_bytes(), name)


def options(question):
    """Answers as (text, right, reason)."""
    return [(row["text"], row["right"], row["reason"]) for row in question.value["options"]]
