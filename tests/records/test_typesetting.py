"""PDF files of our templates: what they claim, what is in them, and a sign that no font has."""

import datetime
import logging
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from learning.records import typesetting

AT = datetime.datetime(2026, 11, 24, 19, 0, tzinfo=datetime.UTC)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path stroke="#000" d="M1 1.5h7"/></svg>'


def data(name="José Łukasz Ωμέγα Жуков", **more):
    return {
        "title": "Certificate: Seal security",
        "language": "en",
        "author": "Corvina Freight",
        "notices": [],
        "kind": "Certificate of training",
        "name": name,
        "company": "Corvina Freight",
        "logo": "",
        "course": "Seal security",
        "course_language": "en",
        "completed": "completed {course}",
        "result": "on 24 November 2026",
        "area_word": "Area",
        "area": "06",
        "topics": "Seals.",
        "criteria": "6.1",
        "facts": [["Position", "Driver"], ["Record", "9b1d4c0e", "code"]],
        "check": "Check it.",
        "checkpoint": "Entry 1",
        "qr": SQUARE,
        "qr_alt": "QR code",
    } | more


def pdf(**more):
    return typesetting.pdf("certificate", data(**more), at=AT)


def text(file):
    """All words in their order."""
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def font_of(piece):
    return piece.get_font()


def test_a_file_is_tagged_and_claims_both_standards():
    file = pdf()
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in file
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    document = pypdfium2.PdfDocument(file)
    assert document.is_tagged()
    assert document.get_metadata_dict(skip_empty=True) == {
        "Title": "Certificate: Seal security",
        "Author": "Corvina Freight",
        "Creator": "Typst 0.15.1",
        "CreationDate": "D:20261124190000Z",
        "ModDate": "D:20261124190000Z",
    }


def test_names_in_three_alphabets_are_text_and_no_boxes():
    assert "José Łukasz Ωμέγα Жуков" in text(pdf())


def test_all_fonts_are_in_the_file_and_are_ours():
    objects = pypdfium2.PdfDocument(pdf())[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    found = {(font.get_base_name().partition("+")[2], font.is_embedded) for font in map(font_of, objects)}
    assert found == {("NotoSans-Regular", True), ("NotoSans-Bold", True), ("NotoSansMono-Regular", True)}


def test_the_same_data_and_instant_give_the_same_bytes():
    assert pdf() == pdf()
    assert pdf() != pdf(name="Ana")
    assert pdf() != typesetting.pdf("certificate", data(), at=AT + datetime.timedelta(seconds=1))


def test_data_is_text_whatever_is_written_in_it():
    evil = '#panic("x") *bold* $x$ \\ <a> "] = #read("/key")'
    assert evil in text(pdf(name=evil))


def test_a_sign_that_no_font_has_costs_the_standard_and_not_the_file(caplog):
    with caplog.at_level(logging.WARNING):
        file = pdf(name="李 Ming")
    assert "Ming" in text(file)
    assert b"pdfaid" not in file
    assert not pypdfium2.PdfDocument(file).is_tagged()
    assert [record.getMessage() for record in caplog.records] == [
        "paper certificate breaks a-2a and ua-1; most likely a sign is in no font"
    ]


def test_with_a_font_of_the_operator_it_keeps_the_standard(settings):
    # A font of ours with this one sign.
    settings.PAPER_FONTS = str(Path(__file__).parent / "fonts")
    file = pdf(name="李 Ming")
    assert "李 Ming" in text(file)
    assert b"<pdfaid:part>2" in file


def test_a_folder_of_fonts_that_is_not_there_is_no_reason_to_fail(settings, tmp_path):
    settings.PAPER_FONTS = str(tmp_path / "nowhere")
    assert "Ana" in text(pdf(name="Ana"))
