"""The demo company: people and a year of training, made through the real actions, each at its time in the past.

The story is in `demo_cast.py`. Scores are the same every time; which questions are drawn is left to chance, as always.
"""

import datetime
import random
import uuid
import zoneinfo
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from courses import actions as course_actions
from courses.models import CoursePage, Edition
from learning.people import actions as people_actions
from learning.people.audiences import actions as audience_actions
from learning.people.audiences import rules
from learning.people.classifying import actions as classifying
from learning.people.models import Company, Employer, Employment, Facility, Person, Position, Tag
from learning.people.quick_add import actions as quick_add
from learning.people.signing_in import actions as signing_in
from quizzes import actions as quiz_actions
from quizzes.kinds import KINDS
from quizzes.models import QuestionVersion

from . import actions, fillers
from .demo_cast import (
    AGENCY,
    AT_THE_GATE,
    AUDIENCES,
    BEGAN,
    CAST,
    COMPANY,
    FACILITIES,
    ON_LEAVE,
    OWN,
    PASSWORD,
    PINS,
    POSITIONS,
    TAGS,
    UNCLASSIFIED,
    workday,
)

# By this a demo company is known, whatever it is called by now.
COMPANY_UUID = uuid.UUID("0d3f7a52-8f0e-4c0b-9c55-1f4c1a7f6d10")
HOME_ZONE = zoneinfo.ZoneInfo("America/Denver")


class Refused(Exception):
    """A demo cannot be made here; the message says why, in one line."""


def begins(at):
    """The instant on which the story begins, seen from `at`: courses must have been released by then."""
    return _instant(at.astimezone(HOME_ZONE).date() - datetime.timedelta(days=BEGAN), HOME_ZONE, hour=6)


def exists():
    return Company.objects.filter(uuid=COMPANY_UUID).exists()


@transaction.atomic
def make(*, at):
    """Make the demo company as of that instant, all or nothing. Raises Refused."""
    _check()
    today = at.astimezone(HOME_ZONE).date()
    story = Story(today=today)
    _set_up(story)
    events = [*_hiring(story), *_changes(story), *_lately(story), *_runs(story), *_sweeps(story)]
    # Two events at one instant keep their order: people are hired before anything happens to them.
    for _when, happens in sorted(events, key=lambda event: event[0]):
        happens()
    actions.apply_requirements_today(at=at)


def check_mode():
    """Raises Refused in a real company, whose database is then not even looked at."""
    if not settings.DEMO:
        raise Refused("The demo company needs demo mode; start with GATEHOUSE_MODE=demo and a home of its own.")


def _check():
    check_mode()
    if Person.objects.exists():
        raise Refused("This database holds other people; a demo and a real company never share one.")
    groups = {name for member in CAST for name in member.groups}
    if missing := groups - set(Group.objects.values_list("name", flat=True)):
        raise Refused(f"The role “{min(missing)}” is missing; run migrate first.")
    if set(AUDIENCES) - set(CoursePage.objects.values_list("slug", flat=True)):
        raise Refused("The courses are missing; run load_starter_content first.")


@dataclass
class Story:
    today: datetime.date
    people: dict = field(default_factory=dict)
    facilities: dict = field(default_factory=dict)
    positions: dict = field(default_factory=dict)
    employers: dict = field(default_factory=dict)
    courses: dict = field(default_factory=dict)
    company: Company | None = None
    password: str = field(default_factory=lambda: make_password(PASSWORD))

    @property
    def began(self):
        return self.today - datetime.timedelta(days=BEGAN)

    def morning(self, day, code, hour=8, minute=0):
        """That hour at a facility, or at the beginning of the story for what was so before."""
        return _instant(max(day, self.began), zoneinfo.ZoneInfo(FACILITIES[code][2]), hour, minute)


def _instant(day, zone, hour, minute=0):
    return datetime.datetime.combine(day, datetime.time(hour, minute), zone).astimezone(datetime.UTC)


def _set_up(story):
    """The company as it is before the first person: its places, positions and employers."""
    story.company = Company.objects.create(
        uuid=COMPANY_UUID,
        name=COMPANY,
        ctpat_account="DEMO-0001",
        entity_types=["highway_carrier_us_mexico", "mexican_long_haul_carrier"],
        time_zone=str(HOME_ZONE),
    )
    for code, (name, country, zone) in FACILITIES.items():
        story.facilities[code] = Facility.objects.create(
            company=story.company, code=code, name=name, country=country, time_zone=zone
        )
    for title, (sensitive, roles) in POSITIONS.items():
        story.positions[title] = classifying.set_position(
            title=title, sensitive=sensitive, roles=roles, at=story.morning(story.began, "ELP")
        )
    story.positions[UNCLASSIFIED] = Position.objects.create(title=UNCLASSIFIED)
    for name, kind in ((OWN, Employer.Kind.OWN), (AGENCY, Employer.Kind.AGENCY)):
        story.employers[name] = Employer.objects.create(name=name, kind=kind)
    pages = CoursePage.objects.filter(slug__in=AUDIENCES, locale__language_code="en")
    story.courses = dict(pages.values_list("slug", "translation_key"))


def _hiring(story):
    """Who was there at the beginning is entered then; the others on their first day."""
    for member in CAST:
        at = story.morning(workday(story.today, member.hired), member.facility)
        yield at, lambda member=member, at=at: _hire(story, member, at)


def _hire(story, member, at):
    person = people_actions.register_person(
        number=member.number,
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
        language=member.language,
        groups=member.groups,
        at=at,
    )
    starts_on = workday(story.today, member.hired)
    people_actions.employ(
        person=person,
        company=story.company,
        employer=story.employers[member.employer],
        kind=Employment.Kind.EMPLOYEE if member.employer == OWN else Employment.Kind.TEMPORARY,
        manager=story.people.get(member.manager),
        starts_on=starts_on,
        at=at,
    )
    people_actions.place(
        person=person,
        position=story.positions[member.position],
        facility=story.facilities[member.facility],
        starts_on=starts_on,
        at=at,
    )
    if member.account:
        # One hash for all: making nine of them takes longer than anything else here.
        person.password = story.password
        person.save(update_fields=["password"])
    if member.number in PINS:
        signing_in.set_pin(person=person, pin=PINS[member.number], at=at)
    story.people[member.number] = person


def _changes(story):
    """The rules, made on the first morning, and everybody who moved or left."""
    at = story.morning(story.began, "ELP", hour=9)
    yield at, lambda: _require(story, at)
    for member in CAST:
        if member.moved:
            day = workday(story.today, member.moved[0])
            yield story.morning(day, "ELP"), lambda member=member, day=day: _move(story, member, day)
        if member.left:
            day = workday(story.today, member.left)
            at_leaving = story.morning(day, member.facility)
            yield (
                at_leaving,
                lambda member=member, day=day, at=at_leaving: people_actions.end_employment(
                    person=story.people[member.number], ends_on=day, at=at
                ),
            )


def _lately(story):
    """Who is on leave, who started at the gate, and the tags that HR gave."""
    for number, (ago, ahead) in ON_LEAVE.items():
        day = story.today - datetime.timedelta(days=ago)
        ends_on = story.today + datetime.timedelta(days=ahead + 1)
        at = story.morning(day, "NLD")
        yield (
            at,
            lambda number=number, day=day, ends_on=ends_on, at=at: people_actions.add_leave(
                person=story.people[number], starts_on=day, ends_on=ends_on, by=story.people["hr"], at=at
            ),
        )
    yesterday = story.today - datetime.timedelta(days=1)
    at = story.morning(yesterday, "ELP", hour=5)
    yield at, lambda: _add_at_the_gate(story, yesterday, at)
    yield at, lambda: _tag(story, at)


def _add_at_the_gate(story, day, at):
    quick_add.add_quickly(
        employer=story.employers[AGENCY],
        position=story.positions["Dock hand"],
        facility=story.facilities["ELP"],
        manager=story.people["supervisor"],
        starts_on=day,
        ends_on=day + datetime.timedelta(days=30),
        by=story.people["supervisor"],
        at=at,
        **AT_THE_GATE,
    )


def _tag(story, at):
    tags = {name: Tag.objects.create(name=name) for name in TAGS}
    for number in sorted({number for numbers in TAGS.values() for number in numbers}):
        given = [tag for name, tag in tags.items() if number in TAGS[name]]
        people_actions.change_person(person=story.people[number], tags=given, by=story.people["hr"], at=at)


def _require(story, at):
    """The starter requirements are switched on, each for the people that the company chose."""
    for slug, (name, titles) in AUDIENCES.items():
        rule = rules.positions_and_facilities(positions=[story.positions[title] for title in titles], facilities=[])
        edition = Edition.objects.current().outlines().get(course_key=story.courses[slug])
        outline = edition.in_language("en")
        actions.set_requirement(
            name=f"{outline.title}, every year",
            course_key=story.courses[slug],
            audience=audience_actions.set_audience(name=name, rule=rule, at=at),
            due_days=30,
            repeat_months=outline.valid_months,
            starts_on=story.began,
            by=story.people["hr"],
            at=at,
        )
    actions.apply_requirements_today(at=at)


def _move(story, member, day):
    _ago, position, facility, manager = member.moved
    person, at = story.people[member.number], story.morning(day, facility)
    held, employment = person.positions_held.get(), person.employments.get()
    # The new position first: between the two nothing is owed, and nothing would be withdrawn.
    people_actions.place(
        person=person,
        position=story.positions[position],
        facility=story.facilities[facility],
        starts_on=day,
        at=at,
    )
    people_actions.end_position(held=held, ends_on=day, at=at)
    people_actions.change_employment(employment=employment, manager=story.people[manager], at=at)


def _sweeps(story):
    """The sweep would run every hour; here once a month is enough."""
    for ago in range(BEGAN - 30, 0, -30):
        at = story.morning(story.today - datetime.timedelta(days=ago), "ELP", hour=5)
        yield at, lambda at=at: actions.apply_requirements_today(at=at)


def _runs(story):
    for member in CAST:
        for run in member.runs:
            # Differs from run to run, and is the same in every demo.
            chance = random.Random(f"{member.number} {run}")
            at = story.morning(run.day(story.today), member.facility, chance.randint(9, 14), chance.randint(0, 59))
            yield at, lambda member=member, run=run, at=at, chance=chance: _take(story, member, run, at, chance)


def _take(story, member, run, at, chance):
    """One person sits down with a course."""
    person, course_key = story.people[member.number], story.courses[run.course]
    if run.reopened:
        stuck = person.enrolments.running().get(course_key=course_key)
        enrolment = course_actions.reopen(enrolment=stuck, by=story.people["hr"], at=at)
    else:
        enrolment = course_actions.start_course(
            person=person,
            course_key=course_key,
            language=person.language,
            cause=fillers.enrolment_cause(person, course_key, at) or {},
            at=at,
        )
    steps = enrolment.edition.in_language(enrolment.language).steps
    lessons = [step for step in steps if step["kind"] == "lesson"]
    for lesson in lessons[: run.lessons]:
        course_actions.open_step(enrolment=enrolment, step_key=lesson["key"], at=at)
        at += datetime.timedelta(seconds=lesson["minutes"] * chance.randint(40, 70))
        course_actions.complete_lesson(enrolment=enrolment, step_key=lesson["key"], at=at, attribution="password")
    for points in run.points:
        at = _answer(enrolment, steps[-1]["key"], points, at, chance) + datetime.timedelta(minutes=20)


def _answer(enrolment, step_key, points, at, chance):
    """One attempt at the quiz with so many right answers. Returns when it was submitted."""
    attempt = course_actions.start_quiz(enrolment=enrolment, step_key=step_key, language=enrolment.language, at=at)
    names = [row["version"] for row in attempt.drawn]
    versions = {str(version.uuid): version for version in QuestionVersion.objects.filter(uuid__in=names)}
    wrong = set(chance.sample(range(len(names)), len(names) - points))
    for item, row in enumerate(attempt.drawn):
        at += datetime.timedelta(seconds=chance.randint(20, 75))
        version = versions[row["version"]]
        right = KINDS[version.kind].solution(version.key["right"])
        answer = _wrong(version.kind, right, row.get("options"), chance) if item in wrong else right
        if answer:
            quiz_actions.save_answer(attempt=attempt, item=item, answer=answer, at=at)
    at += datetime.timedelta(seconds=30)
    quiz_actions.submit_attempt(attempt=attempt, at=at, attribution="password")
    return at


def _wrong(kind, right, options, chance):
    """Other options than the right ones; where there are none to choose from, the question stays empty."""
    if options is None:
        return None
    others = [option for option in options if option not in right]
    if kind == "multiple_response":
        return sorted([*right, chance.choice(others)])
    return [chance.choice(others)]
