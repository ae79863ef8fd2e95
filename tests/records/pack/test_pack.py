"""A pack: what is in it, that it verifies by itself, and that a later one goes on from it."""

import csv
import io
import json
import subprocess
import sys
import time

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from content.models import CriteriaArea, Criterion
from learning.records import actions as records
from learning.records.ledger import actions as ledger
from learning.records.ledger.verification import verify as verify_ledger
from learning.records.models import EvidencePack, LedgerEntry
from learning.records.pack import actions, building, scope
from learning.records.pack.verify import Wrong, consistent, verify

from .. import factory
from ..factory import AT, days
from .making import copy, issue, lines, members

pytestmark = pytest.mark.django_db
FORMULA = "=1+1"


@pytest.fixture
def crew():
    people = [factory.hire(f"70{number}", last_name=f"Vega {number}") for number in range(3)]
    for number, who in enumerate(people):
        factory.record(who, completed_at=AT - days(number), score=87.5, pass_mark=80)
    return people


def table(path):
    return list(csv.reader(io.StringIO(members(path)["records.csv"].decode(), newline="")))


def test_it_holds_what_a_validator_needs(crew, tmp_path):
    pack = issue()
    path = copy(pack, tmp_path / "pack.zip")
    found = verify(path)
    assert (found.rows, found.erased, found.about["pack"]) == (3, 0, str(pack.uuid))
    assert {"README.txt", "verify.py", "pack.json", "records.csv", "records.xlsx", "entries.jsonl"} <= set(
        members(path)
    )
    assert members(path)["README.txt"].decode().count("\n") == 12
    head = table(path)[0]
    assert head[:4] == ["record", "number", "name", "position"]
    assert [row[1] for row in table(path)[1:]] == ["700", "701", "702"]


def test_the_issue_is_kept_and_stands_in_the_ledger(crew, tmp_path):
    boss = factory.person(number="boss", is_superuser=True)
    pack = issue(by=boss)
    entry = LedgerEntry.objects.get(kind="pack")
    said = json.loads(entry.body)["data"]
    assert said == {
        "pack": str(pack.uuid),
        "manifest": pack.manifest,
        "rows": 3,
        "by": str(boss.uuid),
        "scope": {"kind": "programme", "value": "", "since": None, "until": None},
    }
    assert (pack.entry, pack.to_whom, pack.why, pack.rows) == (entry, "CBP, Otay Mesa", "Validation", 3)
    assert default_storage.size(pack.file) == pack.bytes
    assert verify_ledger(at=AT)[1] == []


def test_the_shipped_program_checks_it_alone(crew, tmp_path):
    path = copy(issue(), tmp_path / "pack.zip")
    (tmp_path / "verify.py").write_bytes(members(path)["verify.py"])
    told = subprocess.run(
        [sys.executable, "-I", "verify.py", "pack.zip"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "pack.zip: every check holds.\n  3 records" in told.stdout
    (tmp_path / "pack.zip").write_bytes(path.read_bytes()[:-30])
    told = subprocess.run(
        [sys.executable, "-I", "verify.py", "pack.zip"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (
        1,
        "REFUSED. The ZIP file is damaged: it was cut or changed on its way.\n",
    )


def test_workbook_and_table_say_the_same(tmp_path):
    factory.record(factory.hire("=7", first_name=FORMULA), course="@Seals", score=87.5, pass_mark=80)
    path = copy(issue(), tmp_path / "pack.zip")
    (row,) = table(path)[1:]
    assert (row[1], row[2], row[7]) == ("'=7", f"'{FORMULA} Olmos", "'@Seals")
    sheet = openpyxl.load_workbook(io.BytesIO(members(path)["records.xlsx"])).active
    heading, cells = sheet.iter_rows(values_only=True)
    assert list(heading) == table(path)[0]
    assert cells[1:3] == ("=7", f"{FORMULA} Olmos")
    assert [cells[13], cells[14]] == [87.5, 80]
    assert all(cell.data_type != "f" for cell in sheet[2])


def test_the_same_again_has_the_same_bytes(crew, tmp_path):
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        selection = scope.Selection(scope.Scope(), user=None, at=AT)
        building.stage(folder, selection, each=None)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
        time.sleep(1.1)
    assert made[0] == made[1]


def test_a_later_pack_goes_on_from_an_earlier_one(crew, tmp_path):
    older = verify(copy(issue(), tmp_path / "older.zip"))
    for who in crew:
        factory.record(who, completed_at=AT + days(1))
    newer = verify(copy(issue(at=AT + days(2)), tmp_path / "newer.zip"))
    assert (older.rows, newer.rows) == (3, 6)
    consistent(older, newer)
    consistent(newer, older)
    strange = older._replace(heads={1: older.heads[1]._replace(origin="elsewhere.example/ledger/1")})
    with pytest.raises(Wrong, match="different ledgers"):
        consistent(strange, newer)
    rewritten = older._replace(heads={1: older.heads[1]._replace(root=bytes(32))})
    with pytest.raises(Wrong, match="The ledger was rewritten: the 5 entries"):
        consistent(rewritten, newer)


def test_a_rotated_key_and_a_new_epoch_stay_proven(crew, tmp_path, files):
    older = copy(issue(), tmp_path / "older.zip")
    ledger.rotate_key(at=AT, reason="yearly")
    rotated = copy(issue(at=AT + days(1)), tmp_path / "rotated.zip")
    (files / "ledger" / "checkpoint").unlink()
    ledger.open_epoch(at=AT + days(2), reason="the file was lost")
    factory.record(crew[0], completed_at=AT + days(2))
    newest = copy(issue(at=AT + days(3)), tmp_path / "newest.zip")
    packs = [verify(path) for path in (older, rotated, newest)]
    assert [pack.newest[0] for pack in packs] == [1, 1, 2]
    assert packs[0].key != packs[1].key
    for pair in ((packs[0], packs[1]), (packs[1], packs[2]), (packs[0], packs[2])):
        consistent(*pair)
    with pytest.raises(Wrong, match="signed with another key"):
        verify(rotated, packs[0].key)


def test_after_an_erasure_the_row_is_there_without_a_name(crew, tmp_path):
    before = verify(copy(issue(), tmp_path / "before.zip"))
    records.erase_subjects(person=crew[1], reason="Request", asked_by=crew[0], approved_by=crew[2], at=AT + days(1))
    path = copy(issue(at=AT + days(2)), tmp_path / "after.zip")
    after = verify(path)
    assert (after.rows, after.erased) == (3, 1)
    assert [row[1:3] for row in table(path)[1:]] == [["700", "Daniel Vega 0"], ["", ""], ["702", "Daniel Vega 2"]]
    assert [row["subject"] is None for row in lines(members(path)["entries.jsonl"])] == [False, True, False]
    assert [name for name, data in members(path).items() if b"Vega 1" in data] == []
    consistent(before, after)


def test_nothing_is_issued_while_the_ledger_waits(crew, files):
    issue()
    (files / "ledger" / "checkpoint").unlink()
    with pytest.raises(actions.NotIssued, match="The ledger waits, so nothing can be proven now. The checkpoint file"):
        issue(at=AT + days(1))
    assert EvidencePack.objects.count() == 1


def test_records_verify_at_five_hundred_a_second(tmp_path):
    people = [factory.hire(str(number)) for number in range(10)]
    for number in range(200):
        factory.record(people[number % 10])
    path = copy(issue(), tmp_path / "pack.zip")
    began = time.process_time()
    assert verify(path).rows == 200
    assert time.process_time() - began < 0.4


def test_each_scope_has_its_records(crew, tmp_path):
    elsewhere = factory.hire("800", at=factory.facility("PORT", "Long Beach"))
    factory.record(elsewhere, criteria=["12.1"], areas=",12,", area=12)
    port = factory.facility("PORT", "Long Beach")
    english = Locale.objects.get(language_code="en")
    area = CriteriaArea.objects.create(number=6, title="Seal security", locale=english)
    Criterion.objects.create(number="6.7", area=area, level="must", summary="Seals", locale=english)

    def numbers(*about, **days):
        path = copy(issue(*about, **days), tmp_path / "pack.zip")
        return sorted(row[1] for row in table(path)[1:])

    assert numbers() == ["700", "701", "702", "800"]
    assert numbers(scope.FACILITY, str(port.uuid)) == ["800"]
    assert numbers(scope.COMPANY, str(port.company.uuid)) == ["700", "701", "702", "800"]
    assert numbers(scope.AREA, 6) == ["700", "701", "702"]
    assert numbers(scope.CRITERION, "6.7") == ["700", "701", "702"]
    assert numbers(scope.PEOPLE, [str(crew[0].uuid), str(elsewhere.uuid)]) == ["700", "800"]
    day = AT.date() - days(1)
    assert numbers(scope.PROGRAMME, "", since=day, until=day) == ["701"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--area", "13"], "there are areas 1 to 12"),
        (["--criterion", "99.9"], "There is no criterion 99.9."),
        (["--person", "nobody"], "Nobody has these numbers: nobody."),
        (["--facility", "NONE"], "--facility NONE: there is none of that name."),
        (["--all", "--since", "soon"], "--since soon: not a date"),
        (["--all", "--since", "2026-02-01", "--until", "2026-01-01"], "is after"),
        (["--all", "--to", " "], "Say to whom"),
    ],
)
def test_the_command_refuses_in_words(crew, tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("evidence_pack", *options, "-o", str(tmp_path / "pack.zip"))
    assert not (tmp_path / "pack.zip").exists()
    assert (EvidencePack.objects.count(), LedgerEntry.objects.filter(kind="pack").count()) == (0, 0)


def test_one_command_writes_it_and_another_checks_it(crew, tmp_path, capsys):
    (tmp_path / "people.txt").write_text("700, 702\n")
    path = str(tmp_path / "pack.zip")
    call_command("evidence_pack", "--people", str(tmp_path / "people.txt"), "-o", path)
    call_command("verify_records", path)
    assert "pack.zip: every check holds.\n  2 records" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Refused. The pack is signed with another key"):
        call_command("verify_records", path, key="00" * 32)
