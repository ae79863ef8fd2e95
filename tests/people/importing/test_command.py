"""The nightly run: what it says, what it returns, and who hears when it fails."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from learning.people.models import ImportSource, PeopleImport, Person

from .. import factory
from .files import staff, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "house")]


@pytest.fixture
def file(tmp_path):
    def write(rows):
        path = tmp_path / "people.csv"
        path.write_text(text(rows), encoding="utf-8")
        return str(path)

    return write


def run(*args, **options):
    out = io.StringIO()
    call_command("import_people", *args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def refused(*args, **options):
    with pytest.raises(CommandError) as error:
        run(*args, **options)
    return str(error.value)


def test_a_run_says_what_it_did(file):
    assert run(file([staff("1"), staff("2")])) == [
        "Read as UTF-8 with “,” between the columns.",
        "2 new, 0 changed, 0 leaving, 0 unchanged.",
    ]
    assert Person.objects.count() == 2


def test_a_dry_run_says_what_would_change_and_writes_nothing(file):
    factory.hire("1")
    factory.hire("3")
    assert run(file([staff("1", "Bea", last_name=""), staff("2")]), "--dry-run", "--max-leavers=1") == [
        "Read as UTF-8 with “,” between the columns.",
        "changed: 1 Ana: first_name: Ana → Bea",
        "new: 2 Ana Pérez: position: – → Dock hand · YARD, from 2026-11-01",
        "leaving: 3 Ana: left_on: – → 2026-11-23",
        "1 new, 1 changed, 1 leaving, 0 unchanged. Nothing was written.",
    ]
    assert sorted(Person.objects.values_list("number", "first_name")) == [("1", "Ana"), ("3", "Ana")]
    assert not PeopleImport.objects.exists()
    assert refused(file([staff("2")]), "--dry-run") == (
        "2 of 2 people would leave: nothing is written. If that is so, say --max-leavers 2."
    )
    assert mail.outbox == []


def test_a_failed_run_says_why_in_one_line_and_mails_hr(file):
    factory.person("hr", "Helen", role="Human resources", email="hr@x.example", language="es")
    factory.person("other", "Olga", email="other@x.example")
    limited = factory.person("hr2", "Hugo", role="Human resources", email="hr2@x.example")
    limited.limited_to.add(factory.facility())
    ImportSource.objects.create(name="Payroll")
    words = "row 2, `manager_number`: 4711 is neither in the file nor in Gatehouse"
    assert refused(file([staff("1", manager_number="4711")]), "--source=Payroll") == words
    (message,) = mail.outbox
    assert message.to == ["hr@x.example"]
    assert "people.csv" in message.subject
    assert words in message.body
    assert "/admin/imports/" in message.body
    assert PeopleImport.objects.get().errors == [[2, "manager_number", "4711 is neither in the file nor in Gatehouse"]]


def test_many_errors_are_one_line(file):
    assert refused(file([staff(""), staff(""), staff("")])) == "row 2, `number`: is empty (and 2 more)"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--source=Nobody"], "--source Nobody: no such source; there are: none yet."),
        (["--position-from=soon"], "--position-from soon: not a date; write one like 2026-12-01."),
    ],
)
def test_a_wrong_option_is_refused(file, args, words):
    assert refused(file([staff("1")]), *args) == words


def test_a_missing_file_is_a_failed_run(tmp_path):
    factory.person("hr", "Helen", role="Human resources", email="hr@x.example")
    assert refused(str(tmp_path / "none.csv")) == f"{tmp_path}/none.csv: No such file or directory."
    assert len(mail.outbox) == 1
