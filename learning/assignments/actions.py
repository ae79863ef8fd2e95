"""Deeds of this room. Each is one transaction; `at` is the instant of the deed, taken once by the caller."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from learning.people import local_days
from learning.people.models import PositionHeld

from . import schedule, sweep
from .models import Assignment, Requirement, RequirementVersion

# Above this, naming the people costs more than sweeping everybody.
MANY = 2000
# So many people of a file at a time: on SQLite a transaction that writes keeps everybody else waiting.
SLICE = 1000


class CourseIsFixed(Exception):
    """A requirement keeps its course; another course is another requirement."""


@transaction.atomic
def set_requirement(
    *, name, course_key, audience, due_days, repeat_months, starts_on, at, active=True, by=None, requirement=None
):
    """Create a requirement, or give the one of that name (or `requirement`) a new version if it says something new.

    Raises CourseIsFixed when it exists for another course.
    """
    if requirement is None:
        requirement, _created = Requirement.objects.get_or_create(name=name, defaults={"course_key": course_key})
    # Two people who save at once: the second waits here and then sees the first one's version.
    requirement = Requirement.objects.select_for_update(no_key=True).get(pk=requirement.pk)
    if str(requirement.course_key) != str(course_key):
        raise CourseIsFixed(_("“%(name)s” is about another course. Add a requirement for this one.") % {"name": name})
    if requirement.name != name:
        requirement.name = name
        requirement.save(update_fields=["name"])
    says = {
        "audience": audience,
        "due_days": due_days,
        "repeat_months": repeat_months,
        "active": active,
        "starts_on": starts_on,
    }
    latest = requirement.versions.select_related("audience").order_by("-number").first()
    if not latest or any(getattr(latest, field) != value for field, value in says.items()):
        RequirementVersion.objects.create(
            requirement=requirement,
            number=latest.number + 1 if latest else 1,
            recorded_at=at,
            recorded_by=by,
            **says,
        )
    return requirement


@transaction.atomic
def apply_requirements(*, on, at, people=None):
    """Make the assignments what the requirements say on the local date `on`; again changes nothing.

    `people` (ids, or a queryset) narrows it to those whose date it is. Returns counts of what changed.

    1. What is owed under a requirement that is not in force is withdrawn.
    2. Members of an audience who never had the requirement are assigned it.
    3. Who left the audience or the company owes it no longer.
    4. Who came back owes it again.
    5. What was done under an account that was merged since counts.
    """
    counts = Counter(assigned=0, satisfied=0, withdrawn=0, restored=0)
    # Sweeps wait for each other here, else two of them could lock the same assignments in opposite order. The mode
    # leaves completions free to go on: they only refer to these rows.
    list(Requirement.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    versions = list(RequirementVersion.objects.in_force(on).select_related("requirement"))
    rules = sweep.rules_of([version.audience_id for version in versions], at)
    off = Assignment.objects.open().exclude(requirement__in=[version.requirement_id for version in versions])
    counts["withdrawn"] += (off if people is None else off.filter(person__in=people)).update(withdrawn_on=on)
    # Read before anything is assigned: a requirement without such rows has nothing to restore or to withdraw.
    are_open, are_withdrawn = sweep.standing(people)
    for version in versions:
        rule = rules.get(version.audience_id)
        assigned, satisfied = sweep.assign(version, rule, on, at, people)
        counts["assigned"] += assigned
        counts["satisfied"] += satisfied
        if version.requirement_id in are_withdrawn:
            restored, satisfied = sweep.restore(version, rule, on, at, people)
            counts["restored"] += restored
            counts["satisfied"] += satisfied
        if version.requirement_id in are_open | are_withdrawn:
            counts["satisfied"] += sweep.satisfy_by_merged(version, on, at, people)
            counts["withdrawn"] += sweep.withdraw(version, rule, on, people)
    return dict(counts)


def apply_requirements_today(*, at):
    """The sweep for everybody, each on the local date that the instant falls on for them."""
    counts = Counter(assigned=0, satisfied=0, withdrawn=0, restored=0)
    for day, people in local_days.everybody(at):
        counts.update(apply_requirements(on=day, at=at, people=people))
    return dict(counts)


@transaction.atomic
def apply_to_people(*, person_ids, at):
    """The sweep for people who changed, each on their local date."""
    if len(person_ids) > MANY:
        apply_requirements_today(at=at)
        return
    # A person who is only being registered: nothing can be owed yet.
    placed = PositionHeld.objects.filter(person__in=person_ids)
    if not placed.exists() and not Assignment.objects.filter(person__in=person_ids).exists():
        return
    for day, ids in local_days.days_of(person_ids, at).items():
        apply_requirements(on=day, at=at, people=ids)


def apply_in_slices(*, person_ids, at, told=None):
    """The sweep for the people of a large import, in many short transactions after its own; `told` hears of each.

    Broken off in the middle, it is finished by the next sweep for everybody: what is owed follows from dates and rules.
    """
    for start in range(0, len(person_ids), SLICE):
        apply_to_people(person_ids=person_ids[start : start + SLICE], at=at)
        if told:
            told(min(start + SLICE, len(person_ids)), len(person_ids))


@transaction.atomic
def satisfy(*, record):
    """A completion was recorded: it satisfies the open cycle of each requirement for that course; the next is planned.

    A record that is too old to move the due date satisfies nothing, and neither does one that withdraws another or
    says that somebody was present and no more.
    """
    if record.withdraws or record.presence_only:
        return
    completed_on = schedule.local_date(record.completed_at, record.facility_zone)
    on = schedule.local_date(record.recorded_at, record.facility_zone)
    owed = (
        Assignment.objects.open()
        .filter(person=record.person.merged_into_id or record.person_id, course_key=record.course_key)
        .select_for_update(of=("self",))
        .select_related("version")
        .order_by("requirement", "cycle")
    )
    in_force = {
        version.requirement_id: version
        for version in RequirementVersion.objects.in_force(on).filter(requirement__course_key=record.course_key)
    }
    planned = {}
    for assignment in owed:
        version = in_force.get(assignment.requirement_id, assignment.version)
        if assignment.requirement_id in planned or not sweep.satisfies(
            assignment, completed_on, version.repeat_months, on
        ):
            continue
        assignment.record = record
        assignment.save(update_fields=["record"])
        planned[assignment.requirement_id] = sweep.following(assignment, completed_on, version, on, record.recorded_at)
    sweep.insert(planned.values())


@transaction.atomic
def correct(*, record):
    """A correction was recorded: the refresher after what the old record satisfied follows the newest that counts.

    Where nothing counts any more, it is due when that cycle was; the cycle itself keeps the record that it was held to
    be satisfied by, as it was known then. Returns whether this settles the correction: not for another person, nor
    where the old record satisfied nothing.
    """
    old = record.corrects
    done = Assignment.objects.filter(record=old).select_related("version")
    for assignment in done:
        refresher = Assignment.objects.open().filter(
            requirement=assignment.requirement_id, person=assignment.person_id, cycle=assignment.cycle + 1
        )
        refresher.update(due_on=sweep.due_after(assignment))
    return bool(done) and record.person_id == old.person_id
