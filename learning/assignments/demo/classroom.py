"""Sessions in a room or a yard, each with the sheet that people signed."""

import datetime
import io
import random
import uuid

from django.core.files.base import ContentFile
from django.db.models import Q
from PIL import Image, ImageDraw, ImageFont

from learning.people.models import Person, PositionHeld
from learning.records.models import SessionFile, TrainingSession
from learning.records.sessions import actions, closing, subjects, uploads

from ..models import Assignment
from .cast import EVERYBODY, workday
from .online import points_of
from .programme import OPEN_SESSIONS, TALKS, TEACHERS

# People whose story says how they take a course do not sit in a talk about it.
TOLD = {member.number: {run.course for run in member.runs} for member in EVERYBODY}
SLOW = {member.number for member in EVERYBODY if member.slow}
# So many days ago they still came.
SLOW_SINCE = 230
# One in so many is ill, or on the road.
MISSING = 11
HOUR = datetime.timedelta(hours=1)
WIDTH, LINE, MARGIN = 620, 30, 24


def events(story):
    """`(instant, what happens)`."""
    for talk in TALKS:
        at = story.morning(workday(story.today, talk.ago), talk.facility, talk.hour)
        yield at, lambda talk=talk, at=at: _hold(story, talk, at)


def _owing(story, talk, at):
    """Who works there and owes the course soon, in the order of their names."""
    held = PositionHeld.objects.on(at.date()).filter(facility=story.facilities[talk.facility])
    until = at.date() + datetime.timedelta(days=talk.within)
    owed = Assignment.objects.open().filter(course_key=story.courses[talk.course], due_on__lte=until)
    here = Q(pk__in=held.values("person")) & Q(pk__in=owed.values("person"))
    found = Person.objects.filter(here).order_by("last_name", "first_name", "number")
    return [person for person in found if talk.course not in TOLD.get(person.number, ())]


def _hold(story, talk, at):
    """Everybody who owes it is expected; who is there signs, is checked, and has a record once it is closed."""
    expected = _owing(story, talk, at)
    chance = random.Random(f"{talk}")
    away = SLOW if talk.ago < SLOW_SINCE else ()
    there = [person for person in expected if person.number not in away and chance.randrange(MISSING)]
    if not there:
        return
    number, language = TEACHERS[talk.facility]
    teacher = story.people[number]
    after = at + HOUR
    session = actions.record_session(
        uuid=uuid.uuid4(),
        people=expected,
        present=False,
        by=teacher,
        at=after,
        kind=talk.kind,
        language=language,
        happened_at=at,
        minutes=talk.minutes,
        facility=story.facilities[talk.facility],
        instructor=teacher,
        instructor_name=teacher.get_full_name(),
        **story.subject(talk.course, language),
        **_check(talk, story.subject(talk.course, language)["edition"], language),
    )
    _sign(session, there, teacher, after, chance)
    if talk.check == "observed":
        actions.see_skill(session=session, people=[person.uuid for person in there], by=teacher, at=after)
    if talk.check == "quiz":
        scores = {str(person.uuid): chance.choice(points_of(person.number, chance)) * 12.5 for person in there}
        actions.give_scores(session=session, scores=scores)
    closing.close_session(session=session, by=teacher, at=after + HOUR)


def _check(talk, edition, language):
    if talk.check == "quiz":
        mark = subjects.pass_mark_of(edition, language)
        return {"check_kind": "quiz", "quiz_way": TrainingSession.Way.PAPER, "pass_mark": mark}
    return {"check_kind": talk.check}


def _sign(session, there, teacher, at, chance):
    upload = uploads.checked(_sheet(session, there, chance))
    actions.attach(session=session, kind=SessionFile.Kind.SHEET, upload=upload, by=teacher, at=at)
    actions.account_by_sheet(session=session, people=[person.uuid for person in there], at=at)


def _sheet(session, there, chance):
    """What a phone makes of a sheet: names in print, and a line of ink behind each."""
    height = MARGIN * 2 + LINE * (len(there) + 2)
    picture = Image.new("L", (WIDTH, height), 238)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(16)
    draw.text((MARGIN, MARGIN), f"{session.title} · {session.happened_at:%Y-%m-%d}", 20, font)
    for row, person in enumerate(there, 2):
        y = MARGIN + LINE * row
        draw.text((MARGIN, y), f"{person.get_full_name()} · {person.number}", 40, font)
        draw.line((MARGIN, y + 24, WIDTH - MARGIN, y + 24), 170)
        ink = [(WIDTH // 2 + 12 * step, y + 12 + chance.randint(-9, 9)) for step in range(chance.randint(9, 18))]
        draw.line(ink, 30, width=2, joint="curve")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return ContentFile(file.getvalue(), "sheet.jpg")


def announce(story, at):
    """Sessions that are still to come, and one that was held and waits to be closed."""
    for topic, ago, code, was_held in OPEN_SESSIONS:
        number, language = TEACHERS[code]
        teacher, name = story.people[number], uuid.uuid4()
        people = [story.people[member.number] for member in EVERYBODY if _in_crew(member, number)]
        actions.record_session(
            uuid=name,
            people=people,
            present=was_held,
            by=teacher,
            at=at,
            kind="toolbox_talk",
            language=language,
            happened_at=story.morning(story.day(ago), code, hour=7),
            minutes=15,
            facility=story.facilities[code],
            check_kind="none",
            no_check_reason="A reminder before the shift." if language == "en" else "Un aviso antes del turno.",
            instructor=teacher,
            instructor_name=teacher.get_full_name(),
            **subjects.of_topic(topic, ["7.24"] if was_held else ["6.1"], name),
        )


def _in_crew(member, manager):
    return member.manager == manager and not member.left and not member.slow
