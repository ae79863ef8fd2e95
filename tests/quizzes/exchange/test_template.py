"""The template: out and in again is the same, for every kind; and what a spreadsheet or a person does to it."""

import datetime
import io
import uuid
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Locale

from quizzes.exchange import reading
from quizzes.exchange.contents import content_of
from quizzes.exchange.plain import plain, raw
from quizzes.exchange.refused import Refused
from quizzes.exchange.template import columns, writing
from quizzes.kinds import KINDS, forgiving
from quizzes.models import Question

from .. import answers
from .ways import found, one

# Pictures are rows of the database.
pytestmark = pytest.mark.django_db

# What a browser may send: anything but control signs; the ends are stripped by the form.
SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
WORDS = st.text(SIGNS, min_size=1, max_size=20).map(str.strip).filter(bool)
TRICKY = st.sampled_from(
    ["=1+1", "'=x", "''+1", "@a", "-", "1e5", "0017", "yes", 'a"b', "a;b,c", "_x0041_", "#N", "{1}"]
)
TEXT = st.one_of(TRICKY, WORDS, st.lists(WORDS, min_size=2, max_size=3).map("\n".join))
NUMBERS = st.decimals(-999_999, 999_999, places=6, allow_nan=False)


def values(block):
    """Plain data that a block may hold, whatever it means."""
    if isinstance(block, blocks.StructBlock):
        return st.fixed_dictionaries({name: values(child) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.ListBlock):
        return st.lists(values(block.child_block), min_size=1, max_size=3)
    if isinstance(block, blocks.BooleanBlock):
        return st.booleans()
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([value for value, _label in block.field.choices if value])
    if isinstance(block, blocks.DecimalBlock):
        return NUMBERS.map(str)
    if isinstance(block, blocks.IntegerBlock):
        return st.integers(0, 100)
    if isinstance(block, ImageChooserBlock):
        return st.just(answers.picture())
    return TEXT if block.required else st.one_of(st.just(""), TEXT)


def made(kind, data, prompt="Q?", explanation=""):
    key = uuid.uuid4()
    answer = [{"type": kind, "id": str(key), "value": raw(KINDS[kind].block(), data, key)}]
    return Question(
        translation_key=key,
        locale=Locale(language_code="es"),
        prompt=prompt,
        answer=answer,
        explanation=explanation,
        difficulty=3,
    )


def as_csv(question):
    return "".join(writing.csv_text(_cells(question))).encode()


def as_xlsx(question, path):
    writing.write_xlsx(iter(_cells(question)), path)
    return path.read_bytes()


def _cells(question):
    return [[row.get(column, "") for column in columns.all_columns()] for row in writing.rows_of_one(question)]


@pytest.mark.parametrize("kind", KINDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(data=st.data())
def test_out_and_in_again_is_the_same(tmp_path, kind, data):
    question = made(kind, data.draw(values(KINDS[kind].block())), data.draw(TEXT), data.draw(st.just("") | TEXT))
    for file, name in ((as_csv(question), "out.csv"), (as_xlsx(question, tmp_path / "out.xlsx"), "out.xlsx")):
        (again,) = found(file, name)
        assert again.content() == content_of(question)
        assert again.source_id == str(question.translation_key)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_kind_goes_out_and_comes_in_without_a_problem(kind):
    block = KINDS[kind].block()
    question = made(kind, plain(block, answers.value(kind)))
    (again,) = found(as_csv(question), "out.csv")
    assert (again.problems, again.notes, again.value) == ([], [], plain(block, answers.value(kind)))


def test_no_cell_of_an_export_is_a_formula(tmp_path):
    value = plain(
        KINDS["number"].block(), answers.value("number", unit="@SUM", value="-3", reason="=cmd|' /C calc'!A0")
    )
    question = made("number", value, prompt="=1+1", explanation="+1\n-2")
    text = as_csv(question).decode()
    assert "'=1+1," in text and "'@SUM" in text and "'-3," in text and '"\'+1\n-2"' in text and "'=cmd|" in text
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(question, tmp_path / "out.xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=1+1", "@SUM", "-3"} <= {cell.value for cell in cells}


HEAD = "kind,question,part,text,right,reason,credit,difficulty,value,tolerance\n"


def test_a_question_takes_a_row_and_each_part_a_row_below():
    question = one(
        HEAD + "single_choice,Which seal?,,,,,,hard,,\n,,options,H,yes,High,,,,\n,,options,I,,Low,,,,\n", "q.csv"
    )
    assert (question.where, question.difficulty, question.language) == ("row 2", 3, "en")
    assert question.value == {
        "options": [{"text": "H", "right": True, "reason": "High"}, {"text": "I", "right": False, "reason": "Low"}]
    }


def test_parts_of_parts_belong_to_the_part_above_them():
    question = one(
        HEAD + "blanks,Fill.,,A {1} seal of {2}.,,,,,,\n"
        ",,blanks,,,Why,,,,\n,,words,bolt,yes,,,,,\n,,words,strap,no,,,,,\n"
        ",,blanks,,,,,,,\n,,words,steel,x,,,,,\n,,words,tin,,,,,,\n",
        "q.csv",
    )
    assert question.problems == []
    assert [(gap["reason"], [word["text"] for word in gap["words"]]) for gap in question.value["blanks"]] == [
        ("Why", ["bolt", "strap"]),
        ("", ["steel", "tin"]),
    ]


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_of_any_delimiter_and_encoding(delimiter, encoding):
    rows = [["Kind", "Question", "part", "text", "right"], ["Single choice", "¿Cuál?", "", "", ""]]
    rows += [["", "", "options", "Sí", "SÍ"], ["", "", "options", "Nó", "no"]]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    question = one(text.encode(encoding), "q.csv")
    assert (question.kind, question.prompt) == ("single_choice", "¿Cuál?")
    assert [(row["text"], row["right"]) for row in question.value["options"]] == [("Sí", True), ("Nó", False)]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("choice,Q?,,,,,,,,\n", ["row 2, `kind`: write one of " + ", ".join(KINDS) + "."]),
        (
            "single_choice,Q?,,,,,,,,\n,,option,a,yes,,,,,\n",
            ["row 3, `part`: there is no “option” here; there is: options."],
        ),
        ("number,Q?,,,,why,,,18,much\n", ["row 2, `tolerance`: “much”: write a number like 12 or 12.5."]),
        ("number,Q?,,,,why,,soft,18,1\n", ["row 2, `difficulty`: write easy, middle or hard."]),
        (
            "single_choice,Q?,,,,,,,,\n,,options,a,perhaps,r,,,,\n,,options,b,,r,each,,,\n",
            ["row 3, `right`: “perhaps”: write yes or no.", "row 4, `credit`: nothing stands here in such a row."],
        ),
        (
            "single_choice,Q?,,,,,,,,\n,,options,#REF!,yes,r,,,,\n",
            ["row 3, `text`: “#REF!” is a mistake in the spreadsheet."],
        ),
        (
            "multiple_response,Q?,,,,,some,,,\n,,options,a,yes,r,,,,\n,,options,b,,r,,,,\n",
            ["row 2, `credit`: “some”: write one of all, each."],
        ),
        ("single_choice,Q?,,,,,,,,\n,,options,a,yes,r,,,,\n", ["Answers: The minimum number of items is 2"]),
    ],
)
def test_errors_name_row_and_column(rows, problems):
    assert one(HEAD + rows, "q.csv").problems == problems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,text\na,b\n", "There is no column kind, question: take the template, and leave its heading as it is."),
        ("kind,question,kind\n", "Two columns are called kind."),
        (HEAD, "There is no question in the file."),
        (HEAD + ",,options,a,yes,,,,,\n", "Row 2 is a part of a question, and no question stands above it."),
        (HEAD + '"a,b\n', "Row 2: a quotation mark is opened and not closed, or the other way round."),
        ("kind\0,question", "There are NUL bytes in the file: it is not text."),
    ],
)
def test_a_file_that_is_no_template_says_why(text, words):
    with pytest.raises(Refused) as refused:
        found(text, "q.csv")
    assert str(refused.value) == words


def test_columns_that_nobody_knows_are_told():
    _form, read = reading.read((HEAD.strip() + ",colour\ntrue_false,Q?,,,,,,,,,3\n").encode(), "q.csv", "en")
    assert read.notes == ["Not used: the columns colour."]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_what_a_spreadsheet_makes_of_cells():
    rows = [["kind", "question", "value", "tolerance", "reason"], ["number", 2024, 18, 0.5, True]]
    question = one(workbook(*rows), "q.xlsx")
    assert (question.prompt, question.problems) == ("2024", [])
    assert question.value == {"value": "18", "tolerance": "0.5", "unit": "", "reason": "yes"}


def test_a_date_that_a_spreadsheet_made_is_refused_in_words():
    rows = [["kind", "question"], ["number", datetime.date(2026, 1, 2)]]
    with pytest.raises(Refused, match="Row 2: the spreadsheet made the date 2026-01-02 00:00:00 of what was typed."):
        found(workbook(*rows), "q.xlsx")


def bomb(name, text):
    """A workbook of ours with one part that unpacks to far more."""
    old, new = zipfile.ZipFile(io.BytesIO(workbook(["kind", "question"]))), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in old.infolist():
            archive.writestr(part.filename, text if part.filename == name else old.read(part))
    return new.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (lambda: b"PK\x03\x04 no archive", "q.xlsx", "The workbook is damaged"),
        (lambda: b"kind,question", "q.xlsx", "q.xlsx is not a workbook, whatever its name says."),
        (lambda: workbook(["kind"]), "q.csv", "This is an archive or a workbook."),
        (lambda: b"\xd0\xcf\x11\xe0", "q.xls", "This is an old Excel file, or one with a password"),
        (lambda: b"text", "q.docx", "q.docx: questions come as GIFT (.txt, .gift), Moodle XML, CSV or XLSX."),
        (lambda: bomb("xl/worksheets/sheet1.xml", " " * 70_000_000), "q.xlsx", "The workbook unpacks to far more"),
        (
            lambda: bomb("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
            "q.xlsx",
            "The workbook is damaged",
        ),
    ],
)
def test_workbooks_that_are_none_or_mean_harm(data, name, words):
    with pytest.raises(Refused) as refused:
        found(data(), name)
    assert str(refused.value).startswith(words)


def test_the_empty_template_has_every_column_and_help_for_every_kind(tmp_path):
    writing.write_xlsx(iter([]), tmp_path / "empty.xlsx")
    book = openpyxl.load_workbook(tmp_path / "empty.xlsx")
    assert [cell.value for cell in book.worksheets[0][1]] == list(columns.all_columns())
    helped = list(book.worksheets[1].values)
    assert {row[0] for row in helped[1:]} == {"all", *KINDS}
    assert ("blanks", "words", "right", "These words are right. yes | no", None) in helped
    for kind in KINDS:
        own = {(part, column) for name, part, column, *_rest in helped if name == kind}
        wanted = {
            (part or None, column)
            for part, block in columns.rows_of(KINDS[kind].block())
            for column in columns.leaves(block)
        }
        assert wanted <= own


def test_every_kind_has_its_place_in_the_columns():
    """Lists stand in lists or in the question itself, and no column means two things."""
    for kind in KINDS.values():
        for _part, block in columns.rows_of(kind.block()):
            assert not set(columns.leaves(block)) & {*columns.QUESTION, columns.PART}
            for child in getattr(block, "child_blocks", {}).values():
                assert not isinstance(child, blocks.StreamBlock)
                if isinstance(child, blocks.StructBlock):
                    assert columns.lists(child) == {}


def test_checking_leaves_the_blocks_of_the_admin_alone():
    forgiving.block_of("single_choice")
    options = KINDS["single_choice"].block().child_blocks["options"].child_block
    assert options.child_blocks["reason"].field.required is True
