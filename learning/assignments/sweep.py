"""One requirement against its audience on a date: who lacks an assignment, who left, who came back.

The database compares the sets, so that a sweep that changes nothing reads nothing and writes nothing.
"""

from itertools import islice

from django.db.models import Exists, OuterRef, Subquery

from learning.people import rules
from learning.people.models import AudienceVersion, Employment, Person, PositionHeld
from learning.records.models import TrainingRecord

from . import schedule
from .models import Assignment

BATCH = 2000


def rules_of(audiences, at):
    """`{audience id: rule in force at that instant}`; an audience without a version is missing."""
    versions = AudienceVersion.objects.filter(audience__in=audiences, recorded_at__lte=at).order_by("number")
    return dict(versions.values_list("audience", "rule"))


def members(rule, on, people):
    """People whom the rule selects, among `people` (queryset or ids; None for everybody)."""
    if rule is None:
        return Person.objects.none()
    selected = Person.objects.in_audience(rule, on)
    return selected if people is None else selected.filter(pk__in=people)


def _newest_record(course_key, person):
    """The last completion of that course that counts; `person` names the outer column."""
    records = TrainingRecord.objects.standing().filter(course_key=course_key, person=OuterRef(person))
    return records.order_by("-completed_at", "-id")


def _with_record(rows, course_key, person):
    newest = _newest_record(course_key, person)
    return rows.annotate(
        done_by=Subquery(newest.values("pk")[:1]),
        done_at=Subquery(newest.values("completed_at")[:1]),
        done_zone=Subquery(newest.values("facility_zone")[:1]),
    )


def _done_on(done_at, done_zone):
    return done_at and schedule.local_date(done_at, done_zone)


def following(assignment, completed_on, version, on, at):
    """The next cycle after one that was satisfied, by the version in force."""
    return Assignment(
        requirement_id=assignment.requirement_id,
        version=version,
        person_id=assignment.person_id,
        course_key=assignment.course_key,
        cycle=assignment.cycle + 1,
        assigned_on=on,
        due_on=schedule.next_due(completed_on, version.repeat_months),
        recorded_at=at,
    )


def insert(assignments):
    """Two sweeps at the same moment plan the same cycles: the constraint lets one row through."""
    rows = iter(assignments)
    while batch := list(islice(rows, BATCH)):
        Assignment.objects.bulk_create(batch, ignore_conflicts=True)


def assign(version, rule, on, at, people):
    """First cycles for members without any; one that a recent record satisfies is followed at once by the second."""
    requirement = version.requirement
    has_one = Assignment.objects.filter(requirement=requirement, person=OuterRef("pk"))
    missing = members(rule, on, people).filter(~Exists(has_one))
    if not missing.exists():
        return 0, 0
    hired = Employment.objects.on(on).filter(person=OuterRef("pk")).order_by("starts_on")
    placed = PositionHeld.objects.on(on).filter(rules.condition(rule), person=OuterRef("pk")).order_by("starts_on")
    rows = list(
        _with_record(missing, requirement.course_key, "pk")
        .annotate(
            hired_on=Subquery(hired.values("starts_on")[:1]),
            placed_on=Subquery(placed.values("starts_on")[:1]),
        )
        .order_by("pk")
        .values_list("pk", "hired_on", "placed_on", "done_by", "done_at", "done_zone")
    )
    satisfied = 0

    def cycles():
        nonlocal satisfied
        for person_id, hired_on, placed_on, done_by, done_at, done_zone in rows:
            first = Assignment(
                requirement=requirement,
                version=version,
                person_id=person_id,
                course_key=requirement.course_key,
                assigned_on=on,
                due_on=schedule.first_due(
                    hired_on=hired_on, placed_on=placed_on, counts_from=version.starts_on, due_days=version.due_days
                ),
                recorded_at=at,
            )
            done_on = _done_on(done_at, done_zone)
            if done_on and schedule.still_counts(done_on, version.repeat_months, on):
                first.record_id = done_by
                satisfied += 1
                yield following(first, done_on, version, on, at)
            yield first

    insert(cycles())
    return len(rows), satisfied


def withdraw(version, rule, on, people):
    """Nothing is owed by people who left the audience or the company."""
    owed = Assignment.objects.open().filter(requirement=version.requirement_id)
    if people is not None:
        owed = owed.filter(person__in=people)
    still = members(rule, on, None).filter(pk=OuterRef("person"))
    gone = owed if rule is None else owed.filter(~Exists(still))
    return gone.update(withdrawn_on=on)


def restore(version, rule, on, at, people):
    """People who came back owe what they owed, with its due date, unless they have done the course meanwhile."""
    if rule is None:
        return 0, 0
    withdrawn = Assignment.objects.filter(
        requirement=version.requirement_id, withdrawn_on__isnull=False, record__isnull=True
    )
    if people is not None:
        withdrawn = withdrawn.filter(person__in=people)
    back = withdrawn.filter(Exists(members(rule, on, None).filter(pk=OuterRef("person"))))
    rows = list(_with_record(back, version.requirement.course_key, "person"))
    planned = []
    for row in rows:
        row.withdrawn_on = None
        done_on = _done_on(row.done_at, row.done_zone)
        if done_on and satisfies(row, done_on, version.repeat_months, on):
            row.record_id = row.done_by
            planned.append(following(row, done_on, version, on, at))
    Assignment.objects.bulk_update(rows, ["withdrawn_on", "record"], batch_size=BATCH)
    insert(planned)
    return len(rows), len(planned)


def satisfies(assignment, completed_on, repeat_months, on):
    """Whether a completion is one of this cycle: recent enough, and newer than what satisfied the cycle before."""
    if not schedule.still_counts(completed_on, repeat_months, on):
        return False
    return assignment.cycle == 1 or schedule.next_due(completed_on, repeat_months) > assignment.due_on
