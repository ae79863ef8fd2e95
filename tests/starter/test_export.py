"""`export_content`: what was loaded comes out as files that load again without a change, and an edit edited."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from content.manuscript import parse, split
from content.manuscript.writing import written
from content.models import GuidePage
from content.starter_files import StarterFiles
from content.upkeep import identity
from courses.models import LessonPage, ReviewPoint
from learning.assignments import starter
from quizzes.kinds import KINDS
from quizzes.models import Quiz
from quizzes.starter_values import Values
from quizzes.starter_writing import said_of

from . import factory, spanish

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
REVIEW = "    review:\n      - {id: mark, text: Where is the mark?}\n"
FILES = [StarterFiles(), StarterFiles(language="es")]


class Itself(dict):
    """A name stands for itself."""

    def __missing__(self, name):
        return name.removeprefix("question/")

    def __contains__(self, name):
        return True


def without_ids(value):
    if isinstance(value, list):
        return [without_ids(row["value"] if isinstance(row, dict) and "value" in row else row) for row in value]
    return {name: without_ids(part) for name, part in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("files", FILES, ids=["en", "es"])
def test_every_manuscript_that_is_written_anew_reads_the_same(files):
    for path in files.find("**/*.md"):
        text = files.text(path)
        blocks = parse(text.body, key=identity(text.stem), picture=Itself().__getitem__)
        rows = [{"type": block.type, "value": without_ids(block.value)} for block in blocks]

        head, body, line = split(written(text.head, rows))
        again = parse(body, key=identity(text.stem), picture=Itself().__getitem__, line=line)

        assert head == text.head
        assert [block.row for block in again] == [block.row for block in blocks], text.file


@pytest.mark.parametrize("files", FILES, ids=["en", "es"])
def test_every_answer_that_is_written_anew_reads_the_same(files):
    for path in files.find("banks/*.yaml"):
        for data in files.yaml(path)["questions"]:
            if data["kind"] != "true_false":
                values = Values(data["id"], identity(data["id"]), Itself())
                stored = values.answer(data["kind"], data)
                assert values.answer(data["kind"], said_of(KINDS[data["kind"]].block(), stored, Itself())) == stored


@pytest.mark.parametrize(
    "html",
    [
        "<p>Two * stars, a_name, [brackets] and 1 &lt; 2 &amp;amp; so on.</p>",
        "<p># no heading</p><p>- no point</p><p>3. no number</p><p>::: no fence</p>",
        '<p>Call <b>{{dispatch phone}}</b>, <i>then</i> read <a href="/guides/checking/">this</a>.</p>',
        "<h2>Head</h2><ul><li>One<ol><li>inner</li><li>second</li></ol></li><li>Two</li></ul><p>End.</p>",
    ],
)
def test_what_looks_like_a_mark_stays_text(html):
    text = written({"title": "A"}, [{"type": "text", "value": html}])

    (block,) = parse(split(text)[1], key=identity("a"), picture=Itself().__getitem__)

    assert block.value == html


@pytest.fixture
def folder(tmp_path, db):
    folder = factory.small(tmp_path / "in")
    spanish.whole(folder)
    course = factory.COURSE.replace("draw: 2", "draw: 2, kind: true_false, of_kind: 1, unseen_first: true")
    factory.write(folder, "courses/seals/course.yaml", course + REVIEW)
    starter.load(at=AT, folder=folder)
    return folder


def export(folder):
    said = StringIO()
    call_command("export_content", "-o", str(folder), stdout=said)
    return said.getvalue().splitlines()


def test_what_was_loaded_comes_out_and_loads_again_without_a_change(folder, tmp_path):
    out = tmp_path / "out"

    assert export(out) == [f"{out / 'en'}: 9 files.", f"{out / 'es'}: 8 files."]

    names = {str(path.relative_to(out)) for path in out.rglob("*.*")}
    brought = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    assert names == brought
    report, _sentences = starter.load(at=AT, folder=out)
    assert (report.written, report.kept) == (set(), set())


def test_an_edited_lesson_comes_out_edited_and_a_draft_does_not(folder, tmp_path):
    lesson = LessonPage.objects.get(slug="fitting", locale__language_code="en")
    lesson.body.append(("warning", {"title": "Class H ran out", "text": "<p>Tell * your supervisor.</p>"}))
    lesson.save_revision().publish()
    lesson.title = "A draft"
    lesson.save_revision()

    export(out := tmp_path / "out")

    text = (out / "en/courses/seals/2-fitting.md").read_text()
    assert "::: warning Class H ran out\nTell \\* your supervisor.\n:::" in text
    assert "title: Fitting\n" in text
    blocks = parse(split(text)[1], key=identity("x"), picture=Itself().__getitem__)
    assert [block.type for block in blocks] == ["text", "figure", "monday", "warning"]


def test_an_export_over_an_earlier_one_removes_what_is_no_more(folder, tmp_path):
    export(out := tmp_path / "out")
    (out / "en" / "programme.yaml").write_text("kept: true\n")
    (out / "README.md").write_text("Ours.\n")
    GuidePage.objects.all().delete()
    ReviewPoint.objects.all().delete()

    export(out)

    assert not list(out.glob("*/guides/*"))
    assert "review" not in (out / "en/courses/seals/course.yaml").read_text()
    assert (out / "README.md").exists()
    assert (out / "en" / "programme.yaml").exists()


def test_what_the_files_cannot_say_is_told(folder, tmp_path):
    Quiz.objects.update(time_limit=10)

    said = export(tmp_path / "out")

    assert said[0] == "“Seals quiz” has rules that the files cannot say; they say the nearest."


def test_a_folder_of_something_else_is_refused(db, tmp_path):
    (tmp_path / "thesis.txt").write_text("Mine.")

    with pytest.raises(CommandError, match="holds something else. Name a new folder, or one of an earlier export."):
        export(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
