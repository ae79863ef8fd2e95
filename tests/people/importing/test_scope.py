"""For whom a file speaks: sources, prefixes, and people who are limited to facilities."""

import datetime

import pytest

from learning.people.importing.refused import Refused
from learning.people.models import Employer, Employment, ImportSource, Person, PositionHeld

from .. import factory
from ..factory import AT, TODAY
from .files import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]


@pytest.fixture
def agency():
    return Employer.objects.create(name="Staff Now", kind="agency")


@pytest.fixture
def temp(agency):
    """Somebody of the agency, whom payroll does not know."""
    who = factory.person("T-0001", "Tom")
    factory.employ(who, employer=agency, kind="temporary")
    factory.place(who)
    return who


def source(name="Payroll", employers=(), facilities=(), **fields):
    made = ImportSource.objects.create(name=name, **fields)
    made.employers.set(employers)
    made.facilities.set(facilities)
    return made


def working():
    return sorted(Person.objects.employed(TODAY).values_list("number", flat=True))


def test_a_payroll_file_without_the_agency_makes_no_agency_leaver(imported, temp):
    this = imported([staff("100")], source=source(employers=[factory.employer()]), max_leavers=0)
    assert (this.counts["leaving"], working()) == (0, ["100", "T-0001"])


@pytest.mark.parametrize("fields", [{"kinds": ["employee"]}, {"number_prefix": "P-"}])
def test_nor_does_a_source_of_other_kinds_or_numbers(imported, temp, fields):
    assert imported([staff("P-1")], source=source(**fields), max_leavers=0).counts["leaving"] == 0


def test_nor_one_of_another_facility(imported, temp):
    gate = factory.facility("GATE")
    this = imported([staff("100", facility="GATE")], source=source(facilities=[gate]), max_leavers=0)
    assert this.counts["leaving"] == 0


def test_without_a_source_a_full_file_speaks_for_everybody(imported, temp):
    assert imported([staff("100")], max_leavers=1).counts["leaving"] == 1
    assert working() == ["100"]


def test_those_added_at_the_gate_or_today_or_until_a_day_stay(imported, temp, agency):
    Person.objects.filter(pk=temp.pk).update(to_confirm=True)
    factory.employ(factory.person("1"), on=TODAY)
    factory.employ(factory.person("2"), ends_on=TODAY + datetime.timedelta(days=9))
    assert imported([staff("100")], max_leavers=0).counts["leaving"] == 0


def test_a_prefix_goes_before_numbers_and_managers_of_the_file(imported, agency):
    factory.hire("17", first_name="Own")
    factory.hire("99", first_name="Boss")
    rows = [staff("17", "Tom", manager_number="18"), staff("18", "Tim", manager_number="99")]
    imported(rows, source=source("Agency", [agency], number_prefix="AG-"))
    tom = Employment.objects.get(person__number="AG-17")
    assert (tom.manager.number, tom.employer, tom.kind) == ("AG-18", agency, "temporary")
    assert Employment.objects.get(person__number="AG-18").manager.number == "99"
    assert Person.objects.get(number="17").first_name == "Own"
    assert (
        imported(rows, source=ImportSource.objects.get(), at=AT + datetime.timedelta(days=1)).counts["unchanged"] == 2
    )


def test_a_source_remembers_columns(imported):
    mapping = {"number": "Legajo", "first_name": "Nombre", "last_name": "Apellido"}
    rows = [{"Legajo": "1", "Nombre": "Ana", "Apellido": "Ruiz"}]
    imported(rows, source=source(mapping=mapping), since=TODAY)
    assert Person.objects.get().get_full_name() == "Ana Ruiz"
    with pytest.raises(Refused, match="The file has no column “Legajo”."):
        imported([staff("2")], source=ImportSource.objects.get())


def test_a_source_remembers_what_words_mean(imported):
    folded = {"position": {"muellero": str(factory.position().uuid)}}
    imported([staff("1", position="MUELLERO")], source=source(matches=folded))
    assert PositionHeld.objects.get().position.title == "Dock hand"


def test_a_source_of_one_facility_ends_no_position_elsewhere(imported):
    who = factory.hire("1")
    factory.place(who, "Guard", "GATE")
    gate = factory.facility("GATE")
    row = staff("1", position="Driver", facility="GATE", position_from="2026-11-20")
    imported([row], source=source(facilities=[gate]), create=("position",))
    held = PositionHeld.objects.on(TODAY).filter(person=who).values_list("position__title", "facility__code")
    assert sorted(held) == [("Dock hand", "YARD"), ("Driver", "GATE")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (staff("100", facility="GATE"), "row 2, `facility`: GATE is not one of your facilities"),
        (staff("100", facility="", position=""), "row 2, `facility`: is empty: name one of your facilities"),
        (staff("900"), "row 2, `number`: you cannot use 900"),
        (staff("100", manager_number="900"), "row 2, `manager_number`: 900 is neither in the file nor in Gatehouse"),
    ],
)
def test_who_is_limited_to_facilities_imports_only_for_those(imported, row, words):
    factory.hire("900", code="GATE")
    with pytest.raises(Refused) as refused:
        imported([row], limits=(factory.facility().pk,))
    assert str(refused.value) == words
    assert not Person.objects.filter(number="100").exists()


def test_a_full_file_of_somebody_limited_archives_nobody_elsewhere(imported):
    factory.hire("900", code="GATE")
    factory.hire("800")
    imported([staff("100")], limits=(factory.facility().pk,), max_leavers=1)
    assert working() == ["100", "900"]


def test_the_address_of_an_administrator_is_left_alone(imported):
    factory.person("root", "Root", role="Administrators", email="root@x.example")
    row = {"number": "root", "first_name": "Rita", "last_name": "", "email": "evil@x.example"}
    this = imported([row], changes_only=True)
    root = Person.objects.get(number="root")
    assert (root.first_name, root.email) == ("Rita", "root@x.example")
    assert "1 address is left as it is" in this.notes[-1]
    imported([row], changes_only=True, may_change_accounts=True)
    assert Person.objects.get(number="root").email == "evil@x.example"


def test_a_merged_account_is_not_brought_back(imported):
    old = factory.person("1")
    Person.objects.filter(pk=old.pk).update(merged_into=factory.person("2"))
    with pytest.raises(Refused, match="1 was merged into another account"):
        imported([staff("1")])


def test_somebody_elses_address_is_refused(imported):
    factory.person("1", email="ana@x.example")
    with pytest.raises(Refused) as refused:
        imported([staff("2", email="ANA@x.example")], changes_only=True)
    assert str(refused.value) == "row 2, `email`: somebody else has ana@x.example"
