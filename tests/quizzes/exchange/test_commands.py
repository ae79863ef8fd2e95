"""The commands say what they do, and fail in one line."""

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Question

from .. import factory
from .ways import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return factory.bank("Gate")


def run(capsys, *arguments, **options):
    call_command(*arguments, **options)
    return capsys.readouterr().out


def test_a_file_comes_in_with_what_is_not_carried(capsys, bank):
    factory.question("Another language needs no row of its own?")
    out = run(capsys, "import_questions", str(SAMPLES / "every_type.xml"), bank="Gate")
    assert "line 10, new: A penalty for trying again is not carried: a question is answered once here.\n" in out
    assert "line 131, not carried: Moodle's “calculated” has no counterpart here: nothing of it is carried.\n" in out
    assert out.endswith("13 questions came in as drafts into Gate.\n")
    assert Question.objects.filter(bank=bank, live=False).count() == 13


def test_a_dry_run_writes_nothing(capsys, bank, tmp_path):
    file = tmp_path / "q.gift"
    file.write_text("First?{=a#x ~A#y}\n\nSecond?{T#a#b}")
    out = run(capsys, "import_questions", str(file), "--dry-run", bank="Gate")
    assert out == "line 1, with errors: Answers: Two answers say the same.\nNothing was written.\n"
    assert not Question.objects.exists()


def test_errors_stop_it_unless_they_are_left_out(capsys, bank, tmp_path):
    factory.question("There is a language?")
    file = tmp_path / "q.gift"
    file.write_text("First?{=a#x ~A#y}\n\nSecond?{T#a#b}")
    with pytest.raises(CommandError, match="q.gift: Some questions have errors."):
        call_command("import_questions", str(file), bank="Gate")
    assert run(capsys, "import_questions", str(file), "--leave-out-errors", bank="Gate").endswith(
        "1 questions came in as drafts into Gate.\n"
    )


@pytest.mark.parametrize(
    ("file", "title", "words"),
    [
        ("nowhere.gift", "Gate", "nowhere.gift: No such file or directory."),
        (str(SAMPLES / "documented.gift"), "Yard", "--bank Yard: no such bank; there are: Gate."),
        (__file__, "Gate", "questions come as GIFT"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(bank, file, title, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_questions", file, bank=title)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_goes_out_comes_in_again_as_the_same(capsys, bank, tmp_path, name):
    factory.true_false("=A seal?", where=bank)
    factory.true_false("Elsewhere?", where=factory.bank("Yard"))
    file = tmp_path / name
    assert run(capsys, "export_questions", bank="Gate", output=str(file)) == f"Written to {file}.\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    out = run(capsys, "import_questions", str(file), bank="Gate")
    assert out == "row 2, here already: It is in the bank already.\n0 questions came in as drafts into Gate.\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"output": "out.pdf"}, "-o out.pdf: end the name with .csv or .xlsx."),
        ({"output": "/nowhere/out.csv"}, "-o /nowhere/out.csv: No such file or directory."),
        ({"output": "out.csv", "bank": "Yard"}, "--bank Yard: no such bank."),
    ],
)
def test_an_export_that_cannot_be_says_why(bank, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("export_questions", **options)
