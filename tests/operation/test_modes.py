"""A demo and a real company never share a database."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from learning.assignments import demo
from learning.people.models import Company
from tests.assignments import factory

pytestmark = pytest.mark.django_db


def findings():
    return [finding.id for finding in run_checks(tags=["database"], databases=["default"])]


@pytest.mark.parametrize(("in_demo_mode", "found"), [(True, []), (False, ["assignments.E001"])])
def test_a_real_company_does_not_move_in_with_a_demo(settings, in_demo_mode, found):
    factory.company()
    settings.DEMO = in_demo_mode
    assert findings() == []
    Company.objects.create(uuid=demo.COMPANY_UUID, name="Whatever it is called by now")
    assert findings() == found


def test_the_first_migrate_finds_nothing_to_check(settings):
    settings.DEMO = False
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {Company._meta.db_table} RENAME TO somewhere_else")
    assert findings() == []


def test_a_demo_does_not_move_in_with_real_people():
    factory.person("4711")
    with pytest.raises(CommandError, match="holds other people"):
        call_command("demo")
