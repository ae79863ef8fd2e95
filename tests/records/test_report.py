"""HR's report of completions: who may see it, what its filters mean, and that its downloads are the export."""

import csv
import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale

from content.models import CriteriaArea
from learning.people.models import Company

from . import factory
from .factory import AT, days, local

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]

REPORT = "/admin/reports/completions/"


def listed(client, **query):
    return [str(row.uuid) for row in client.get(REPORT, query).context["object_list"]]


def ids(*records):
    return [str(record.uuid) for record in records]


def csv_rows(client, **query):
    response = client.get(REPORT, query | {"export": "csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="completions.csv"'
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def xlsx_rows(client, **query):
    response = client.get(REPORT, query | {"export": "xlsx"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="completions.xlsx"'
    heading, *rows = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.values
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_who_sees_report_downloads_and_records():
    record = factory.record()
    reader = factory.person()
    reader.user_permissions.set(Permission.objects.filter(codename="view_trainingrecord"))
    editor = factory.person()
    editor.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    places = [REPORT, f"{REPORT}results/", f"{REPORT}?export=csv", f"{REPORT}?export=xlsx", f"{REPORT}{record.uuid}/"]
    for place in places:
        # A stranger, the owner, one without the admin, one without the permission.
        for who in (None, record.person, reader, editor):
            visitor = Client()
            if who:
                visitor.force_login(who)
            response = visitor.get(place)
            assert response.status_code == 302
            assert response.headers["Location"].split("?")[0] in ("/sign-in/", "/admin/", "/admin/login/")
        visitor = Client()
        visitor.force_login(factory.hr())
        assert visitor.get(place).status_code == 200
    visitor.force_login(factory.hr())
    assert visitor.get(f"{REPORT}{uuid.uuid4()}/").status_code == 404


def test_the_menu_leads_there_only_who_may(client, hr):
    assert REPORT in client.get("/admin/").content.decode()
    hr.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    assert REPORT not in client.get("/admin/").content.decode()


def test_the_permission_can_be_given_to_a_group(client):
    client.force_login(factory.person(is_superuser=True))
    permission = Permission.objects.get(codename="view_trainingrecord")
    assert f'value="{permission.pk}"' in client.get("/admin/groups/new/").content.decode()


def test_rows_are_newest_first_with_status_and_local_date(client, hr):
    who = factory.hire("307114", "Driver", first_name="José", last_name="Ñúñez")
    key = uuid.uuid4()
    old = factory.record(who, AT - days(300), course_key=key, score=80)
    # 22:30 on the 23rd in Denver is the 24th in UTC.
    new = factory.record(who, local(date(2026, 11, 23), 22, 30), course_key=key, score=90)
    response = client.get(REPORT)
    table = response.context["table"]
    cells = [[column.get_value(row) for column in table.columns.values()] for row in response.context["object_list"]]
    assert cells == [
        [
            "José Ñúñez",
            "307114",
            "Driver",
            "Otay Mesa yard",
            "Seal security",
            "23 November 2026",
            new.score,
            "23 November 2027",
            "Valid",
        ],
        [
            "José Ñúñez",
            "307114",
            "Driver",
            "Otay Mesa yard",
            "Seal security",
            "28 January 2026",
            old.score,
            "28 January 2027",
            "Superseded",
        ],
    ]
    assert f'href="{REPORT}{new.uuid}/"' in response.content.decode()


def test_mere_presence_is_shown_as_such(client, hr):
    record = factory.record(method="toolbox_talk", check_kind="none", score=None)
    response = client.get(REPORT)
    assert response.context["table"].columns["status"].get_value(response.context["object_list"][0]) == (
        "Valid, presence only"
    )
    words = "Presence only: nothing was checked, so this record satisfies no requirement."
    assert words in client.get(f"{REPORT}{record.uuid}/").content.decode()
    checked = factory.record()
    assert words not in client.get(f"{REPORT}{checked.uuid}/").content.decode()


def test_after_an_erasure_the_row_stays_without_a_name(client, hr):
    record = factory.record()
    record.subject.delete()
    response = client.get(REPORT)
    assert ids(*response.context["object_list"]) == ids(record)
    assert "Name erased" in response.content.decode()


def test_filters_by_place_and_position_as_they_were(client, hr):
    tokyo = factory.facility("TYO", "Tokyo depot", "Asia/Tokyo")
    dock = factory.record(factory.hire(title="Dock hand"))
    guard = factory.record(factory.hire(title="Guard", at=tokyo), AT - days(1))
    both = factory.hire(title="Dock hand")
    factory.place(both, "Guard", on=date(2026, 2, 1))
    both = factory.record(both, AT - days(2))
    # Moved since: the record keeps what was.
    factory.place(dock.person, "Guard", on=date(2026, 11, 24), at=tokyo)

    assert listed(client, position=factory.position("Dock hand").pk) == ids(dock, both)
    assert listed(client, position=factory.position("Guard").pk) == ids(guard, both)
    assert listed(client, facility=tokyo.pk) == ids(guard)
    assert listed(client, facility=factory.facility().pk) == ids(dock, both)
    assert listed(client, facility=tokyo.pk, position=factory.position("Dock hand").pk) == []


def test_filters_by_area_and_course(client, hr):
    english = Locale.objects.get_or_create(language_code="en")[0]
    for number in (1, 5, 12):
        CriteriaArea.objects.create(number=number, title="Area", focus_area="corporate_security", locale=english)
    released = factory.edition()
    seals = factory.record(course_key=released.course_key, areas=",5,6,")
    awareness = factory.record(completed_at=AT - days(1), areas=",12,")
    assert listed(client, area=5) == ids(seals)
    assert listed(client, area=12) == ids(awareness)
    assert listed(client, area=1) == []
    assert listed(client, course_key=str(released.course_key)) == ids(seals)


def test_filters_by_days_of_the_company_until_included(client, hr):
    first, last = local(date(2026, 11, 10), 0), local(date(2026, 11, 11), 23, 59)
    before = factory.record(completed_at=first - factory.minutes(1), recorded_at=AT)
    inside = [factory.record(completed_at=at, recorded_at=AT) for at in (last, first)]
    after = factory.record(completed_at=last + factory.minutes(1), recorded_at=AT)
    assert listed(client, since="2026-11-10") == ids(after, *inside)
    assert listed(client, until="2026-11-11") == ids(*inside, before)
    assert listed(client, since="2026-11-10", until="2026-11-11") == ids(*inside)


@pytest.mark.parametrize("zone", ["America/Denver", "Asia/Tokyo"])
def test_the_whole_calendar_narrows_nothing(client, hr, zone):
    record = factory.record()
    Company.objects.update(time_zone=zone)
    assert listed(client, since="0001-01-01", until="9999-12-31") == ids(record)


def test_finds_by_number_and_by_name(client, hr):
    daniel = factory.record(factory.hire("307114", first_name="Daniel", last_name="Olmos"))
    rosa = factory.record(factory.hire("307999", first_name="Rosa", last_name="Medina"), AT - days(1))
    assert listed(client, q="3071") == ids(daniel)
    assert listed(client, q="307") == ids(daniel, rosa)
    assert listed(client, q="medina") == ids(rosa)
    assert listed(client, q="Daniel Olmos") == ids(daniel)
    assert listed(client, q="nobody") == []


def test_a_filter_that_is_not_understood_shows_nothing_and_downloads_nothing(client, hr):
    factory.record()
    assert listed(client, since="yesterday") == []
    response = client.get(REPORT, {"since": "yesterday", "export": "csv"})
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_is_paginated(client, hr):
    records = [factory.record(completed_at=AT - days(number)) for number in range(60)]
    assert listed(client) == ids(*records[:50])
    assert listed(client, p=2) == ids(*records[50:])


def test_rows_of_one_instant_are_on_one_page_each(client, hr):
    records = [factory.record() for _ in range(60)]
    assert sorted(listed(client) + listed(client, p=2)) == sorted(ids(*records))


def test_downloads_are_the_export_with_the_filters_applied(client, hr, tmp_path):
    tokyo = factory.facility("TYO", "Tokyo depot", "Asia/Tokyo")
    for number in range(60):
        who = factory.hire(f"={number}", at=tokyo if number % 3 else None, first_name="José")
        factory.record(who, AT - days(number), score=number + 40)

    def command(*options):
        target = tmp_path / "out.csv"
        call_command("export_completions", "--format", "csv", "-o", str(target), *options, stdout=io.StringIO())
        return list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))

    everything = command()
    assert len(everything) == 60
    assert csv_rows(client) == everything
    workbook = xlsx_rows(client)
    assert [row["record"] for row in workbook] == [row["record"] for row in everything]
    assert [str(row["number"]) for row in workbook] == [row["number"].removeprefix("'") for row in everything]
    assert [row["score"] for row in workbook] == [float(row["score"]) for row in everything]

    narrowed = {"since": "2026-11-01", "until": "2026-11-20", "facility": tokyo.pk, "q": "josé"}
    rows = csv_rows(client, **narrowed)
    assert rows == [
        row for row in command("--since", "2026-11-01", "--until", "2026-11-20") if row["facility"] == "Tokyo depot"
    ]
    assert [row["record"] for row in xlsx_rows(client, **narrowed)] == [row["record"] for row in rows]
    assert listed(client, **narrowed) == [row["record"] for row in rows]


def test_the_buttons_keep_the_filters(client, hr):
    page = client.get(REPORT, {"since": "2026-11-01", "q": "olmos"}).content.decode()
    for file_format in ("csv", "xlsx"):
        assert f'href="{REPORT}?since=2026-11-01&amp;q=olmos&amp;export={file_format}"' in page


def test_a_person_leads_to_their_records(admin_client):
    who = factory.hire("307114")
    page = admin_client.get(f"/admin/people/edit/{who.pk}/").content.decode()
    assert f'href="{REPORT}?q=307114"' in page


def test_nothing_in_the_admin_edits_or_deletes_a_record(client):
    client.force_login(factory.person(is_superuser=True))
    record = factory.record()
    page = client.get(f"{REPORT}{record.uuid}/").content.decode()
    assert "/edit/" not in page
    assert "/delete/" not in page
    assert client.post(f"{REPORT}{record.uuid}/").status_code == 405
    assert client.post(REPORT).status_code == 405


@pytest.mark.parametrize("place", [REPORT, f"{REPORT}results/", f"{REPORT}?export=csv", f"{REPORT}?export=xlsx"])
def test_queries_are_the_same_at_one_row_and_at_many(place, client, hr, django_assert_max_num_queries):
    factory.edition()

    def count():
        client.get(place).getvalue() if "export" in place else client.get(place)
        with django_assert_max_num_queries(30) as captured:
            response = client.get(place)
            response.getvalue() if "export" in place else response.content
        return len(captured)

    factory.record()
    one = count()
    for number in range(100):
        factory.record(completed_at=AT - days(number))
    assert count() == one


def test_hr_of_one_facility_reads_and_downloads_the_records_of_its_people(client, hr):
    port = factory.facility("PORT", "Port")
    here, there = factory.hire(), factory.hire(at=port)
    merged = factory.person(merged_into=here)
    moved = factory.person()
    factory.place(moved, on=date(2026, 1, 1), until=date(2026, 6, 1), at=port)
    factory.place(moved, on=date(2026, 6, 1))
    seen = [factory.record(here), factory.record(merged, AT - days(1)), factory.record(moved, AT - days(200))]
    unseen = factory.record(there, AT - days(2))
    assert set(listed(client)) == {*ids(*seen), str(unseen.uuid)}
    hr.limited_to.add(factory.facility())
    client.force_login(hr)
    assert listed(client) == ids(*seen)
    assert [row["record"] for row in csv_rows(client)] == ids(*seen)
    assert [row["record"] for row in xlsx_rows(client)] == ids(*seen)
    assert listed(client, q=unseen.number) == []
    choices = client.get(REPORT).context["filters"].form.fields["facility"].queryset
    assert [facility.code for facility in choices] == ["YARD"]
    for address in (f"{REPORT}{{}}/", "/records/{}/certificate/"):
        assert client.get(address.format(seen[1].uuid)).status_code == 200
        assert client.get(address.format(unseen.uuid)).status_code == 404


def test_ones_own_certificate_is_not_a_matter_of_limits(client, hr):
    hr.limited_to.add(factory.facility("PORT", "Port"))
    client.force_login(hr)
    factory.place(hr)
    own = factory.record(hr)
    assert client.get(f"/records/{own.uuid}/certificate/").status_code == 200
