"""The starter requirements: who takes which course, by the training roles of positions (`programme.yaml`).

They begin switched off, since a notice to everybody must not go out before positions are classified, blanks are filled
and lessons are looked at. Each is made once and never touched again; one that was renamed or switched on stays.
"""

from typing import NamedTuple

from django.db import transaction

from content.models import StarterRow
from content.starter_files import need, pick_one
from content.upkeep import StarterError
from courses.models import CoursePage
from learning.people import local_days
from learning.people.audiences import actions as audience_actions
from learning.people.models import Audience
from learning.people.starter import everybody
from learning.people.training_roles import TRAINING_ROLES

from .actions import set_requirement

USUAL_DUE_DAYS = 30
# A year later it may take the place of the course, for the same people.
REFRESHER = "-refresher"


class Duty(NamedTuple):
    """What a requirement begins with: `audience` is a name, or None for everybody; `roles` select it.

    `key` is what the file calls the audience.
    """

    audience: str | None = None
    roles: tuple = ()
    due_days: int = USUAL_DUE_DAYS
    key: str = ""


def read(files, courses):
    """`{name of a course: Duty}` of `programme.yaml`, with their refreshers. `courses` are the names that there are."""
    duties = {}
    for path in files.find("programme.yaml"):
        file, data = files.name(path), files.yaml(path)
        said, rows = need(data, ["audiences", "requirements"], file)
        audiences = {key: _audience(key, value, file) for key, value in said.items()}
        for row in rows:
            course, key = need(row, ["course", "audience"], file)
            name, roles = pick_one(audiences, key, file, "audience")
            duty = Duty(name, roles, row.get("due_days", USUAL_DUE_DAYS), key)
            duties |= {pick_one({each: each for each in courses}, course, file, "course"): duty}
            duties |= {course + REFRESHER: duty}
    return duties


def _audience(key, said, file):
    if not said:
        return None, ()
    name, roles = need(said, ["name", "roles"], f"{file}, {key}")
    if unknown := [role for role in roles if role not in TRAINING_ROLES]:
        raise StarterError(f"{file}, {key}: there is no training role {unknown[0]}.")
    return name, tuple(roles)


@transaction.atomic
def load_requirements(files, found, report, *, at):
    """One requirement for each course of `found`; a course that no file speaks of is for everybody."""
    duties = read(files, [course.name for course in found])
    pages = {page.slug: page for page in CoursePage.objects.filter(locale__language_code="en")}
    for course in found:
        key = f"requirement/{course.name}"
        if StarterRow.objects.filter(key=key).exists() or course.name not in pages:
            report.add("requirements", "unchanged", key)
            continue
        requirement = _make(pages[course.name], duties.get(course.name, Duty()), at)
        StarterRow.objects.create(key=key, target=str(requirement.pk), source="")
        report.add("requirements", "created", key)


def _make(page, duty, at):
    return set_requirement(
        name=f"{page.title}, every year",
        course_key=page.translation_key,
        audience=_audience_of(duty, at),
        due_days=duty.due_days,
        repeat_months=page.valid_months,
        starts_on=local_days.company_day(at),
        active=False,
        at=at,
    )


def _audience_of(duty, at):
    """The audience of that name, as it stands; made when it is missing."""
    if duty.audience is None:
        return everybody(at)
    if found := Audience.objects.filter(name=duty.audience).first():
        return found
    made = audience_actions.set_audience(name=duty.audience, rule={"role": list(duty.roles)}, at=at)
    StarterRow.objects.update_or_create(key=f"audience/{duty.key}", defaults={"target": str(made.pk), "source": ""})
    return made
