"""What an import does to people: new, changed, leaving, and what it leaves alone."""

import datetime

import pytest

from learning.people.importing.refused import Refused
from learning.people.models import Employment, LeavePeriod, PeopleImport, Person, PositionHeld

from .. import factory
from ..factory import AT, HIRED, TODAY
from .files import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]


def counts(this):
    return [this.counts[kind] for kind in ("new", "changed", "leaving", "unchanged")]


def held(person):
    rows = PositionHeld.objects.filter(person=person).order_by("starts_on", "pk")
    return [
        (row.position.title, row.facility.code, str(row.starts_on), row.ends_on and str(row.ends_on)) for row in rows
    ]


def refusal(imported, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        imported(*args, **kwargs)
    return str(refused.value)


def test_new_people_have_an_employment_and_a_position(imported, heard):
    this = imported([staff("100", "José", "Peña", email="JOSE@x.example", phone="+52 1", badge="B1", language="es")])
    person = Person.objects.get(number="100")
    assert (person.first_name, person.last_name, person.email) == ("José", "Peña", "jose@x.example")
    assert (person.phone, person.badge, person.language) == ("+52 1", "B1", "es")
    assert person.search_key == "100 jose pena jose@x.example b1"
    assert not person.has_usable_password()
    (job,) = person.employments.all()
    assert (job.company.name, job.employer.name, job.kind) == ("Corvina Freight", "Corvina Freight", "employee")
    assert (job.starts_on, job.ends_on, job.recorded_at) == (HIRED, None, AT)
    assert held(person) == [("Dock hand", "YARD", "2026-11-01", None)]
    assert counts(this) == [1, 0, 0, 0]
    assert (this.state, this.finished_at) == ("done", AT)
    assert heard == [[person.pk]]


def test_the_same_file_twice_changes_nothing(imported, heard):
    rows = [staff("100", manager_number="200"), staff("200", "Bea", manager_number="")]
    imported(rows)
    before = list(Employment.ever.values()), list(PositionHeld.ever.values()), list(Person.objects.values())
    heard.clear()
    this = imported(rows, at=AT + datetime.timedelta(days=1))
    assert counts(this) == [0, 0, 0, 2]
    assert (list(Employment.ever.values()), list(PositionHeld.ever.values()), list(Person.objects.values())) == before
    assert heard == []
    assert this.notes[-1] == "This very file was imported on 2026-11-24."


def test_a_transfer_keeps_what_was(imported):
    imported([staff("100")])
    factory.facility("GATE")
    later = AT + datetime.timedelta(days=1)
    this = imported([staff("100", position_from="2026-11-20", facility="GATE", last_name="Ruiz")], at=later)
    person = Person.objects.get(number="100")
    assert held(person) == [
        ("Dock hand", "YARD", "2026-11-01", "2026-11-20"),
        ("Dock hand", "GATE", "2026-11-20", None),
    ]
    (line,) = this.lines.all()
    assert line.changes == [
        ["last_name", "Pérez", "Ruiz"],
        ["position", "Dock hand · YARD, until 2026-11-19", "Dock hand · GATE, from 2026-11-20"],
    ]
    assert PositionHeld.ever.filter(version_of__isnull=False).values_list("ends_on", flat=True)[0] is None


def test_what_was_said_of_the_same_day_is_put_right(imported):
    rows = [{name: value for name, value in staff("100").items() if name != "position_from"}]
    imported(rows, since=TODAY)
    factory.facility("GATE")
    imported([rows[0] | {"facility": "GATE"}], since=TODAY)
    assert held(Person.objects.get()) == [("Dock hand", "GATE", "2026-11-24", None)]


def test_without_a_first_day_the_run_asks(imported):
    row = {name: value for name, value in staff("100").items() if name != "position_from"}
    words = refusal(imported, [row, {**row, "number": "200"}])
    assert words == "row 2 and 1 more: the file does not say from when. Say --position-from DATE."
    assert not Person.objects.exists()
    imported([row], since=datetime.date(2026, 11, 15))
    assert held(Person.objects.get()) == [("Dock hand", "YARD", "2026-11-15", None)]


def test_who_is_not_in_a_full_file_leaves(imported):
    imported([staff("100"), staff("200", "Bea")])
    this = imported([staff("100")], max_leavers=1)
    bea = Person.objects.get(number="200")
    assert counts(this) == [0, 0, 1, 1]
    assert [job.ends_on for job in bea.employments.all()] == [TODAY]
    assert held(bea) == [("Dock hand", "YARD", "2026-11-01", "2026-11-24")]
    assert bea.session_generation == 1
    assert bea.is_active


def test_who_is_not_in_a_file_of_changes_stays(imported):
    imported([staff("100"), staff("200", "Bea")])
    assert counts(imported([staff("100", "Anna")], changes_only=True)) == [0, 1, 0, 0]


def test_a_rehire_is_a_second_employment_of_the_same_person(imported):
    imported([staff("100", left_on="2026-11-10")])
    person = Person.objects.get()
    assert held(person) == [("Dock hand", "YARD", "2026-11-01", "2026-11-11")]
    imported([staff("100", hired_on="2026-11-20", position_from="2026-11-20", left_on="")])
    assert list(person.employments.values_list("starts_on", "ends_on")) == [
        (HIRED, datetime.date(2026, 11, 11)),
        (datetime.date(2026, 11, 20), None),
    ]


def test_a_last_day_is_the_last_that_counts(imported):
    imported([staff("100"), staff("200", "Bea")])
    this = imported([staff("100", left_on="2026-11-30"), staff("200", "Bea", left_on="")], max_leavers=1)
    person = Person.objects.get(number="100")
    assert person.employments.get().ends_on == datetime.date(2026, 12, 1)
    assert held(person) == [("Dock hand", "YARD", "2026-11-01", "2026-12-01")]
    assert counts(this) == [0, 0, 1, 1]
    assert person.session_generation == 0


def test_leave_begins_and_ends(imported):
    imported([staff("100", leave_from="2026-11-10", leave_until="")])
    assert list(LeavePeriod.objects.values_list("starts_on", "ends_on")) == [(datetime.date(2026, 11, 10), None)]
    imported([staff("100", leave_from="", leave_until="")])
    assert list(LeavePeriod.objects.values_list("starts_on", "ends_on")) == [(datetime.date(2026, 11, 10), TODAY)]


def test_two_people_swap_their_addresses(imported):
    imported([staff("100", email="a@x.example"), staff("200", "Bea", email="b@x.example")])
    imported([staff("100", email="b@x.example"), staff("200", "Bea", email="a@x.example")])
    assert dict(Person.objects.values_list("number", "email")) == {"100": "b@x.example", "200": "a@x.example"}


def test_an_import_is_kept(imported):
    this = imported([staff("100")])
    kept = PeopleImport.objects.get()
    assert kept == this
    assert (kept.file_name, kept.size > 50, len(kept.sha256)) == ("people.csv", True, 64)
    (line,) = kept.lines.all()
    assert (line.kind, line.row, line.number, line.name, line.writes) == ("new", 2, "100", "Ana Pérez", "")
    assert line.person_uuid == Person.objects.get().uuid
    assert kept.parts.count() == 0
