"""One requirement against its audience on a date: who lacks an assignment, who left, who came back.

The database compares the sets, so that a sweep that changes nothing reads nothing and writes nothing.
"""

from itertools import islice

from django.db import connection
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value

from learning.people.audiences import selection
from learning.people.models import AudienceVersion, Employment, Person
from learning.people.tables import Inserts
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
    selected = Person.objects.in_audience(rule, on, few=_are_few(people))
    return selected if people is None else selected.filter(pk__in=people)


def _are_few(people):
    """Ids are those of a few people who changed; a queryset is everybody in some time zones."""
    return people is not None and not isinstance(people, QuerySet)


def standing(people):
    """Requirements (two sets of ids) with something that people owe, and with something that they owe no longer."""
    rows = Assignment.objects.filter(record__isnull=True)
    if people is not None:
        rows = rows.filter(person__in=people)
    found = rows.order_by().values_list("requirement", Q(withdrawn_on__isnull=True)).distinct()
    return ({pk for pk, is_open in found if is_open == wanted} for wanted in (True, False))


def _completions(course_key):
    return TrainingRecord.objects.standing().without_presence_only().filter(course_key=course_key)


def _newest_record(course_key, person):
    """The last completion of that course that counts; `person` names the outer column."""
    records = _completions(course_key).filter(person=OuterRef(person))
    return records.order_by("-completed_at", "-id")


def _with_record(rows, course_key, person):
    newest = _newest_record(course_key, person)
    return rows.annotate(
        done_by=Subquery(newest.values("pk")[:1]),
        done_at=Subquery(newest.values("completed_at")[:1]),
        done_zone=Subquery(newest.values("facility_zone")[:1]),
    )


def _of_merged(course_key):
    """`{person: (done_at, done_by, done_zone)}`: the newest of what accounts did that were merged into theirs."""
    records = _completions(course_key).filter(person__merged_into__isnull=False)
    rows = records.order_by("completed_at", "pk").values_list(
        "person__merged_into", "completed_at", "pk", "facility_zone"
    )
    return {person: done for person, *done in rows}


def _newer(done, other):
    """Of two completions the later one; `done_at` is None where there is none."""
    return other if other and (done[0] is None or other[0] > done[0]) else done


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


def due_after(assignment):
    """When the cycle after one is due, by the newest record that counts: without any, when that one was."""
    accounts = Person.objects.accounts_of(assignment.person)
    records = TrainingRecord.objects.standing().filter(course_key=assignment.course_key, person__in=accounts)
    newest = records.order_by("-completed_at", "-id").first()
    if newest is None:
        return assignment.due_on
    completed_on = _done_on(newest.completed_at, newest.facility_zone)
    return max(assignment.due_on, schedule.next_due(completed_on, assignment.version.repeat_months))


def insert(assignments):
    """Two sweeps at the same moment plan the same cycles: the constraint lets one row through."""
    rows = iter(assignments)
    while batch := list(islice(rows, BATCH)):
        inserts = Inserts(Assignment, once=True)
        for row in batch:
            inserts.add(**{field.name: getattr(row, field.attname) for field in inserts.fields})
        with connection.cursor() as cursor:
            inserts.run(cursor)


def assign(version, rule, on, at, people):
    """First cycles for members without any; one that a recent record satisfies is followed at once by the second."""
    requirement = version.requirement
    has_one = Assignment.objects.filter(requirement=requirement, person=OuterRef("pk"))
    missing = members(rule, on, people).filter(~Exists(has_one))
    hired = Employment.objects.on(on).filter(person=OuterRef("pk")).order_by("starts_on")
    rows = list(
        _with_record(missing, requirement.course_key, "pk")
        .annotate(hired_on=Subquery(hired.values("starts_on")[:1]), placed_on=_placed_on(rule, on, people))
        .order_by("pk")
        .values_list("pk", "hired_on", "placed_on", "done_by", "done_at", "done_zone")
    )
    merged = _of_merged(requirement.course_key) if rows else {}
    satisfied = 0

    def cycles():
        nonlocal satisfied
        for person_id, hired_on, placed_on, done_by, done_at, done_zone in rows:
            done_at, done_by, done_zone = _newer((done_at, done_by, done_zone), merged.get(person_id))
            first = Assignment(
                requirement=requirement,
                version=version,
                person_id=person_id,
                course_key=requirement.course_key,
                assigned_on=on,
                due_on=schedule.first_due(
                    hired_on=hired_on,
                    placed_on=placed_on or hired_on,
                    counts_from=version.starts_on,
                    due_days=version.due_days,
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


def _placed_on(rule, on, people):
    """Since when a person holds a position that brings them into the audience; nothing where it is not a position."""
    placed = rule and selection.brought_by(rule, on, few=_are_few(people))
    if placed is None:
        return Value(None, output_field=DateField())
    return Subquery(placed.filter(person=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1])


def withdraw(version, rule, on, people):
    """Nothing is owed by people who left the audience or the company."""
    owed = Assignment.objects.open().filter(requirement=version.requirement_id)
    if people is not None:
        owed = owed.filter(person__in=people)
    gone = owed if rule is None else owed.filter(~_is_member(rule, on, people))
    return gone.update(withdrawn_on=on)


def _is_member(rule, on, people):
    """Whether the person of an assignment is in the audience; `people` is to whom the assignments were narrowed."""
    return Exists(Person.objects.in_audience(rule, on, few=_are_few(people)).filter(pk=OuterRef("person")))


def restore(version, rule, on, at, people):
    """People who came back owe what they owed, with its due date, unless they have done the course meanwhile."""
    if rule is None:
        return 0, 0
    withdrawn = Assignment.objects.filter(
        requirement=version.requirement_id, withdrawn_on__isnull=False, record__isnull=True
    )
    if people is not None:
        withdrawn = withdrawn.filter(person__in=people)
    back = withdrawn.filter(_is_member(rule, on, people))
    rows = list(_with_record(back, version.requirement.course_key, "person"))
    merged = _of_merged(version.requirement.course_key) if rows else {}
    planned = []
    for row in rows:
        row.withdrawn_on = None
        own = row.done_at, row.done_by, row.done_zone
        planned += _satisfied(row, _newer(own, merged.get(row.person_id)), version, on, at)
    Assignment.objects.bulk_update(rows, ["withdrawn_on", "record"], batch_size=BATCH)
    insert(planned)
    return len(rows), len(planned)


def satisfy_by_merged(version, on, at, people):
    """What is open and was done under an account that was merged since is satisfied, and followed."""
    merged = _of_merged(version.requirement.course_key)
    owed = Assignment.objects.open().filter(requirement=version.requirement_id, person__in=merged)
    if people is not None:
        owed = owed.filter(person__in=people)
    planned, done = [], []
    for row in owed.order_by("person", "cycle") if merged else ():
        if next_cycle := _satisfied(row, merged[row.person_id], version, on, at):
            planned += next_cycle
            done.append(row)
    Assignment.objects.bulk_update(done, ["record"], batch_size=BATCH)
    insert(planned)
    return len(done)


def _satisfied(assignment, done, version, on, at):
    """Notes a completion on the assignment if it is one of its cycle; the next cycle in a list, else nothing."""
    done_at, done_by, done_zone = done
    done_on = _done_on(done_at, done_zone)
    if not done_on or not satisfies(assignment, done_on, version.repeat_months, on):
        return []
    assignment.record_id = done_by
    return [following(assignment, done_on, version, on, at)]


def satisfies(assignment, completed_on, repeat_months, on):
    """Whether a completion is one of this cycle: recent enough, and newer than what satisfied the cycle before."""
    if not schedule.still_counts(completed_on, repeat_months, on):
        return False
    return assignment.cycle == 1 or schedule.next_due(completed_on, repeat_months) > assignment.due_on
