"""Somebody starts at 05:00 and HR sleeps: the least that training and sign-in need, to be confirmed later."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import change_log
from ..actions import change_person, employ, hire_again, lock_line, place, tell
from ..models import Company, Employer, Employment, Person

NUMBER = re.compile(r"t-(\d+)", re.IGNORECASE)
KINDS = {
    Employer.Kind.OWN: Employment.Kind.EMPLOYEE,
    Employer.Kind.AGENCY: Employment.Kind.TEMPORARY,
    Employer.Kind.CONTRACTOR: Employment.Kind.CONTRACTOR,
    Employer.Kind.CARRIER: Employment.Kind.PARTNER,
}


def _next_number():
    """T-0001, T-0002 …: never one that was given before, also when its person has a real number by now."""
    # Everybody who adds somebody waits here for the one before.
    lock_line()
    counter = Company.objects.order_by("pk")
    company = counter.first()
    taken = {
        int(found[1])
        for number in Person.objects.filter(number__istartswith="T-").values_list("number", flat=True)
        if (found := NUMBER.fullmatch(number))
    }
    number = company.temporary_numbers + 1
    while number in taken:
        number += 1
    counter.filter(pk=company.pk).update(temporary_numbers=number)
    return f"T-{number:04}"


def _agency(name):
    """The employer of that name, in whatever capitals; an agency when it is new."""
    name = " ".join(name.split())
    return Employer.objects.filter(name__iexact=name).first() or Employer.objects.create(
        name=name, kind=Employer.Kind.AGENCY
    )


def _work(employer, position, facility, manager, days):
    if isinstance(employer, str):
        employer = _agency(employer)
    employment = {"company": facility.company, "employer": employer, "kind": KINDS[employer.kind], "manager": manager}
    return employment | days, {"position": position, "facility": facility} | days


@transaction.atomic
def add_quickly(
    *,
    first_name,
    last_name,
    employer,
    position,
    facility,
    starts_on,
    ends_on,
    at,
    by,
    manager=None,
    uuid=None,
    **fields,
):
    """A person with a number of the system's, at work from today, for HR to confirm.

    `employer` is one or the name of one. `uuid` is that of the form: sent twice, it adds one person.
    """
    lock_line()
    if uuid and (already := Person.objects.filter(uuid=uuid).first()):
        return already
    days = {"starts_on": starts_on, "ends_on": ends_on}
    employment, held = _work(employer, position, facility, manager, days)
    person = Person(number=_next_number(), first_name=first_name, last_name=last_name, to_confirm=True, **fields)
    if uuid:
        person.uuid = uuid
    person.set_unusable_password()
    person.save(force_insert=True)
    change_log.write(person, "add_quickly", at=at, by=by, what=str(employment["employer"]))
    employ(person=person, at=at, by=by, **employment)
    place(person=person, at=at, by=by, **held)
    return person


@transaction.atomic
def welcome_back(*, person, employer, position, facility, starts_on, ends_on, at, by, manager=None):
    """Somebody who worked here before begins again, under the number that they had."""
    days = {"starts_on": starts_on, "ends_on": ends_on}
    employment, held = _work(employer, position, facility, manager, days)
    hire_again(person=person, employment=employment, held=held, at=at, by=by, reason=_("Begins again at the gate"))
    Person.objects.filter(pk=person.pk).update(to_confirm=True)
    return person


def refuse_number(person, number, by):
    """Raises ValidationError when somebody else has that number already; who, if `by` may see everybody."""
    taken = Person.objects.filter(number__iexact=number).exclude(pk=person.pk).first()
    if taken and by and by.facility_limits:
        raise ValidationError(_("Somebody else has this staff number."))
    if taken:
        message = _("%(person)s has this staff number. If it is the same person, merge the two.")
        raise ValidationError(message, params={"person": taken.get_full_name()})


@transaction.atomic
def confirm(*, person, at, by, **fields):
    """HR has looked: what is said about the person, the real number among it, is right."""
    refuse_number(person, fields.get("number", person.number), by)
    change_person(person=person, at=at, by=by, **fields)
    Person.objects.filter(pk=person.pk).update(to_confirm=False)
    person.to_confirm = False
    change_log.write(person, "confirm", at=at, by=by)
    tell([person.pk], at)
    return person
