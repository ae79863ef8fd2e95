"""The shared tablet as a device: who sets it up where, who withdraws it, and what is no tablet."""

import pytest
from django.test import Client

from learning.people.models import Kiosk
from learning.people.signing_in import actions

from .. import factory
from ..factory import AT, PASSWORD
from .slip_factory import PIN, crew, enter, kiosk, means, slip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def yard():
    return crew()


@pytest.fixture
def tablet(client):
    return kiosk(client)


@pytest.fixture
def luis(yard):
    actions.set_pin(person=yard.luis, pin=PIN, at=AT)
    return yard.luis


def signed_in(client):
    return "_auth_user_id" in client.session


def text(response):
    return " ".join(response.content.decode().split())


def test_a_supervisor_makes_a_device_a_kiosk_and_is_out_on_it(client, yard):
    client.force_login(yard.marta)
    assert "This device is not a shared tablet" in text(client.get("/kiosk/"))
    response = client.post("/kiosk/enrol/", {"name": "Gate 2", "facility": factory.facility().pk})
    assert response.headers["Location"] == "/kiosk/"
    row = Kiosk.objects.get()
    assert (row.name, row.facility, row.enrolled_by, row.enrolled_at) == ("Gate 2", factory.facility(), yard.marta, AT)
    assert not signed_in(client)
    cookie = response.cookies["kiosk"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 400 * 24 * 3600)
    assert cookie.value.split(":")[0] not in str(Kiosk.objects.values_list())
    assert "Your number, please" in text(client.get("/kiosk/"))


def test_a_supervisor_sets_up_kiosks_where_the_crew_works_only(client, yard):
    client.force_login(yard.marta)
    dock = factory.facility("DOCK")
    form = client.get("/kiosk/enrol/").context["form"]
    assert list(form.fields["facility"].queryset) == [factory.facility()]
    response = client.post("/kiosk/enrol/", {"name": "Gate 2", "facility": dock.pk})
    assert list(response.context["form"].errors) == ["facility"]
    assert not Kiosk.objects.exists()


def test_hr_sets_up_kiosks_everywhere_within_its_limits(client, yard):
    hr = factory.hire("hr", role="Human resources")
    client.force_login(hr)
    assert client.get("/kiosk/enrol/").context["facilities"].count() == 2
    hr.limited_to.add(factory.facility("DOCK"))
    client.force_login(type(hr).objects.get(pk=hr.pk))
    assert list(client.get("/kiosk/enrol/").context["facilities"]) == [factory.facility("DOCK")]


@pytest.mark.parametrize("address", ["/kiosk/enrol/", "/team/kiosks/"])
def test_learners_set_up_nothing(client, yard, address):
    assert client.get(address).headers["Location"] == f"/sign-in/?next={address}"
    client.force_login(yard.sara)
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Mine", "facility": factory.facility().pk}).status_code == 404


def test_a_withdrawn_kiosk_is_none_and_whoever_is_on_it_is_out(client, tablet, luis, yard):
    enter(client, "3071", PIN)
    assert client.get("/es/me/").status_code == 200
    boss = Client()
    boss.force_login(yard.marta)
    assert list(boss.get("/team/kiosks/").context["kiosks"]) == [tablet]
    there = f"/team/kiosks/{tablet.uuid}/withdraw/"
    assert f'href="{there}"' in boss.get("/team/kiosks/").content.decode()
    assert f"Withdraw {tablet.name}?" in text(boss.get(there))
    tablet.refresh_from_db()
    assert tablet.withdrawn_at is None
    assert boss.post(there).headers["Location"] == "/team/kiosks/"
    tablet.refresh_from_db()
    assert tablet.withdrawn_at == AT
    assert client.get("/es/me/").headers["Location"] == "/kiosk/"
    assert not signed_in(client)
    assert "This device is not a shared tablet" in text(client.get("/kiosk/"))


def test_a_stranger_withdraws_nothing(client, yard):
    tablet = kiosk(Client(), factory.facility("DOCK"))
    client.force_login(yard.marta)
    assert list(client.get("/team/kiosks/").context["kiosks"]) == []
    for send in (client.get, client.post):
        assert send(f"/team/kiosks/{tablet.uuid}/withdraw/").status_code == 404
    tablet.refresh_from_db()
    assert tablet.withdrawn_at is None


@pytest.mark.parametrize("cookie", ["", "x", "token:sum", "aGVsbG8:1vNabc:signature"])
def test_a_cookie_that_we_did_not_sign_is_no_kiosk(client, cookie):
    client.cookies["kiosk"] = cookie
    assert "This device is not a shared tablet" in text(client.get("/kiosk/"))


def test_nobody_signs_in_on_a_kiosk_in_any_other_way(client, tablet, yard):
    assert client.get("/sign-in/").headers["Location"] == "/kiosk/"
    client.post("/sign-in/", {"login": "2001", "password": PASSWORD})
    assert not signed_in(client)
    client.force_login(yard.marta)
    assert client.get("/me/").headers["Location"] == "/sign-in/?next=/me/"
    assert not signed_in(client)


def test_a_slip_can_be_used_at_a_kiosk_and_opens_no_session_there(client, tablet, yard):
    _row, code = slip(yard.luis)
    response = client.post(f"/start/{code}/", means(password="three gates at dawn", pin=PIN))
    assert response.headers["Location"] == "/kiosk/"
    assert not signed_in(client)
    assert enter(client, "3071", PIN).headers["Location"] == "/es/me/"
