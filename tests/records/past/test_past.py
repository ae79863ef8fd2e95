"""Training from files: what is refused and where, what is recorded, and that it never passes for our own."""

import io
import json

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from learning.people.importing.errors import in_words
from learning.people.importing.refused import Refused
from learning.records.ledger.actions import sequence
from learning.records.ledger.verification import verify
from learning.records.models import LedgerEntry, PastImport, TrainingRecord
from learning.records.past import actions, jobs
from tests.queries import queries

from .. import factory
from ..factory import AT

pytestmark = pytest.mark.django_db
HEAD = "number,course,completed_on,method,check,score,pass_mark,criteria,instructor\n"


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.LEDGER_KEY, settings.LEDGER_CHECKPOINT = tmp_path / "key", tmp_path / "checkpoint"
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def hr():
    who = factory.person("hr", first_name="Ana", last_name="Ruiz")
    who.groups.add(Group.objects.get(name="Human resources"))
    return who


def receive(rows, hr, name="past.csv", head=HEAD, **says):
    return actions.receive(file=io.BytesIO((head + rows).encode()), name=name, by=hr, at=AT, **says)


def write(rows, hr):
    made = receive(rows, hr)
    assert made.errors == []
    actions.confirm(this=made)
    jobs.run_waiting(at=AT)
    return PastImport.objects.get(pk=made.pk)


def test_a_row_becomes_a_record_that_says_that_it_was_imported(hr):
    who, edition = factory.hire("307114"), factory.edition("Seal security")
    file = write("307114,seal security (EN),2026-03-02,classroom,quiz,90,80,6.1; 6.7,J. Vega\n", hr)
    record = TrainingRecord.objects.get()
    assert (file.state, file.lines.get().record, record.person, record.recorder) == ("done", record, who, hr)
    assert (record.course, record.course_key, record.edition) == ("Seal security (en)", edition.course_key, None)
    assert (record.source, record.attribution, record.imported) == ("imported", "import", True)
    assert record.completed_at == factory.local(factory.TODAY.replace(month=3, day=2))
    assert (record.score, record.pass_mark, record.criteria, record.areas) == (90, 80, ["6.1", "6.7"], ",6,")
    assert (record.position, record.instructor, str(record.expires_on)) == ("Dock hand", "J. Vega", "2027-03-02")
    assert record.cause == {"import": str(file.uuid), "file_sha256": file.sha256, "file_row": 2}
    entry = LedgerEntry.objects.get(kind="import")
    told = {"sha256": file.sha256, "past_training": str(file.uuid), "records": 1}
    assert json.loads(entry.body)["data"] == told
    sequence(at=AT)
    assert verify(at=AT)[1] == []


def test_a_course_of_elsewhere_is_one_under_its_own_name_and_presence_only(hr):
    factory.hire("1001"), factory.hire("1002")
    write("1001,Forklift basics,2025-01-10,,,,,,\n1002, forklift  BASICS,2025-01-10,toolbox talk,no,,,,\n", hr)
    first, second = TrainingRecord.objects.order_by("pk")
    assert first.course_key == second.course_key
    assert (first.method, second.method, first.expires_on, first.area) == ("classroom", "toolbox_talk", None, None)
    assert (first.presence_only, second.presence_only) == (True, True)


def test_every_broken_row_is_named_and_nothing_is_kept(hr):
    who = factory.hire("307114")
    factory.record(who, factory.local(factory.TODAY.replace(month=3, day=2)), course_key=factory.edition().course_key)
    rows = [
        ("nobody,Seal security (en),2026-03-01,,,,,,", "row 2, `number`: nobody has the number nobody"),
        ("307114,,2026-03-01,,,,,,", "row 3, `course`: is empty"),
        ("307114,A,2026-12-01,,,,,,", "row 4, `completed_on`: 2026-12-01 is in the future"),
        ("307114,A,03/04/2026,,,,,,", "row 5, `completed_on`: 03/04/2026 is two days: say above whether the day or "
         "the month comes first"),
        ("307114,A,2026-03-03,by owl,,,,,", "row 6, `method`: by owl is none of: online, classroom, toolbox_talk, "
         "on_the_job, acknowledgement"),
        ("307114,A,2026-03-04,,quiz,,80,,", "row 7, `score`: a quiz has a score"),
        ("307114,A,2026-03-05,,quiz,70,80,,", "row 8, `score`: is below the pass mark: what was not passed is not "
         "recorded as training"),
        ("307114,A,2026-03-06,,,70,,,", "row 9, `check`: there is a score, so the check was a quiz"),
        ("307114,A,2026-03-07,,quiz,101,,,", "row 10, `score`: 101 is not between 0 and 100"),
        ("307114,A,2026-03-08,,,,,six,", "row 11, `criteria`: six is not a criterion; write one like 6.1, several "
         "with ;"),
        ("307114,Seal security (en),2026-03-02,,,,,,", "row 12: this training of that day is recorded already"),
        ("307114,B,2026-03-09,,,,,,", ""),
        ("307114,b,2026-03-09,,,,,,", "row 14: says the same as row 13"),
    ]  # fmt: skip
    made = receive("".join(f"{row}\n" for row, _words in rows), hr)
    assert [in_words(error) for error in made.errors] == [words for _row, words in rows if words]
    assert (made.state, made.lines.count(), TrainingRecord.objects.count()) == ("refused", 0, 1)


@pytest.mark.parametrize(
    ("head", "rows", "words"),
    [
        ("number,course\n", "1,A\n", "has no column completed_on"),
        (HEAD, "", "nothing below it"),
        ("number,course,date,completed_on\n", "1,A,,\n", "Two columns of the file mean `completed_on`"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(hr, head, rows, words):
    with pytest.raises(Refused, match=words):
        receive(rows, hr, head=head)


def test_the_same_file_is_taken_once_and_after_a_cancel_again(hr):
    factory.hire("307114")
    row = "307114,A,2026-03-01,,,,,,\n"
    made = receive(row, hr)
    with pytest.raises(Refused, match="imported already"):
        receive(row, hr)
    actions.cancel(this=made, at=AT)
    again = receive(row, hr)
    actions.confirm(this=again)
    with pytest.raises(Refused, match="decided already"):
        actions.cancel(this=again, at=AT)
    assert (jobs.run_waiting(at=AT), jobs.run_waiting(at=AT), TrainingRecord.objects.count()) == (1, 0, 1)


def test_whom_hr_of_a_facility_may_not_see_is_nobody(hr):
    port = factory.facility("PORT", "Port")
    hr.limited_to.add(port)
    factory.hire("here", at=port), factory.hire("there")
    made = receive("here,A,2026-03-01,,,,,,\nthere,A,2026-03-01,,,,,,\n", hr)
    assert made.errors == [[3, "number", "nobody has the number there"]]


def test_checking_costs_the_same_for_many_rows(hr):
    numbers = [factory.hire(f"n{number}").number for number in range(12)]

    def cost(name, some):
        rows = "".join(f"{number},{name},2026-03-01,,,,,,\n" for number in some)
        return len(queries(lambda: receive(rows, hr)))

    # Whether HR is limited is read once.
    cost("C", numbers[:1])
    assert cost("A", numbers[:1]) == cost("B", numbers)


def test_through_the_admin_and_marked_wherever_it_is_shown(client, hr):
    factory.hire("307114")
    client.force_login(hr)
    file = SimpleUploadedFile("past.csv", (HEAD + "307114,Forklift basics,2026-03-01,,,,,,\n").encode())
    there = client.post("/admin/past-training/new/", {"file": file}).headers["Location"]
    page = client.get(there).content.decode()
    assert "1 record would be written." in page
    assert "not taught here" in page
    client.post(there, {"decision": "confirm"})
    assert client.get(there).headers["Refresh"] == "2"
    jobs.run_waiting(at=AT)
    record = TrainingRecord.objects.get()
    imported = "Imported: this training was entered from a file"
    for address in (
        f"/admin/reports/completions/{record.uuid}/",
        f"/records/{record.uuid}/certificate/",
        f"/verify/{record.code}/",
    ):
        assert imported in client.get(address, follow=True).content.decode(), address
    assert ",import,valid" in client.get("/admin/reports/completions/?export=csv").getvalue().decode()
