"""The programme that a new company finds: who takes which course, switched off until the company says so."""

import datetime

import pytest

from content.starter_files import StarterFiles
from content.upkeep import StarterError
from learning.assignments import starter, starter_programme
from learning.assignments.models import Requirement, RequirementVersion
from learning.people.models import Audience
from learning.people.training_roles import TRAINING_ROLES

from . import factory
from .test_files import COURSES, FILES

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
PROGRAMME = """
    audiences:
      everybody: {}
      handlers: {name: Handles seals, roles: [drivers, security]}
    requirements:
      - {course: seals, audience: handlers, due_days: 45}
"""
# The roles of the matrix's columns, in its order.
COLUMNS = ["drivers", "dock_and_warehouse", "security", "dispatch", "customs_and_shipping"]
COLUMNS += ["purchasing", "finance", "hr", "it", "management"]
# x: the course itself. Its short form for everybody is the awareness course.
MATRIX = {
    "security-awareness": "xxxxxxxxxx",
    "security-vision-and-responsibility": ".........x",
    "risk-assessment": "..x.xx..xx",
    "business-partners": "...xxxx..x",
    "cybersecurity": "xxxxxxxxxx",
    "conveyance-security": "xxxx.....x",
    "seal-security": "xxxxx....x",
    "procedural-security": "xxxxx.x..x",
    "agricultural-security": "xx..xx....",
    "physical-security": ".xx.....xx",
    "physical-access-controls": "xxxxxxxxxx",
    "personnel-security": "xxxxxxxxxx",
    "education-training-awareness": ".......x.x",
}


def test_the_programme_is_that_of_the_assignment_matrix():
    duties = starter_programme.read(FILES, COURSES)

    assert set(duties) == set(MATRIX) | {f"{course}-refresher" for course in MATRIX}
    for course, row in MATRIX.items():
        roles = set(duties[course].roles or TRAINING_ROLES)
        assert "".join("x" if role in roles else "." for role in COLUMNS) == row, course


@pytest.fixture
def folder(tmp_path):
    folder = factory.small(tmp_path)
    factory.write(folder, "programme.yaml", PROGRAMME)
    return folder


@pytest.mark.django_db
def test_requirements_are_made_for_their_audience_and_switched_off(folder):
    factory.refresher(folder)
    starter.load(at=AT, folder=folder)

    versions = RequirementVersion.objects.order_by("requirement__name")
    assert list(versions.values_list("requirement__name", "audience__name", "due_days", "active")) == [
        ("Seals, every year", "Handles seals", 45, False),
        ("Seals: refresher, every year", "Handles seals", 45, False),
    ]
    rule = Audience.objects.get(name="Handles seals").versions.get().rule
    assert rule == {"and": [{"role": ["drivers", "security"]}]}


@pytest.mark.django_db
def test_a_programme_that_changed_leaves_what_the_company_has(folder):
    starter.load(at=AT, folder=folder)
    factory.write(folder, "programme.yaml", PROGRAMME.replace("45", "60").replace("drivers, ", ""))

    report, _sentences = starter.load(at=AT, folder=folder)

    assert report.written == set()
    assert Requirement.objects.get().versions.get().due_days == 45


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("drivers", "driver"), "en/programme.yaml, handlers: there is no training role driver."),
        (("audience: handlers", "audience: all"), "en/programme.yaml: there is no audience all."),
        (("course: seals", "course: seal"), "en/programme.yaml: there is no course seal."),
    ],
)
def test_a_programme_names_what_there_is(folder, change, says):
    factory.write(folder, "programme.yaml", PROGRAMME.replace(*change))

    with pytest.raises(StarterError) as error:
        starter_programme.read(StarterFiles(folder), ["seals"])

    assert str(error.value) == says
