"""Sessions in a pack: what was held, who was there, and the sheets that everybody in the pack signed."""

import csv
import hashlib
import io

import pytest

from learning.records.erasing import actions as erasing
from learning.records.erasing import packs
from learning.records.erasing.actions import known_of
from learning.records.pack.verify import verify
from learning.records.sessions import closing

from .. import factory
from ..sessions import factory as sessions
from ..sessions.factory import AT, minutes
from .making import copy, issue, members
from .test_report import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    """A talk that two of three came to, with the sheet they signed."""
    boss = sessions.boss()
    crew = [sessions.crew(f"70{number}", boss, last_name=name) for number, name in enumerate(("Vega", "Ruiz", "Mora"))]
    held = sessions.session(crew[:2])
    sessions.actions.add_people(session=held, people=crew[2:], present=False, at=AT)
    sessions.sheet(held)
    sessions.actions.account_by_sheet(session=held, people=[who.uuid for who in crew[:2]], at=AT)
    closing.close_session(session=held, by=boss, at=AT)
    return held, crew


def test_a_session_is_told_with_its_sheet(talk, tmp_path):
    held, crew = talk
    path = copy(issue(at=AT + minutes(1)), tmp_path / "pack.zip")
    verify(path)
    (sheet,) = held.files.all()
    name = f"sheet-{str(sheet.uuid)[:8]}.jpg"
    assert hashlib.sha256(members(path)[name]).hexdigest() == sheet.sha256
    said = read(path)
    for words in (
        "Sessions and their sheets",
        "Ladders Toolbox talk",
        "Marta Reyes",
        "2 of 3",
        name,
        sheet.sha256[:16],
    ):
        assert words in said, words
    assert "Presence only: A reminder before the shift" in said
    rows = list(csv.DictReader(io.StringIO(members(path)["sessions.csv"].decode())))
    told = [(row["number"], row["present"], row["accounted"], bool(row["record"])) for row in rows]
    assert told == [("700", "yes", "sheet", True), ("701", "yes", "sheet", True), ("702", "no", "", False)]


def test_a_sheet_with_others_on_it_stays_here(talk, tmp_path):
    held, crew = talk
    path = copy(issue("people", [str(crew[0].uuid)], at=AT + minutes(1)), tmp_path / "pack.zip")
    assert [name for name in members(path) if name.startswith("sheet")] == []
    assert f"SHA-256 {held.files.get().sha256[:16]}" in read(path)
    rows = list(csv.DictReader(io.StringIO(members(path)["sessions.csv"].decode())))
    assert [row["number"] for row in rows] == ["700"]


def test_a_sheet_that_a_lawful_erasure_took_is_said_to_be_gone(talk, tmp_path):
    _held, crew = talk
    crew[0].employments.update(ends_on=factory.TODAY - factory.days(3))
    bosses = [factory.person(f"admin{number}", is_superuser=True) for number in range(2)]
    about = {"reason": "Request", "at": AT + minutes(1), "despite_retention": True}
    asked = erasing.request_erasure(person=crew[0], by=bosses[0], **about)
    erasing.approve(request=asked, by=bosses[1], at=AT + minutes(2), despite_retention=True)
    said = read(copy(issue(at=AT + minutes(3)), tmp_path / "pack.zip"))
    assert "erased on lawful request; the ledger keeps its hash" in said
    assert "none: each checked in" not in said


def test_what_is_open_or_was_cancelled_is_not_told(tmp_path):
    boss = sessions.boss()
    sessions.session([sessions.crew("700", boss)])
    called_off = sessions.session([sessions.crew("701", boss)])
    closing.cancel_session(session=called_off, reason="Fog", by=boss, at=AT)
    path = copy(issue(at=AT + minutes(1)), tmp_path / "pack.zip")
    assert "Sessions and their sheets" not in read(path) and "sessions.csv" not in members(path)


def test_an_erasure_finds_the_pack_by_who_was_only_expected(talk, tmp_path):
    _held, crew = talk
    whole, one = issue(at=AT + minutes(1)), issue("people", [str(crew[0].uuid)], at=AT + minutes(2))
    assert packs.holding(known_of(crew[2])) == [whole]
    assert packs.holding(known_of(crew[0])) == [whole, one]
