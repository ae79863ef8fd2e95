"""The way of a file through the admin, and the files that come out of it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import Picture
from quizzes.exchange.template import columns
from quizzes.models import Question, QuestionImport
from tests.people import factory as people
from tests.queries import queries

from .. import factory
from .ways import SAMPLES

pytestmark = pytest.mark.django_db

TEXT = "First?{=a#x ~b#y}\n\nSecond?{=a#x ~A#y}\n\n// <b>[tag:t]\nThird <seal no>?{T#no#yes}\n\nFourth\n"


@pytest.fixture
def editor(client):
    who = people.hire("7", "Clerk", "YARD", role="Editors")
    client.force_login(who)
    return who


def upload(client, data=TEXT, name="q.gift", **fields):
    data = data if isinstance(data, bytes) else data.encode()
    form = {"file": SimpleUploadedFile(name, data), "bank": factory.bank().pk, "language": "en"} | fields
    return client.post(reverse("questions_import"), form)


def show(client, this, **asked):
    return client.get(reverse("question_import", args=[this.uuid]), asked).content.decode()


def post(client, deed, this, **fields):
    return client.post(reverse(f"question_import_{deed}", args=[this.uuid]), fields, follow=True).content.decode()


def test_from_the_file_to_the_drafts(client, editor):
    assert "Earlier imports" not in client.get(reverse("questions_import")).content.decode()
    response = upload(client)
    this = QuestionImport.objects.get()
    assert response.headers["Location"] == reverse("question_import", args=[this.uuid])
    assert (this.by, this.bank, this.file_name) == (editor, factory.bank(), "q.gift")
    page = show(client, this)
    assert "Read as GIFT, for the bank “Seals”." in page
    assert "Third &lt;seal no&gt;?" in page
    assert "Answers: Two answers say the same." in page
    assert "Tags: t<" in page
    assert "1 question has errors." in page
    refused = post(client, "confirm", this)
    assert "Some questions have errors. Correct the file, or say that they are to be left out." in refused
    assert not Question.objects.exists()
    done = post(client, "confirm", this, leave_out="on")
    assert "2 questions came in as drafts." in done
    assert [row.prompt for row in Question.objects.order_by("pk")] == ["First?", "Third <seal no>?"]
    first = Question.objects.order_by("pk").first()
    link = reverse(Question.snippet_viewset.get_url_name("edit"), args=[first.pk])
    assert link in done
    assert client.get(link).status_code == 200
    assert "q.gift" in client.get(reverse("questions_import")).content.decode()


def test_each_question_is_shown_as_it_is_asked(client, editor):
    upload(client)
    this = QuestionImport.objects.get()
    page = client.get(reverse("question_import_asked", args=[this.uuid, 1])).content.decode()
    assert '<fieldset class="question" lang="en">' in page
    assert "First?" in page and "Choose one answer." in page
    # One with errors, one that is left out, and none.
    for number in (2, 4, 9):
        assert client.get(reverse("question_import_asked", args=[this.uuid, number])).status_code == 404
    assert not Question.objects.exists()


def test_a_picture_that_comes_along_is_shown_before_it_is_imported(client, editor):
    upload(client, (SAMPLES / "every_type.xml").read_bytes(), "moodle.xml")
    there = reverse("question_import_asked", args=[QuestionImport.objects.get().uuid, 1])
    assert '<img src="data:image/png;base64,iVBOR' in client.get(there).content.decode()
    assert not Picture.objects.exists()


def test_an_import_without_reasons_is_shown_with_its_answers(client, editor):
    upload(client, "First?{=a ~b}")
    page = client.get(reverse("question_import_asked", args=[QuestionImport.objects.get().uuid, 1])).content.decode()
    assert page.count('type="radio"') == 2


def test_cancelling_asks_nothing_more(client, editor):
    upload(client)
    assert "Nothing was imported." in post(client, "cancel", QuestionImport.objects.get())
    this = QuestionImport.objects.get()
    assert "Cancelled: nothing came in" in show(client, this)
    assert "This import is over: cancelled." in post(client, "confirm", this, leave_out="on")
    assert not Question.objects.exists()


def test_the_same_file_again_says_so(client, editor):
    upload(client, "First?{T#a#b}")
    post(client, "confirm", QuestionImport.objects.get())
    upload(client, "First?{T#a#b}")
    page = show(client, QuestionImport.objects.first())
    assert "This very file came in on" in page
    assert "It is in the bank already." in page
    assert "There is nothing new to import." in page


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ("x", "q.docx", "q.docx: questions come as GIFT (.txt, .gift), Moodle XML, CSV or XLSX."),
        ("", "q.gift", "The submitted file is empty."),
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "q.xml", "The file declares a document type or entities"),
        ("name\nx", "q.csv", "There is no column kind, question"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_not_kept(client, editor, data, name, words):
    assert words in upload(client, data, name).content.decode()
    assert not QuestionImport.objects.exists()


def test_rows_are_shown_by_their_state_and_by_pages_at_the_same_cost(client, editor):
    upload(client, "\n\n".join(f"Question {number}?{{T#a#b}}" for number in range(3)) + "\n\nOpen?")
    few = QuestionImport.objects.first()
    upload(client, "\n\n".join(f"Question {number}?{{T#a#b}}" for number in range(120)))
    many = QuestionImport.objects.first()
    page = show(client, many, p=3)
    assert "Question 119?" in page and "Question 99?" not in page
    assert "Open?" in show(client, few, what="left_out")
    assert "Question 1?" not in show(client, few, what="left_out")
    show(client, few)
    assert len(queries(lambda: show(client, few))) == len(queries(lambda: show(client, many)))


def listing(client, **asked):
    return client.get(reverse(Question.snippet_viewset.get_url_name("list")), asked)


def content(response):
    return response.getvalue()


def test_the_listing_exports_what_it_shows(client, editor):
    factory.true_false("A seal is used once.", where=factory.bank("Gate"))
    factory.true_false("=1+1", right="false")
    page = listing(client).content.decode()
    assert reverse("questions_import") in page and "export=csv" in page
    text = content(listing(client, export="csv")).decode()
    assert [line.split(",")[2:4] for line in text.splitlines()] == [
        ["kind", "question"],
        ["true_false", "A seal is used once."],
        ["true_false", "'=1+1"],
    ]
    one = content(listing(client, export="csv", bank=factory.bank("Gate").pk)).decode()
    assert "A seal is used once." in one and "1+1" not in one
    sheet = openpyxl.load_workbook(io.BytesIO(content(listing(client, export="xlsx")))).worksheets[0]
    assert [row[3] for row in sheet.values] == ["question", "A seal is used once.", "=1+1"]


def test_an_export_costs_the_same_for_one_and_for_many(client, editor):
    factory.true_false("First")
    content(listing(client, export="csv"))
    one = len(queries(lambda: content(listing(client, export="csv"))))
    for number in range(50):
        factory.question(f"Question {number}?")
    assert len(queries(lambda: content(listing(client, export="csv")))) == one


def test_the_template_has_a_heading_and_help(client, editor):
    response = client.get(reverse("questions_template", args=["csv"]))
    assert content(response).decode("utf-8-sig") == ",".join(columns.all_columns()) + "\r\n"
    response = client.get(reverse("questions_template", args=["xlsx"]))
    assert openpyxl.load_workbook(io.BytesIO(content(response))).sheetnames == ["Questions", "Help"]
    assert client.get(reverse("questions_template", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("role", ["Human resources", "Compliance"])
def test_who_writes_no_questions_brings_none_in(client, role):
    client.force_login(people.hire("8", "Clerk", "YARD", role=role))
    for address in (reverse("questions_import"), reverse("questions_template", args=["csv"])):
        assert client.get(address).headers["Location"] == reverse("wagtailadmin_home")
    upload(client)
    assert not QuestionImport.objects.exists()
