"""Where a demo is not made."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone

from learning.people.actions import register_person
from learning.people.models import Company, Person

pytestmark = pytest.mark.django_db


def refusal():
    with pytest.raises(CommandError) as error:
        call_command("demo")
    return str(error.value)


def test_not_among_other_people():
    register_person(number="1", first_name="Ana", at=timezone.now())

    assert refusal() == "This database holds other people; a demo and a real company never share one."
    assert (Person.objects.count(), Company.objects.count()) == (1, 0)


def test_not_in_a_real_company(settings):
    settings.DEMO = False

    assert refusal() == "The demo company needs demo mode; start with GATEHOUSE_MODE=demo and a home of its own."
    assert Company.objects.count() == 0


def test_not_without_courses():
    assert refusal() == "The courses are missing; run load_starter_content first."


def test_not_without_roles():
    Group.objects.filter(name="Editors").delete()

    assert refusal() == "The role “Editors” is missing; run migrate first."
