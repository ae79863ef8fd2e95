"""Asking for a pack in the admin, its job, its page, and who may."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from learning.records.models import EvidencePack, PackOrder
from learning.records.pack import jobs
from learning.records.pack.verify import verify

from .. import factory
from .making import copy, issue, members

pytestmark = pytest.mark.django_db


def compliance(**fields):
    who = factory.hire(first_name="Grace", last_name="Okafor", **fields)
    wanted = ["access_admin", "view_trainingrecord", "add_evidencepack", "view_evidencepack"]
    who.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return who


@pytest.fixture
def grace(client):
    who = compliance()
    client.force_login(who)
    return who


def ask(client, about="programme:", **fields):
    says = {"about": about, "to_whom": "CBP, Otay Mesa", "why": "Validation visit"} | fields
    return client.post(reverse("evidence_pack_order"), says)


def test_from_the_form_to_the_file(client, grace):
    factory.record(factory.hire("700"))
    factory.record(factory.hire("701"))
    response = ask(client, "people:", numbers="700\n")
    order = PackOrder.objects.get()
    progress = reverse("evidence_pack_progress", args=[order.uuid])
    assert response.headers["Location"] == progress
    waiting = client.get(progress)
    assert waiting.headers["Refresh"] == "2"
    assert "Waiting for a worker" in waiting.content.decode()
    assert jobs.run(uuid=order.uuid, at=timezone.now()) == "done"
    pack = EvidencePack.objects.get()
    assert (pack.rows, pack.by, pack.to_whom, pack.why) == (1, grace, "CBP, Otay Mesa", "Validation visit")
    page = reverse("evidence_pack", args=[pack.uuid])
    assert client.get(progress).headers["Location"] == page
    assert pack.sha256 in client.get(page).content.decode()
    file = b"".join(client.get(reverse("evidence_pack_zip", args=[pack.uuid])).streaming_content)
    report = b"".join(client.get(reverse("evidence_pack_report", args=[pack.uuid])).streaming_content)
    archive = zipfile.ZipFile(io.BytesIO(file))
    assert archive.read("report.pdf") == report
    alone = reverse("evidence_pack_criterion", args=[pack.uuid, "6.7"])
    shown = client.get(page).content.decode()
    size = filesizeformat(archive.getinfo("report-6.7.pdf").file_size)
    assert f'<a href="{alone}">Criterion 6.7 (PDF, {size})</a>' in shown
    answer = client.get(alone)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="evidence-{str(pack.uuid)[:8]}-6.7.pdf"'
    assert b"".join(answer.streaming_content) == archive.read("report-6.7.pdf")
    assert client.get(reverse("evidence_pack_criterion", args=[pack.uuid, "9.9"])).status_code == 404
    assert "CBP, Otay Mesa" in client.get(reverse("evidence_packs")).content.decode()


def test_unknown_numbers_are_named_and_nothing_is_asked(client, grace):
    factory.hire("700")
    said = ask(client, "people:", numbers="700, 7777; 8888").content.decode()
    assert "Nobody has these numbers: 7777, 8888." in said
    assert "choose “The people named below”" in ask(client, numbers="700").content.decode()
    assert "This is before the first day." in ask(client, since="2026-02-01", until="2026-01-01").content.decode()
    assert PackOrder.objects.count() == 0


def test_why_there_is_no_pack_stands_on_the_page(client, grace, files):
    issue()
    (files / "ledger" / "checkpoint").unlink()
    ask(client)
    order = PackOrder.objects.get()
    assert jobs.run(uuid=order.uuid, at=timezone.now()) == "refused"
    page = client.get(reverse("evidence_pack_progress", args=[order.uuid]))
    assert "No pack was issued. The ledger waits, so nothing can be proven now." in page.content.decode()
    assert "Refresh" not in page.headers
    assert EvidencePack.objects.count() == 1


def test_an_order_is_done_once_and_a_lost_message_costs_a_minute(client, grace):
    ask(client)
    order = PackOrder.objects.get()
    assert jobs.run_waiting(at=timezone.now()) == 1
    assert jobs.run(uuid=order.uuid, at=timezone.now()) is None
    assert EvidencePack.objects.count() == 1


def test_whoever_is_limited_gets_their_own_facility_only(client):
    here, there = factory.facility(), factory.facility("PORT", "Long Beach")
    factory.record(factory.hire("700"))
    factory.record(factory.hire("800", at=there))
    other = issue()
    who = compliance()
    who.limited_to.add(here)
    client.force_login(who)
    assert f"facility:{there.uuid}" not in client.get(reverse("evidence_pack_order")).content.decode()
    assert "Nobody has these numbers: 800." in ask(client, "people:", numbers="800").content.decode()
    ask(client)
    jobs.run_waiting(at=timezone.now())
    assert EvidencePack.objects.get(by=who).rows == 1
    for name in ("evidence_pack", "evidence_pack_zip", "evidence_pack_report"):
        assert client.get(reverse(name, args=[other.uuid])).status_code == 404
    assert client.get(reverse("evidence_pack_criterion", args=[other.uuid, "6.7"])).status_code == 404


def test_the_page_of_checking_shows_the_key_that_signs_the_packs(client, tmp_path):
    assert "Public key" not in client.get("/verify/").content.decode()
    path = copy(issue(), tmp_path / "pack.zip")
    page = client.get("/verify/").content.decode()
    assert f'<span class="code">{verify(path).key}</span>' in page
    assert members(path)["public-key.txt"].decode().strip() in page


def test_a_stored_pack_has_no_other_address(client, grace):
    assert client.get(f"/media/{issue().file}").status_code == 404
