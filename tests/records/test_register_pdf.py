"""Lists of records on paper: the training file of a person, and the roster of HR's report."""

import pypdfium2
import pytest
import time_machine
from django.test import Client

from learning.records.papers import register

from . import factory
from .factory import AT, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]
REPORT = "/admin/reports/completions/"


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def address(who):
    return f"/people/{who.uuid}/training-file.pdf"


def pages(response):
    assert response.headers["Content-Type"] == "application/pdf"
    file = b"".join(response.streaming_content)
    assert b"<pdfaid:part>2" in file
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(file)]


@pytest.fixture
def dock():
    return factory.hire("307114", first_name="Łukasz", last_name="Nowak")


def test_who_gets_a_training_file(dock, client):
    factory.record(dock)
    assert client.get(address(dock)).headers["Location"] == f"/sign-in/?next={address(dock)}"
    supervisor = factory.person()
    dock.employments.update(manager=supervisor)
    for stranger in (factory.hire(), supervisor):
        assert signed_in(stranger).get(address(dock)).status_code == 404
    limited = factory.hr()
    limited.limited_to.add(factory.facility("PORT", "Port"))
    assert signed_in(limited).get(address(dock)).status_code == 404
    for allowed in (dock, factory.hr()):
        assert "Training file Name Łukasz Nowak Number 307114" in pages(signed_in(allowed).get(address(dock)))[0]


def test_it_says_all_that_was_done_and_what_it_is_worth(dock):
    old = factory.record(dock, AT - days(30), score=90, pass_mark=80)
    merged = factory.person(merged_into=dock)
    factory.record(merged, AT - days(800), course="Containers", check_kind="none")
    factory.record(dock, old.completed_at, AT, course_key=old.course_key, corrects=old, reason="x", withdraws=True)
    factory.record(factory.hire(), course="Somebody else's")
    (text,) = pages(signed_in(dock).get(address(dock)))
    assert "3 records: expired 1, withdrawn 2." in text
    assert "25 Oct 2026 Seal security 6.1, 6.7, 5.4 Quiz 90 % 25 Oct 2027 Withdrawn" in text
    assert f"(corrects {str(old.uuid)[:8]})" in text
    assert "Containers" in text
    assert "Somebody" not in text
    assert "Printed on 24 November 2026 Page 1 of 1" in text


def test_it_goes_over_pages_with_the_heading_on_each(dock):
    for number in range(100):
        factory.record(dock, AT - days(number))
    sheets = pages(signed_in(dock).get(address(dock)))
    assert len(sheets) > 3
    for number, text in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in text
        assert "Completed Course Criteria Check Score" in text
    assert sum(text.count("Seal security") for text in sheets) == 100


def test_in_spanish_and_without_records(dock):
    (text,) = pages(signed_in(dock).get("/es" + address(dock)))
    assert "Łukasz Nowak" in text
    assert "24 de noviembre de 2026" in text


def test_queries_are_the_same_at_one_record_and_at_many(dock, django_assert_max_num_queries):
    client = signed_in(dock)

    def count():
        pages(client.get(address(dock)))
        with django_assert_max_num_queries(12) as captured:
            pages(client.get(address(dock)))
        return len(captured)

    factory.record(dock)
    one = count()
    for number in range(20):
        factory.record(dock, AT - days(number))
    assert count() == one


def test_my_training_leads_to_my_file(dock):
    factory.record(dock)
    client = signed_in(dock)
    assert f'href="{address(dock)}"' in client.get("/me/").content.decode()
    hr = signed_in(factory.hr())
    page = hr.get(f"{REPORT}{factory.record(factory.person(merged_into=dock)).uuid}/").content.decode()
    assert f'href="{address(dock)}"' in page


def test_the_roster_has_the_rows_of_the_report_and_its_totals(dock):
    factory.record(dock, AT - days(500))
    factory.record(dock, AT - days(3))
    factory.record(factory.hire("8", first_name="Ωμέγα", last_name=""), AT - days(2))
    hr = signed_in(factory.hr())
    rows = hr.get(f"{REPORT}?export=csv").getvalue().decode().count("\r\n") - 1
    (text,) = pages(hr.get(f"{REPORT}?export=pdf"))
    assert f"{rows} records: valid 2, expired 1." in text
    assert text.index("Ωμέγα 8 Dock hand") < text.index("Łukasz Nowak 307114 Dock hand")
    (text,) = pages(hr.get(f"{REPORT}?export=pdf&q=307114"))
    assert "2 records: valid 1, expired 1." in text
    assert "Ωμέγα" not in text


def test_the_roster_of_hr_of_one_facility_has_its_people_only(dock):
    factory.record(dock)
    factory.record(factory.hire("9", at=factory.facility("PORT", "Port")))
    limited = factory.hr()
    limited.limited_to.add(factory.facility())
    (text,) = pages(signed_in(limited).get(f"{REPORT}?export=pdf"))
    assert "1 record: valid 1." in text


def test_a_list_too_long_for_paper_is_refused_in_words(dock, monkeypatch):
    monkeypatch.setattr(register, "MOST", 2)
    for number in range(3):
        factory.record(dock, AT - days(number))
    hr = signed_in(factory.hr())
    response = hr.get(f"{REPORT}?export=pdf&q=307114")
    assert response.headers["Location"] == f"{REPORT}?q=307114"
    page = hr.get(response.headers["Location"]).content.decode()
    assert "More than 2 records do not go on paper. Narrow the list, or take CSV or XLSX." in page
