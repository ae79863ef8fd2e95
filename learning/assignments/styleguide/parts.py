"""The parts of pages, as plain data for the templates that show them. People, courses and dates are invented."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from courses.models import Feedback
from learning.people import codes, qr
from learning.people.models import Person
from quizzes.models import Attempt

from .. import schedule, wording

TODAY = datetime.date(2026, 11, 24)
COURSE = {
    "title": "Seal security",
    "url": "#main",
    "area": 6,
    "summary": "Fit, check and record a seal.",
    "minutes": 36,
    "minutes_words": "36 minutes",
    "size": "6 lessons and a quiz",
}
COURSE |= {"steps_total": 7, "language": "en", "steps_done": 3, "minutes_left": 18}
STEPS = [
    ("done", "What a seal does"),
    ("done", "Custody: who may touch a seal"),
    ("now", "View, verify, tug, twist"),
    ("open", "Broken on the way"),
    ("locked", "Quiz: seals"),
]
LAMPS = [("Surface", "surface"), ("Page", "page"), ("Sunk", "sunk"), ("Wall", "navy"), ("Header", "navy-deep")]
LAMPS += [("Chosen", "pick"), ("Due", "due"), ("Due, wash", "due-wash"), ("Overdue", "late")]
LAMPS += [("Overdue, wash", "late-wash"), ("Done", "done"), ("Done, wash", "done-wash")]


class Form(forms.Form):
    number = forms.CharField(label="Staff number", help_text="On your badge, under your photo.", max_length=20)
    day = forms.DateField(label="Date of the session")
    facility = forms.ChoiceField(label="Facility", choices=[("", "Choose"), ("o", "Otay Mesa yard")])
    shown = forms.CharField(label="What was shown", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


def shown():
    return {
        "lamps": LAMPS,
        "standings": [
            {"standing": schedule.standing(day, TODAY), "words": wording.tag(day, TODAY)} for day in _days(-4, 0, 7, 52)
        ],
        "tasks": _tasks(),
        "arms": ["late", "due", "clear"],
        "tallies": [["open"] * 7, ["done", "done", "done", "now", "open", "open", "open"], ["done"] * 7],
        "steps": [_step(number, *step) for number, step in enumerate(STEPS, 1)],
        "course": COURSE,
        "forms": [Form(auto_id="empty_%s"), Form({"number": "x" * 21, "day": "2026-11-31"}, auto_id="wrong_%s")],
        "clock": {"deadline": datetime.datetime.combine(TODAY, datetime.time(10, 42)), "left": 760, "grace": 0},
        "attempts": [_attempt("87.5", 7), _attempt("62.5", 5)],
        "notes": [Message(getattr(constants, level), words) for level, words in _said()],
        "worths": [{"status": status, "expires_on": "24 November 2026"} for status in _statuses()],
        "crew": [_member(*row) for row in _crew()],
        "certificate": _certificate(),
        "page": Paginator(range(1000), 25).page(2),
        "done": _done(),
        "hits": [{"kind": "Course", "title": COURSE["title"], "summary": COURSE["summary"], "url": "#main"}],
        "useful": Feedback.Useful.choices,
    }


def _days(*numbers):
    return [TODAY + datetime.timedelta(days=number) for number in numbers]


def _tasks():
    rows = []
    for day, started in zip(_days(-4, 7, 52), (False, True, False), strict=True):
        standing = schedule.standing(day, TODAY)
        rows.append({"course": COURSE, "standing": standing, "tag": wording.tag(day, TODAY), "started": started})
        rows[-1] |= {"by": wording.by(day, TODAY), "action_url": "#main", "start_url": "" if started else "#main"}
        rows[-1]["tally"] = ["done", "done", "done", "now", "open", "open", "open"]
    return rows


def _step(number, state, title):
    quiz = {"kind": "quiz", "questions": 8, "pass_mark": 80} if state == "locked" else {"kind": "lesson"}
    opens = {"opens_after": number - 1} if state == "locked" else {"url": "#main"}
    return quiz | opens | {"title": title, "state": state, "minutes": 5, "completed_on": _days(-6)[0]}


def _attempt(score, points):
    right = Attempt(score=Decimal(score), max_points=8, blueprint={"pass_mark": 80}, state=Attempt.State.GRADED)
    return {"attempt": right, "points": points}


def _said():
    return [
        ("INFO", "Steps open in order. This one opens after the one before it."),
        ("SUCCESS", "Thank you. It goes to those who write this course."),
        ("ERROR", "Nothing was imported. Row 14, column “hired”: 2026-02-30 is not a date."),
    ]


def _statuses():
    return ["expired", "superseded", "withdrawn"]


def _crew():
    return [("late", "1 overdue"), ("due", "Due 1 Dec"), ("done", "Clear"), ("excused", "Not classified")]


def _member(standing, words):
    person = Person(first_name="Rosa", last_name="Medina", number="4711")
    person.holds = [SimpleNamespace(position="Guard", facility="Otay Mesa yard")]
    courses = [{"title": COURSE["title"], "words": words}] if standing in ("late", "due") else []
    return {"person": person, "standing": standing, "words": words, "courses": courses, "more": 0}


def _certificate():
    code = "7K3MQ9TRW2HXD5JB8NPV4CYA"
    return {
        "name": "Daniel Olmos",
        "company": "Corvina Freight",
        "course": COURSE["title"],
        "area": 6,
        "topics": "seals; seal log",
        "criteria": "6.1, 6.2",
        "language": "en",
        "language_name": "English",
        "completed_on": "24 November 2026",
        "expires_on": "24 November 2027",
        "score": Decimal("87.5"),
        "pass_mark": 80,
        "position": "Driver",
        "facility": "Otay Mesa yard",
        "edition": 3,
        "edition_hash": "9b1d 4c0e",
        "record": "5f2c81aa",
        "code": codes.spoken(code),
        "form_address": "academy.example/verify",
        "qr": qr.drawing(f"https://academy.example/verify/{code}/"),
    }


def _done():
    ends = [("valid", _days(300)[0]), ("expired", _days(-3)[0]), ("superseded", _days(300)[0]), ("withdrawn", None)]
    row = {
        "title": COURSE["title"],
        "completed_on": _days(-65)[0],
        "score": Decimal("87.5"),
        "certificate_url": "#main",
        "pdf_url": "#main",
    }
    return [row | {"status": status, "expires_on": day} for status, day in ends]
