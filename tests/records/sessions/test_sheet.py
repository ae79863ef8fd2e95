"""The sheet to print and sign: what a session is, and a row for each who is expected and for some who are not."""

import pypdfium2
import pytest
import time_machine

from .. import factory as records
from . import factory
from .factory import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def marta(client):
    who = factory.boss()
    client.force_login(who)
    return who


def pages(response):
    """The words on each page."""
    file = b"".join(response.streaming_content)
    assert (response["Content-Type"], b"<pdfaid:part>2" in file) == ("application/pdf", True)
    with pypdfium2.PdfDocument(file) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_it_says_what_where_when_and_has_rows_for_those_expected_and_more(client, marta):
    crew = [factory.crew(f"30{number}", marta, "Łukasz", "Nowak") for number in range(3)]
    session = factory.session(crew, edition=records.edition(), present=False, **factory.quiz())
    answer = client.get(f"/team/sessions/{session.uuid}/sheet-en.pdf")
    (words,) = pages(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="sheet-{session.code}-en.pdf"'
    for said in (
        "Sign-in sheet · toolbox talk Seal security",
        "24 November 2026 Begins 11:15 a.m. MST Minutes 15 Facility Otay Mesa yard (YARD) Instructor Marta Reyes",
        f"Check Quiz on paper, pass mark 75 % Criteria {', '.join(records.CRITERIA)}",
        f"Topics: {'; '.join(records.TOPICS)}",
        "3 Łukasz Nowak 302 4 5 6 7 8 9 10 11 12 13 14 I gave this session",
        "Instructor: Marta Reyes",
    ):
        assert said in words


@pytest.mark.parametrize(("country", "size"), [("US", (612, 792)), ("mx", (612, 792)), ("DE", (595, 842))])
def test_it_is_of_the_size_that_printers_hold_there(client, marta, country, size):
    place = records.facility()
    place.country = country
    place.save()
    answer = client.get(f"/team/sessions/{factory.session([marta], facility=place).uuid}/sheet-en.pdf")
    with pypdfium2.PdfDocument(b"".join(answer.streaming_content)) as document:
        assert len(document) == 1
        assert tuple(round(points) for points in document[0].get_size()) == size


@pytest.mark.parametrize("number", [13, 14, 40])
def test_what_the_instructor_signs_is_never_alone_on_a_page(client, marta, number):
    session = factory.session([factory.crew(f"{one}", marta) for one in range(number)], present=False)
    last = pages(client.get(f"/team/sessions/{session.uuid}/sheet-en.pdf"))[-1]
    rows = " ".join(str(number + row) for row in (3, 4, 5))
    assert last.startswith(f"No. Name in block letters Staff number Signature Time {rows} I gave this session")


def test_a_long_roster_goes_on_under_the_same_heading_in_the_language_asked_for(client, marta):
    session = factory.session([factory.crew(f"{number}", marta) for number in range(30)], present=False)
    sheets = pages(client.get(f"/es/team/sessions/{session.uuid}/sheet-en.pdf"))
    assert ["Name in block letters Staff number Signature Time 1 Daniel" in sheets[0], len(sheets)] == [True, 2]
    assert "Name in block letters Staff number Signature Time 2" in sheets[1]
    assert "30 Daniel Olmos 9 31 32 33 34 35 I gave" in sheets[1]
    assert client.get(f"/team/sessions/{session.uuid}/sheet-fr.pdf").status_code == 404
    client.force_login(factory.boss("boss-2"))
    assert client.get(f"/team/sessions/{session.uuid}/sheet-en.pdf").status_code == 404
