"""Packs that somebody changed: every one is refused, in a sentence that says where."""

import zipfile

import pytest

from learning.records import actions as records
from learning.records import export
from learning.records.models import EvidencePack
from learning.records.pack import actions
from learning.records.pack.verify import Wrong, verify

from .. import factory
from ..factory import AT, days
from . import doctoring, making

pytestmark = pytest.mark.django_db
STRANGE = (
    {"comment": b"CBP"},
    {"external_attr": 0o120777 << 16},
    {"date_time": (2020, 1, 1, 0, 0, 0)},
    {"extra": b"\xca\xfe\x04\0CBP!"},
)


@pytest.fixture
def path(tmp_path):
    """A good pack of eight records, one of them without its name."""
    crew = [factory.hire(str(700 + number), last_name=f"Vega {number}") for number in range(8)]
    for number, who in enumerate(crew):
        factory.record(who, completed_at=AT - days(number), score=80 + number, pass_mark=80)
    records.erase_subjects(person=crew[3], reason="Request", asked_by=crew[0], approved_by=crew[1], at=AT)
    return making.copy(making.issue(at=AT + days(1)), tmp_path / "good.zip")


def refusal(file):
    """The sentence, or None where the pack was believed."""
    try:
        verify(file)
    except Wrong as wrong:
        return str(wrong)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_one_is_refused(path, tmp_path):
    good, made = making.members(path), tmp_path / "doctored.zip"
    kinds = ("tables", "entries", "cut_alike", "files", "ledgers", "additions")
    doctored = [making.zipped(pack) for kind in kinds for pack in getattr(doctoring, kind)(good)]
    data = path.read_bytes()
    doctored += [*doctoring.cut(data), *doctoring.flipped(data, zipfile.ZipFile(path).infolist())]
    doctored += [doctoring.hidden(data, member) for member in zipfile.ZipFile(path).infolist()[1:]]
    doctored += [doctoring.described(good, **says) for says in STRANGE] + [doctoring.widened(good)]
    assert len(doctored) >= 200
    believed = []
    for number, file in enumerate(doctored):
        made.write_bytes(file)
        if refusal(made) is None:
            believed.append(number)
    assert believed == []
    for file in (making.zipped(good), doctoring.described(good)):
        made.write_bytes(file)
        assert refusal(made) is None


def test_it_says_what_is_wrong_and_where(path, tmp_path):
    good, made = making.members(path), tmp_path / "doctored.zip"
    head, first, *rest = good["records.csv"].split(b"\r\n")
    uuid = first[:36].decode()
    rows = making.lines(good["entries.jsonl"])
    moved = [rows[0] | {"index": 5}, *rows[1:]]
    eve = [rows[0] | {"subject": rows[0]["subject"] | {"first_name": "Eve"}}, *rows[1:]]
    for changed, sentence in (
        ({"records.csv": b"\r\n".join([head, *rest])}, "records.csv was changed after the pack was issued."),
        ({"verify.py": b""}, "verify.py was changed after the pack was issued."),
        ({"pack.json": good["pack.json"].replace(b'"rows": 8', b'"rows": 9')}, "pack.json, the list of files, is not"),
        ({"entries.jsonl": making.unlines(moved)}, "Entry 1/5 is not what stands in that place of the signed ledger."),
        ({"entries.jsonl": making.unlines(eve)}, f"Row 1 of records.csv (record {uuid}): name, number or mail are"),
        ({"more.txt": b""}, "more.txt is not in the list of files"),
        ({"../x": b""}, "The ZIP file holds '../x', which no pack does."),
    ):
        made.write_bytes(making.zipped(good | changed))
        assert refusal(made).startswith(sentence)


def test_whoever_issues_a_false_table_is_found_out_too(path, monkeypatch):
    """The ledger states the hash of that table, but the entries of its records say something else."""
    true = export.rows

    def false(*asked):
        return ([*row[:7], "Cybersecurity", *row[8:]] for row in true(*asked))

    monkeypatch.setattr(export, "rows", false)
    with pytest.raises(actions.NotIssued, match="says another course than its entry in the ledger"):
        making.issue(at=AT + days(2))
    assert EvidencePack.objects.count() == 1


def test_a_bomb_is_not_unpacked(path, tmp_path):
    made = tmp_path / "bomb.zip"
    bomb = making.members(path) | {"records.csv": bytes(200 << 20)}
    made.write_bytes(making.zipped(bomb))
    assert refusal(made) == "The ZIP file would unpack to far more than a pack holds."


def test_what_is_no_zip_at_all_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear officer")
    assert refusal(tmp_path / "letter.txt") == "The ZIP file is damaged: it was cut or changed on its way."
    assert refusal(tmp_path / "none.zip") == "The file cannot be read: No such file or directory."
