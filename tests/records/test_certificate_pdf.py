"""The certificate on paper: who may have the file, and what stands on it."""

import base64
import io
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.utils import translation
from PIL import Image
from pypdfium2 import raw

from learning.people.models import CompanyLogo
from learning.records.ledger.actions import sequence
from learning.records.models import Checkpoint, TrainingRecord
from learning.records.papers import certificate

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


def record_of(first_name="Daniel", last_name="Olmos", number="307114", **what):
    who = factory.hire(number, first_name=first_name, last_name=last_name, email=f"{number}@corvina.example")
    says = {"score": Decimal("87.50"), "pass_mark": 80, "edition_number": 3, "edition_hash": "9f2c61ab" + "0" * 56}
    return factory.record(who, **(says | what))


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(record):
    return f"/records/{record.uuid}/certificate.pdf"


def words(file):
    pages = pypdfium2.PdfDocument(file)
    assert len(pages) == 1
    return " ".join(pages[0].get_textpage().get_text_bounded().split())


def download(record, who=None, prefix=""):
    response = signed_in(who or record.person).get(prefix + address(record))
    return b"".join(response.streaming_content)


def pdf(record, on=TODAY, language="en"):
    record = TrainingRecord.objects.with_status(on).get(pk=record.pk)
    with translation.override(language):
        return certificate.pdf(record)


def test_who_gets_the_file(client):
    record = record_of()
    assert client.get(address(record)).headers["Location"] == f"/sign-in/?next={address(record)}"
    supervisor = factory.person()
    record.person.employments.update(manager=supervisor)
    for stranger in (factory.hire(), supervisor):
        assert signed_in(stranger).get(address(record)).status_code == 404
    for allowed in (record.person, factory.hr()):
        assert words(download(record, allowed)).endswith("Not yet under a signed head of the ledger.")


def test_the_file_is_for_keeping_and_its_name_is_nobodys():
    record = record_of()
    headers = signed_in(record.person).get(address(record)).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == f'attachment; filename="certificate-{str(record.uuid)[:8]}.pdf"'
    assert "no-store" in headers["Cache-Control"]


def test_what_it_says():
    record = record_of()
    code = "-".join(record.code[start : start + 4] for start in range(0, 24, 4))
    text = words(download(record))
    assert text.startswith(
        "Demo, not a real certificate Gatehouse Corvina Freight Certificate of training Daniel Olmos "
        "completed Seal security on 24 November 2026 with 87.5 % Area 06 "
        "Seal custody; view, verify, tug, twist and turn. Minimum security criteria 6.1, 6.7, 5.4. "
    )
    for fact in (
        "Position Dock hand Facility Otay Mesa yard Pass mark 80 % Language English",
        f"Edition 3, 9f2c 61ab Record {str(record.uuid)[:8]} Good until 24 November 2027",
        f"Check code {code}",
        "Check it at 127.0.0.1:8000/verify. No account is needed.",
    ):
        assert fact in text


def test_it_says_no_more_of_the_person_than_the_name():
    record = record_of()
    text = words(download(record))
    for secret in ("307114", record.subject.salt, str(record.person_uuid), str(record.uuid)):
        assert secret not in text


def test_outside_demo_mode_nothing_says_demo(settings):
    settings.DEMO = False
    assert "Demo" not in words(pdf(record_of()))


def test_in_spanish_the_sentences_are_spanish():
    record = record_of()
    file = download(record, prefix="/es")
    assert b"/Lang(es)" in file
    assert "Certificado de capacitación" in words(file)
    assert "24 de noviembre de 2026" in words(file)


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [
        ("José", "Núñez"),
        ("Łukasz", "Żółć"),
        ("Ωμέγα", ""),
        ("Олександр", "Їжак"),
        ("Nguyễn", "Thị Hồng"),
        ("María de los Ángeles Guadalupe", "Villavicencio Echeverría y Montemayor de la Santísima Trinidad y del Sol"),
    ],
)
def test_names_in_any_script_are_written_on_one_sheet(first_name, last_name):
    file = pdf(record_of(first_name, last_name))
    assert f"{first_name} {last_name}".strip() in words(file)
    assert b"<pdfaid:part>2" in file


def test_the_name_of_somebody_erased_is_not_there():
    record = record_of()
    record.subject.delete()
    text = words(pdf(TrainingRecord.objects.get(pk=record.pk)))
    assert "Name erased completed Seal security" in text
    assert "Daniel" not in text


def withdraw(record):
    factory.record(record.person, AT, AT, course_key=record.course_key, corrects=record, reason="x", withdraws=True)


@pytest.mark.parametrize(
    ("deed", "on", "sentence"),
    [
        (lambda record: None, TODAY, ""),
        (lambda record: None, date(2027, 11, 25), "Expired: it was good until 24 November 2027."),
        (
            lambda record: factory.record(record.person, course_key=record.course_key),
            TODAY,
            "Superseded: a newer record takes its place.",
        ),
        (withdraw, TODAY, "Withdrawn: this certificate counts for nothing."),
    ],
)
def test_one_that_is_not_valid_says_so(deed, on, sentence):
    record = record_of()
    deed(record)
    text = words(pdf(record, on))
    assert sentence in text
    assert sum(word in text for word in ("Expired", "Superseded", "Withdrawn")) == bool(sentence)


@pytest.fixture
def key(settings, tmp_path):
    settings.LEDGER_KEY, settings.LEDGER_CHECKPOINT = tmp_path / "key", tmp_path / "checkpoint"


def test_it_names_the_first_signed_head_that_it_is_under_for_good(key):
    record = record_of()
    sequence(at=AT)
    # Entry 0 is that of the key.
    head = Checkpoint.objects.get(size=2)
    line = f"Entry 1 of {head.origin}, under its signed head of size 2: {head.root}"
    assert line in words(pdf(record))
    first = pdf(record)
    record_of(number="2")
    sequence(at=AT + days(1))
    assert Checkpoint.objects.filter(size=3).exists()
    assert pdf(record) == first


def test_it_outlives_the_account_and_needs_no_course(client):
    record = record_of()
    record.person.is_active = False
    record.person.save()
    assert "Daniel Olmos" in words(download(record, factory.hr()))
    assert client.get(f"/verify/{record.code}/").status_code == 200


def test_queries_are_the_same_at_one_record_and_at_many(django_assert_max_num_queries):
    record = record_of()
    client = signed_in(record.person)

    def count():
        with django_assert_max_num_queries(12) as captured:
            b"".join(client.get(address(record)).streaming_content)
        return len(captured)

    count()
    one = count()
    for number in range(1, 30):
        factory.record(record.person, AT - days(number), course_key=record.course_key)
    assert count() == one


def test_the_page_leads_to_the_file():
    record = record_of()
    assert f'href="{address(record)}"' in signed_in(record.person).get(address(record)[:-4] + "/").content.decode()
    page = signed_in(factory.hr()).get(f"/admin/reports/completions/{record.uuid}/").content.decode()
    assert f'href="{address(record)}"' in page


def test_the_companys_logo_takes_the_place_of_our_mark():
    file = io.BytesIO()
    Image.new("RGBA", (300, 100), (200, 30, 30, 128)).save(file, "PNG")
    record = record_of()
    logo = {"png": file.getvalue(), "width": 300, "height": 100}
    CompanyLogo.objects.create(company=factory.company(), **logo)
    document = pypdfium2.PdfDocument(marked := pdf(record))
    assert b"<pdfaid:part>2" in marked
    pictures = list(document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9))
    assert [picture.get_px_size() for picture in pictures] == [(300, 100)]
    assert "Gatehouse" not in words(marked)
    encoded = base64.b64encode(file.getvalue()).decode()
    shown = f'src="data:image/png;base64,{encoded}" width="300" height="100" alt="Logo of Corvina Freight"'
    for there in (address(record)[:-4] + "/", f"/verify/{record.code}/"):
        page = signed_in(record.person).get(there).content.decode()
        assert shown in page
        assert 'class="brand"' not in page.partition('class="cert"')[2].partition("</article>")[0]
