"""The company itself, and the order in which its two years happen."""

import datetime
import uuid
import zoneinfo
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from courses.models import CoursePage
from learning.people.audiences import actions as audience_actions
from learning.people.classifying import actions as classifying
from learning.people.models import Company, Employer, Facility, Person, Position
from learning.records.pack.actions import NotIssued
from learning.records.sessions import subjects

from .. import actions
from ..models import RequirementVersion
from . import afterwards, classroom, handed_out, online, people
from .cast import BEGAN, COMPANY, EMPLOYERS, EVERYBODY, FACILITIES, PASSWORD, POSITIONS, UNCLASSIFIED
from .programme import LAST_DUE_DAYS, LAST_WAVE, REFRESHER, WAVES

# By this a demo company is known, whatever it is called by now.
COMPANY_UUID = uuid.UUID("0d3f7a52-8f0e-4c0b-9c55-1f4c1a7f6d10")
HOME_ZONE = zoneinfo.ZoneInfo("America/Denver")
COURSES = [*(course for courses in WAVES.values() for course in courses), REFRESHER.course]


class Refused(Exception):
    """A demo cannot be made here; the message says why, in one line."""


def begins(at):
    """The instant on which the story begins, seen from `at`: courses must have been released by then."""
    return _instant(at.astimezone(HOME_ZONE).date() - datetime.timedelta(days=BEGAN), HOME_ZONE, hour=6)


def exists():
    return Company.objects.filter(uuid=COMPANY_UUID).exists()


def make(*, at):
    """Make the demo company as of that instant, all or nothing, and then what it hands out. Raises Refused."""
    story = _make(at)
    # After the commit: a pack needs a signed ledger, whose checkpoint file would outlive what was rolled back.
    try:
        handed_out.happen(story, at)
    except NotIssued as why:
        raise Refused(f"The demo company is there, but no evidence pack could be issued. {why}") from None


@transaction.atomic
def _make(at):
    _check()
    story = Story(today=at.astimezone(HOME_ZONE).date())
    _set_up(story)
    events = [*people.events(story), *_waves(story), *online.events(story), *classroom.events(story)]
    # Two events at one instant keep their order: people are hired before anything happens to them.
    for _when, happens in sorted(events, key=lambda event: event[0]):
        happens()
    actions.apply_requirements_today(at=at)
    afterwards.happen(story, at)
    return story


def check_mode():
    """Raises Refused in a real company, whose database is then not even looked at."""
    if not settings.DEMO:
        raise Refused("The demo company needs demo mode; start with GATEHOUSE_MODE=demo and a home of its own.")


def _check():
    check_mode()
    if Person.objects.exists():
        raise Refused("This database holds other people; a demo and a real company never share one.")
    groups = {name for member in EVERYBODY for name in member.groups}
    if missing := groups - set(Group.objects.values_list("name", flat=True)):
        raise Refused(f"The role “{min(missing)}” is missing; run migrate first.")
    if set(COURSES) - set(CoursePage.objects.values_list("slug", flat=True)):
        raise Refused("The courses are missing; run load_starter_content first.")


@dataclass
class Story:
    today: datetime.date
    people: dict = field(default_factory=dict)
    facilities: dict = field(default_factory=dict)
    positions: dict = field(default_factory=dict)
    employers: dict = field(default_factory=dict)
    # {slug: course key}, and {(slug, language): fields of a session about it}
    courses: dict = field(default_factory=dict)
    subjects: dict = field(default_factory=dict)
    company: Company | None = None
    password: str = field(default_factory=lambda: make_password(PASSWORD))

    @property
    def began(self):
        return self.today - datetime.timedelta(days=BEGAN)

    def day(self, ago):
        return self.today - datetime.timedelta(days=ago)

    def morning(self, day, code, hour=8, minute=0):
        """That hour at a facility, or at the beginning of the story for what was so before."""
        return _instant(max(day, self.began), zoneinfo.ZoneInfo(FACILITIES[code][2]), hour, minute)

    def subject(self, course, language):
        """Fields of a session about the course, read once."""
        if (course, language) not in self.subjects:
            self.subjects[course, language] = subjects.of_course(self.courses[course], language)
        return self.subjects[course, language]


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
    for name, (kind, _employment) in EMPLOYERS.items():
        story.employers[name] = Employer.objects.create(name=name, kind=kind)
    pages = CoursePage.objects.filter(slug__in=COURSES, locale__language_code="en")
    story.courses = dict(pages.values_list("slug", "translation_key"))


def _waves(story):
    """The starter requirements are switched on, wave by wave, and at last a refresher for some."""
    for ago in WAVES:
        at = story.morning(story.day(ago), "ELP", hour=9)
        yield at, lambda ago=ago, at=at: _require(story, ago, at)
    at = story.morning(story.day(REFRESHER.ago), "ELP", hour=9)
    yield at, lambda: _refresh(story, at)


def _require(story, ago, at):
    for starter in _starters(story, WAVES[ago]):
        due_days = LAST_DUE_DAYS if ago == LAST_WAVE else starter.due_days
        _switch_on(story, starter, at, starts_on=story.day(ago), audience=starter.audience, due_days=due_days)
    actions.apply_requirements_today(at=at)


def _refresh(story, at):
    """Who stood at the dock long enough to have habits takes the refresher."""
    rule = {
        "and": [
            {"position": [str(story.positions[REFRESHER.position].uuid)]},
            {"facility": [str(story.facilities[REFRESHER.facility].uuid)]},
            {"hired_before": story.day(REFRESHER.hired).isoformat()},
        ]
    }
    says = {
        "audience": audience_actions.set_audience(name=REFRESHER.audience, rule=rule, at=at),
        "starts_on": story.day(REFRESHER.ago),
        "due_days": REFRESHER.due_days,
    }
    for starter in _starters(story, [REFRESHER.course]):
        _switch_on(story, starter, at, **says)
    actions.apply_requirements_today(at=at)


def _starters(story, courses):
    """The newest versions of what the starter content requires of these."""
    keys = [story.courses[slug] for slug in courses]
    newest = RequirementVersion.objects.newest().filter(requirement__course_key__in=keys)
    return newest.select_related("requirement", "audience")


def _switch_on(story, starter, at, **says):
    requirement = starter.requirement
    actions.set_requirement(
        requirement=requirement,
        name=requirement.name,
        course_key=requirement.course_key,
        repeat_months=starter.repeat_months,
        by=story.people["hr"],
        at=at,
        **says,
    )
