"""Deeds with audiences. Each is one transaction and tells `people_changed`; `at` is the instant it was recorded."""

from django.db import transaction

from .. import local_days
from ..models import Audience, AudienceVersion, Person
from ..signals import people_changed
from . import naming, rules, selection


@transaction.atomic
def set_audience(*, name, rule, at, by=None, audience=None):
    """Create an audience, or give the one of that name (or `audience`) that name and rule."""
    if audience is None:
        audience, _new = Audience.objects.get_or_create(name=name)
    audience.name = name
    audience.save(update_fields=["name"])
    set_audience_rule(audience=audience, rule=rule, at=at, by=by)
    return audience


@transaction.atomic
def set_audience_rule(*, audience, rule, at, by=None):
    """Give an audience a new version of its rule, unless it says the same already; returns the version in force.

    Those whom the old or the new rule selects are people who changed. Raises ValidationError for what is no rule.
    """
    rules.validate(rule)
    rules.refuse(naming.unknown(rule))
    rule = rules.normal(rule)
    # Two people who save at once: the second waits here and then sees the first one's version.
    Audience.objects.select_for_update(no_key=True).get(pk=audience.pk)
    latest = audience.versions.order_by("-number").first()
    if latest and rules.normal(latest.rule) == rule:
        return latest
    version = AudienceVersion.objects.create(
        audience=audience,
        number=latest.number + 1 if latest else 1,
        rule=rule,
        recorded_at=at,
        recorded_by=by,
    )
    changed = _selected([rule, latest.rule] if latest else [rule], at)
    if changed:
        people_changed.send(sender=Person, person_ids=changed, at=at)
    return version


def _selected(any_of, at):
    """Ids of the people whom any of the rules selects, each on their local date at that instant."""
    ids = []
    for day, people in local_days.everybody(at):
        condition = selection.NOBODY
        for rule in any_of:
            condition |= selection.condition(rule, day)
        selected = Person.objects.employed(day).filter(condition)
        ids += (selected if people is None else selected.filter(pk__in=people)).values_list("pk", flat=True)
    return ids
