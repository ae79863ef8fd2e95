"""`export_content`: what was loaded comes out as files that load again without a change, and an edit edited."""

import datetime
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction

from content.manuscript import parse, split
from content.manuscript.writing import written
from content.models import GuidePage
from content.starter_files import FOLDER, StarterFiles
from content.upkeep import identity
from courses.models import LessonPage, ReviewPoint
from learning.assignments import starter
from learning.assignments.actions import set_requirement
from learning.assignments.models import Requirement
from quizzes.kinds import KINDS
from quizzes.models import Quiz
from quizzes.starter_values import Values
from quizzes.starter_writing import said_of

from . import factory, spanish

AT = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
REVIEW = "    review:\n      - {id: mark, text: 'Where is the mark?'}\n"
REVIEW_ES = REVIEW.replace("Where is the mark?", "¿Dónde está la marca?")
TEACHES = "minutes: 5\nobjectives: [seal-fit]\ncriteria: ['6.1', '6.10']\n"
PROGRAMME = """
    audiences:
      handlers: {name: Handles seals, roles: [drivers, security]}
      everybody: {}
    requirements:
      - {course: seals, audience: handlers, due_days: 45}
      - {course: seals-refresher, audience: everybody, due_days: 20}
"""
BOTH = [StarterFiles(), StarterFiles(language="es")]


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


@pytest.mark.parametrize("files", BOTH, ids=["en", "es"])
def test_every_manuscript_that_is_written_anew_reads_the_same(files):
    for path in files.find("**/*.md"):
        text = files.text(path)
        blocks = parse(text.body, key=identity(text.stem), picture=Itself().__getitem__)
        rows = [{"type": block.type, "value": without_ids(block.value)} for block in blocks]

        head, body, line = split(written(text.head, rows))
        again = parse(body, key=identity(text.stem), picture=Itself().__getitem__, line=line)

        assert head == text.head
        assert [block.row for block in again] == [block.row for block in blocks], text.file


@pytest.mark.parametrize("files", BOTH, ids=["en", "es"])
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
def files(tmp_path):
    folder = factory.small(tmp_path / "in")
    spanish.whole(folder)
    course = factory.COURSE.replace("draw: 2", "draw: 2, kind: true_false, of_kind: 1, unseen_first: true")
    factory.write(folder, "courses/seals/course.yaml", course + REVIEW)
    spanish.write(folder, "courses/seals/course.yaml", spanish.COURSE + REVIEW_ES)
    spanish.write(folder, "glossary.yaml", "terms: []\n")
    for language in ("en", "es"):
        path = folder / language / "courses/seals/2-fitting.md"
        path.write_text(path.read_text().replace("minutes: 5\n", TEACHES))
    factory.refresher(folder)
    factory.write(folder, "programme.yaml", PROGRAMME)
    return folder


@pytest.fixture
def folder(files, db):
    starter.load(at=AT, folder=files)
    return files


def export(folder):
    out = StringIO()
    call_command("export_content", "-o", str(folder), stdout=out)
    return out.getvalue().splitlines()


def said(path):
    return yaml.safe_load(path.read_text())


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_what_was_loaded_comes_out_and_loads_again_without_a_change(folder, tmp_path):
    out = tmp_path / "out"

    assert export(out) == [f"{out / 'en'}: 12 files.", f"{out / 'es'}: 9 files."]

    names = {str(path.relative_to(out)) for path in out.rglob("*.*")}
    brought = {str(path.relative_to(folder)) for path in folder.rglob("*.*")}
    assert names == brought
    report, _sentences = starter.load(at=AT, folder=out)
    assert (report.written, report.kept) == (set(), set())


def test_the_programme_what_lessons_teach_and_points_to_review_come_out_as_they_were_said(folder, tmp_path):
    export(out := tmp_path / "out")

    assert said(out / "en/programme.yaml") == yaml.safe_load(PROGRAMME)
    assert said(out / "en/courses/seals/course.yaml")["review"] == yaml.safe_load(REVIEW)["review"]
    assert said(out / "es/courses/seals/course.yaml")["review"] == yaml.safe_load(REVIEW_ES)["review"]
    for language, topics in (("en", ["classes"]), ("es", ["clases"])):
        (focus,) = said(out / language / "criteria.yaml")["focus_areas"]
        assert focus["areas"][0]["criteria"][1]["training_topics"] == topics
        head, *_rest = split((out / language / "courses/seals/2-fitting.md").read_text())
        assert (head["objectives"], head["criteria"]) == (["seal-fit"], ["6.1", "6.10"])
    # What no row says stays what it was, or is that which came along.
    assert (out / "es/glossary.yaml").read_bytes() == (FOLDER / "es/glossary.yaml").read_bytes()


@pytest.mark.django_db
def test_what_came_out_comes_out_of_an_empty_database_byte_for_byte(files, tmp_path):
    first = by_way_of_an_empty_database(files, tmp_path / "first")
    second = by_way_of_an_empty_database(first, tmp_path / "second")

    assert len(files_of(first)) == 21
    assert files_of(second) == files_of(first)


def by_way_of_an_empty_database(folder, out):
    with transaction.atomic():
        starter.load(at=AT, folder=folder)
        export(out)
        transaction.set_rollback(True)
    return out


def test_a_requirement_that_the_programme_cannot_say_is_told(folder, tmp_path):
    requirement = Requirement.objects.get(name__startswith="Seals, ")
    version = requirement.versions.get()
    terms = {"course_key": requirement.course_key, "audience": version.audience, "due_days": 5, "starts_on": AT.date()}
    set_requirement(requirement=requirement, name="Seals twice a year", repeat_months=6, at=AT, **terms)

    lines = export(out := tmp_path / "out")

    assert lines[0].startswith("“Seals twice a year” is left out. ")
    assert [row["course"] for row in said(out / "en/programme.yaml")["requirements"]] == ["seals-refresher"]


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
    (out / "es" / "glossary.yaml").write_text("terms: [ours]\n")
    (out / "README.md").write_text("Ours.\n")
    GuidePage.objects.all().delete()
    ReviewPoint.objects.all().delete()

    export(out)

    assert not list(out.glob("*/guides/*"))
    assert "review" not in (out / "en/courses/seals/course.yaml").read_text()
    assert (out / "README.md").exists()
    assert (out / "es" / "glossary.yaml").read_text() == "terms: [ours]\n"


def test_what_the_files_cannot_say_is_told(folder, tmp_path):
    Quiz.objects.update(time_limit=10)

    said = export(tmp_path / "out")

    assert said[0] == "“Seals quiz” has rules that the files cannot say; they say the nearest."


def test_a_folder_of_something_else_is_refused(db, tmp_path):
    (tmp_path / "thesis.txt").write_text("Mine.")

    with pytest.raises(CommandError, match="holds something else. Name a new folder, or one of an earlier export."):
        export(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
