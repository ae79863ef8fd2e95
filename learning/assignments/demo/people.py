"""Who comes, moves, leaves, comes back, and is away."""

import datetime

from learning.people import actions
from learning.people.inviting import actions as inviting
from learning.people.models import Invitation, Person, Tag
from learning.people.quick_add import actions as quick_add
from learning.people.signing_in import actions as signing_in

from .cast import (
    AGENCY,
    AT_THE_GATE,
    EMPLOYERS,
    EVERYBODY,
    INVITED,
    ON_LEAVE,
    PINS,
    SLIPS,
    TABLETS,
    TAGGED,
    TAGS,
    workday,
)


def events(story):
    """`(instant, what happens)`, those who manage before those whom they manage."""
    for member in EVERYBODY:
        day = workday(story.today, member.hired)
        # All who were there already at the same instant, whatever the clock of their facility says.
        at = story.morning(day, member.facility if day > story.began else "ELP")
        yield at, lambda member=member, at=at: _hire(story, member, at)
    for member in EVERYBODY:
        if member.moved:
            day = workday(story.today, member.moved[0])
            yield story.morning(day, "ELP"), lambda member=member, day=day: _move(story, member, day)
        if member.left:
            day = workday(story.today, member.left)
            at = story.morning(day, member.facility)
            yield at, lambda member=member, day=day, at=at: _leave(story, member, day, at)
        if member.back:
            day = workday(story.today, member.back)
            at = story.morning(day, member.facility)
            yield at, lambda member=member, day=day, at=at: _come_back(story, member, day, at)
    yield from _lately(story)


def _hire(story, member, at):
    person = actions.register_person(
        number=member.number,
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
        language=member.language,
        groups=member.groups,
        at=at,
    )
    day = workday(story.today, member.hired)
    actions.employ(person=person, at=at, **_employment(story, member, day))
    actions.place(person=person, at=at, **_position(story, member, day))
    if member.account:
        # One hash for all: making nine of them takes longer than anything else here.
        person.password = story.password
        person.save(update_fields=["password"])
    if member.number in PINS:
        signing_in.set_pin(person=person, pin=PINS[member.number], at=at)
    story.people[member.number] = person


def _employment(story, member, day):
    return {
        "company": story.company,
        "employer": story.employers[member.employer],
        "kind": EMPLOYERS[member.employer][1],
        "manager": story.people[member.manager] if member.manager else None,
        "starts_on": day,
    }


def _position(story, member, day):
    return {
        "position": story.positions[member.position],
        "facility": story.facilities[member.facility],
        "starts_on": day,
    }


def _move(story, member, day):
    _ago, position, facility, manager = member.moved
    person, at = story.people[member.number], story.morning(day, facility)
    held, employment = person.positions_held.get(), person.employments.get()
    # The new position first: between the two nothing is owed, and nothing would be withdrawn.
    actions.place(
        person=person,
        position=story.positions[position],
        facility=story.facilities[facility],
        starts_on=day,
        at=at,
    )
    actions.end_position(held=held, ends_on=day, at=at)
    actions.change_employment(employment=employment, manager=story.people[manager], at=at)


def _leave(story, member, day, at):
    actions.end_employment(person=story.people[member.number], ends_on=day, by=story.people["hr"], at=at)


def _come_back(story, member, day, at):
    actions.hire_again(
        person=story.people[member.number],
        employment=_employment(story, member, day),
        held=_position(story, member, day),
        by=story.people["hr"],
        at=at,
    )


def _lately(story):
    """Who is on leave, who started at the gate, and the tags that HR gave."""
    for number, (ago, ahead) in ON_LEAVE.items():
        day, ends_on = story.day(ago), story.today + datetime.timedelta(days=ahead + 1)
        at = story.morning(day, "NLD")
        yield (
            at,
            lambda number=number, day=day, ends_on=ends_on, at=at: actions.add_leave(
                person=story.people[number], starts_on=day, ends_on=ends_on, by=story.people["hr"], at=at
            ),
        )
    yesterday = story.day(1)
    at_five = story.morning(yesterday, "ELP", hour=5)
    yield at_five, lambda: _add_at_the_gate(story, yesterday, at_five)
    at_inviting = story.morning(story.day(INVITED), "ELP")
    yield at_inviting, lambda: _hand_out_slips(story, at_inviting)
    for code in TABLETS:
        at_enrolling = story.morning(story.day(TABLETS[code][0]), code)
        yield at_enrolling, lambda code=code, at=at_enrolling: _enrol_tablet(story, code, at)
    at_tagging = story.morning(story.day(TAGGED), "ELP")
    yield at_tagging, lambda: _tag(story, at_tagging)


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


def _hand_out_slips(story, at):
    hr, chosen = story.people["hr"], Person.objects.filter(number__in=SLIPS)
    inviting.invite(people=chosen, channel=Invitation.Channel.SLIP, send_at=at, by=hr, at=at)
    inviting.print_slips(people=chosen, by=hr, at=at)


def _enrol_tablet(story, code, at):
    _ago, name, by = TABLETS[code]
    signing_in.enrol_kiosk(facility=story.facilities[code], name=name, by=story.people[by], at=at)


def _tag(story, at):
    tags = {name: Tag.objects.create(name=name) for name in TAGS}
    for number in sorted({number for numbers in TAGS.values() for number in numbers}):
        given = [tag for name, tag in tags.items() if number in TAGS[name]]
        actions.change_person(person=story.people[number], tags=given, by=story.people["hr"], at=at)
