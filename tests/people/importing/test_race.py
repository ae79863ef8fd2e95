"""Two at the same moment."""

import pytest
from django.core.files.base import ContentFile

from learning.people.importing import actions, jobs
from learning.people.models import Person
from tests.threads import together

from .. import factory
from ..factory import AT
from .files import staff, text


@pytest.fixture
def planned(committed_database):
    factory.company()
    factory.employer()
    factory.facility()
    factory.position()

    def make(rows):
        file = ContentFile(text(rows).encode())
        this = actions.receive(file=file, name="people.csv", changes_only=True, at=AT)
        mapping = {heading: heading for heading in this.head["headings"]}
        actions.choose_columns(this=this, mapping=mapping, at=AT)
        assert jobs.run(uuid=this.uuid, at=AT) == "planned"
        actions.confirm(this=this, at=AT)
        return this

    return make


def test_two_workers_write_one_import_once(planned):
    this = planned([staff("1"), staff("2")])
    states = together(*[lambda: jobs.run(uuid=this.uuid, at=AT)] * 2)
    assert sorted(states, key=str) == [None, "done"]
    assert Person.objects.count() == 2


def test_of_two_imports_of_the_same_people_the_second_compares_again(planned):
    first, second = planned([staff("1", "Ana")]), planned([staff("1", "Bea")])
    states = together(lambda: jobs.run(uuid=first.uuid, at=AT), lambda: jobs.run(uuid=second.uuid, at=AT))
    assert sorted(states) == ["done", "planned"]
    assert Person.objects.count() == 1


def test_two_imports_cannot_close_a_circle_together(planned):
    both = [staff("1", manager_number=""), staff("2", "Bea", manager_number="")]
    jobs.run(uuid=planned(both).uuid, at=AT)
    first = planned([staff("1", manager_number="2")])
    second = planned([staff("2", "Bea", manager_number="1")])
    states = together(lambda: jobs.run(uuid=first.uuid, at=AT), lambda: jobs.run(uuid=second.uuid, at=AT))
    assert sorted(states) == ["done", "refused"]
