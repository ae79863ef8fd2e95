"""A small company and a course whose completions go through the real actions."""

import datetime
import itertools
import uuid
import zoneinfo

from django.contrib.auth.models import Permission

from courses import actions as courses
from courses import manifest, outline
from courses.models import Edition
from learning.people.models import Company, Employer, Employment, Facility, Person, Position, PositionHeld
from learning.records.actions import write_record
from learning.records.models import TrainingRecord
from quizzes import actions as quizzes
from quizzes.models import Bank, QuestionVersion

# Noon in Denver.
AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 24)
DENVER = "America/Denver"
CRITERIA = ["6.1", "6.7", "5.4"]
TOPICS = ["seal custody", "view, verify, tug, twist and turn"]

_numbers = itertools.count(1)


def minutes(number):
    return datetime.timedelta(minutes=number)


def days(number):
    return datetime.timedelta(days=number)


def local(day, hour=12, minute=0, zone=DENVER):
    return datetime.datetime.combine(day, datetime.time(hour, minute), zoneinfo.ZoneInfo(zone))


def company(name="Corvina Freight", zone=DENVER):
    return Company.objects.get_or_create(name=name, defaults={"time_zone": zone})[0]


def facility(code="YARD", name="Otay Mesa yard", zone=DENVER):
    values = {"company": company(), "name": name, "country": "US", "time_zone": zone}
    return Facility.objects.get_or_create(code=code, defaults=values)[0]


def position(title="Dock hand", sensitive=True):
    return Position.objects.get_or_create(title=title, defaults={"sensitive": sensitive})[0]


def person(number=None, first_name="Daniel", last_name="Olmos", **fields):
    number = number or str(next(_numbers))
    return Person.objects.create_user(number=number, first_name=first_name, last_name=last_name, **fields)


def employ(who, on=datetime.date(2026, 1, 1), until=None, employer="Corvina Freight", kind="employee"):
    return Employment.objects.create(
        person=who,
        company=company(),
        employer=Employer.objects.get_or_create(name=employer)[0],
        kind=kind,
        starts_on=on,
        ends_on=until,
        recorded_at=AT,
    )


def place(who, title="Dock hand", on=datetime.date(2026, 1, 1), until=None, at=None, sensitive=True):
    return PositionHeld.objects.create(
        person=who,
        position=position(title, sensitive),
        facility=at or facility(),
        company=company(),
        starts_on=on,
        ends_on=until,
        recorded_at=AT,
    )


def hire(number=None, title="Dock hand", at=None, **fields):
    """A person at work since January."""
    who = person(number, **fields)
    employ(who)
    place(who, title, at=at)
    return who


def hr(**fields):
    """Somebody who may open the admin and view records, and nothing else."""
    who = person(first_name="Ana", last_name="Ruiz", **fields)
    who.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_trainingrecord"]))
    return who


def question(bank):
    """A released question whose right answer is "yes"."""
    options = [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]
    return QuestionVersion.objects.create(
        question_key=uuid.uuid4(),
        number=1,
        bank=bank,
        kind="single_choice",
        shown={"en": {"prompt": "Is it closed?", "options": options}},
        key={"right": ["yes"], "reasons": {"en": {}}, "explanation": {"en": ""}},
        hash="0" * 64,
        released_at=AT,
    )


def _step(number, **fields):
    return {"key": str(uuid.uuid4()), "title": f"Step {number}", "slug": f"step-{number}"} | fields


def edition(title="Seal security", quiz=True, key=None, number=1, area=6, valid_months=12, languages=("en",)):
    """A released course of one lesson and, unless told otherwise, a quiz of four questions."""
    steps = [_step(1, kind="lesson", minutes=5, completion="seen", blocks=[])]
    if quiz:
        bank = Bank.objects.create(title=f"{title} {next(_numbers)}")
        rules = {
            "title": "Check",
            "intro": "",
            "minutes": 7,
            "pass_mark": 75,
            "attempts_allowed": 3,
            "shuffle": True,
            "pass_message": "",
            "fail_message": "",
        }
        pool = [str(question(bank).uuid) for _ in range(4)]
        quiz = rules | {"key": str(uuid.uuid4()), "draws": [{"bank": str(bank.uuid), "count": 4, "pool": pool}]}
        steps.append(_step(2, kind="quiz", minutes=7, completion="passed", quiz=quiz))
    key = key or uuid.uuid4()
    text = {"slug": title.lower().replace(" ", "-"), "summary": "", "about": "", "takers": "", "steps": steps}
    data = {
        "schema": 1,
        "course": str(key),
        "area": area,
        "criteria": CRITERIA,
        "topics": TOPICS,
        "valid_months": valid_months,
        "objectives": [],
        "files": {},
        "languages": {
            language: text
            | {"title": f"{title} ({language})"}
            | ({} if language == "en" else {"topics": [f"{topic} ({language})" for topic in TOPICS]})
            for language in languages
        },
    }
    canonical, digest = manifest.canonical(data)
    return Edition.objects.create(
        course_key=key,
        number=number,
        manifest=canonical,
        hash=digest,
        outline=outline.make(data),
        released_at=AT - days(400),
    )


def enrol(who, released, at=AT, cause=None, language="en"):
    return courses.start_course(person=who, course_key=released.course_key, language=language, cause=cause or {}, at=at)


def finish(enrolment, at=AT, answers=(4,), attribution="password"):
    """Go through a course: the lesson takes 3 minutes, each attempt 4; `answers` are right answers in each attempt."""
    steps = enrolment.edition.in_language(enrolment.language).steps
    courses.open_step(enrolment=enrolment, step_key=steps[0]["key"], at=at)
    at += minutes(3)
    courses.complete_lesson(enrolment=enrolment, step_key=steps[0]["key"], at=at, attribution=attribution)
    for right in answers if len(steps) > 1 else ():
        attempt = courses.start_quiz(enrolment=enrolment, step_key=steps[1]["key"], language="en", at=at)
        for item in range(4):
            quizzes.save_answer(attempt=attempt, item=item, answer=["yes" if item < right else "no"], at=at)
        at += minutes(4)
        quizzes.submit_attempt(attempt=attempt, at=at, attribution=attribution)
    return at


def record(who=None, completed_at=AT, recorded_at=None, course_key=None, **what):
    """A training record, written by the real action; by default of a dock hand in Seal security, good for 12 months."""
    says = {
        "course": "Seal security",
        "area": 6,
        "areas": ",5,6,",
        "criteria": CRITERIA,
        "topics": TOPICS,
        "language": "en",
        "method": TrainingRecord.Method.ONLINE,
        "check_kind": TrainingRecord.Check.QUIZ,
        "source": TrainingRecord.Source.SERVER_GRADED,
        "attribution": TrainingRecord.Attribution.PASSWORD,
        "valid_months": 12,
    }
    return write_record(
        person=who or hire(),
        completed_at=completed_at,
        recorded_at=recorded_at or completed_at,
        course_key=course_key or uuid.uuid4(),
        **(says | what),
    )
