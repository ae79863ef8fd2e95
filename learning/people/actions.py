"""Deeds of this room. Each is one transaction and tells `people_changed`; `at` is the instant it was recorded."""

from django.contrib.auth.models import Group
from django.db import transaction

from .models import AudienceVersion, Employment, Person, PositionHeld
from .signals import people_changed


def _changed(person, at):
    people_changed.send(sender=Person, person_ids=[person.pk], at=at)


@transaction.atomic
def register_person(*, number, first_name, at, password=None, groups=(), **fields):
    """A new person, who cannot sign in without a password. `groups` are names of roles."""
    person = Person.objects.create_user(number=number, password=password, first_name=first_name, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    _changed(person, at)
    return person


@transaction.atomic
def employ(*, person, company, employer, starts_on, at, kind=Employment.Kind.EMPLOYEE, manager=None):
    """Begin an employment on that local date."""
    employment = Employment.objects.create(
        person=person,
        company=company,
        employer=employer,
        kind=kind,
        manager=manager,
        starts_on=starts_on,
        recorded_at=at,
    )
    _changed(person, at)
    return employment


@transaction.atomic
def place(*, person, position, facility, starts_on, at, company=None, ends_on=None):
    """Give a person a position at a facility from that local date; `ends_on` is the first day that no longer counts."""
    held = PositionHeld.objects.create(
        person=person,
        position=position,
        facility=facility,
        company=company or facility.company,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
    )
    _changed(person, at)
    return held


@transaction.atomic
def end_position(*, held, ends_on, at):
    """The position ends; `ends_on` is the first day that no longer counts."""
    PositionHeld.objects.filter(pk=held.pk).update(ends_on=ends_on)
    _changed(held.person, at)


@transaction.atomic
def end_employment(*, person, ends_on, at):
    """The person leaves: employments and positions still running end; `ends_on` is the first day away."""
    person.employments.filter(ends_on__isnull=True).update(ends_on=ends_on)
    person.positions_held.filter(ends_on__isnull=True).update(ends_on=ends_on)
    _changed(person, at)


@transaction.atomic
def set_audience_rule(*, audience, rule, at, by=None):
    """Give an audience a new version of its rule, unless it says the same already; returns the version in force."""
    latest = audience.versions.order_by("-number").first()
    if latest and latest.rule == rule:
        return latest
    return AudienceVersion.objects.create(
        audience=audience,
        number=latest.number + 1 if latest else 1,
        rule=rule,
        recorded_at=at,
        recorded_by=by,
    )
