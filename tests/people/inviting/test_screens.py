"""HR's screens: whom the list shows, who is invited from it, and the print run."""

import datetime

import pytest

from learning.people.inviting import actions, states
from learning.people.models import Invitation, Person, Slip
from learning.people.signing_in import actions as signing_in
from learning.people.signing_in import slips
from tests.queries import queries

from .. import factory
from ..admin import messages, numbers, shown
from ..factory import AT, PASSWORD, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]

MAIL, SLIP = Invitation.Channel.MAIL, Invitation.Channel.SLIP


@pytest.fixture
def yard(hr):
    """One of each state, and their employers."""
    agency = factory.employer("Paso Staffing")
    people = {
        "never": factory.hire("1", email="one@corvina.example"),
        "invited": factory.hire("2", title="Driver"),
        "planned": factory.hire("3", code="DOCK"),
        "password": factory.hire("4", password=PASSWORD),
        "pin": factory.hire("5"),
        "left": factory.hire("6"),
    }
    people["invited"].employments.update(employer=agency)
    signing_in.set_pin(person=people["pin"], pin="731958", at=AT)
    people["left"].employments.update(ends_on=factory.TODAY)
    Person.objects.filter(number="4").update(last_login=AT - days(40))
    Invitation.objects.create(
        person=people["invited"], channel=MAIL, send_at=AT, invited_at=AT, invited_by=hr, sent_at=AT
    )
    Invitation.objects.create(
        person=people["planned"], channel=SLIP, send_at=AT + days(1), invited_at=AT, invited_by=hr
    )
    return people


def test_the_list_says_how_far_everybody_is(client, hr, yard):
    rows = shown(client.get("/admin/invitations/"))
    assert [(row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows] == [
        ("1", "Dock hand", "Yard", "Never invited", "", ""),
        ("2", "Driver", "Yard", "Invited", "24 Nov 2026", ""),
        ("3", "Dock hand", "Dock", "To be invited", "", ""),
        ("4", "Dock hand", "Yard", "Activated", "", "15 Oct 2026"),
        ("5", "Dock hand", "Yard", "Activated", "", ""),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=never", ["1"]),
        ("state=planned", ["3"]),
        ("state=invited", ["2"]),
        ("state=activated", ["4", "5"]),
        ("unseen=40", ["4", "5"]),
        ("unseen=41", ["5"]),
        ("facility={DOCK}", ["3"]),
        ("position={Driver}", ["2"]),
        ("employer={agency}", ["2"]),
        ("facility={YARD}&state=never", ["1"]),
        ("q=2", ["2"]),
    ],
)
def test_filters(client, hr, yard, query, expected):
    query = query.format(
        DOCK=factory.facility("DOCK").pk,
        YARD=factory.facility().pk,
        Driver=factory.position("Driver").pk,
        agency=factory.employer("Paso Staffing").pk,
    )
    assert numbers(client.get(f"/admin/invitations/?{query}")) == expected


@pytest.mark.parametrize("address", ["", "results/", "new/", "print/"])
@pytest.mark.parametrize("role", ["Compliance", "Editors", "Supervisors", None])
def test_others_invite_nobody(client, yard, address, role):
    client.force_login(factory.person("other", role=role))
    for response in (client.get(f"/admin/invitations/{address}"), client.post(f"/admin/invitations/{address}")):
        assert response.status_code in (302, 403)
        assert response.headers.get("Location", "/admin/").startswith(("/admin/", "/sign-in/"))
    assert Invitation.objects.count() == 2


def test_hr_of_one_facility_invites_its_people_only(client, hr, yard):
    hr.limited_to.add(factory.facility("DOCK"))
    client.force_login(type(hr).objects.get(pk=hr.pk))
    assert numbers(client.get("/admin/invitations/")) == ["3"]
    client.post("/admin/invitations/new/", {"channel": "slip"})
    invited_now = Invitation.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True, send_at=AT)
    assert list(invited_now.values_list("person__number", flat=True)) == ["3"]


def test_those_that_the_list_shows_are_invited_by_mail_and_the_rest_by_slip(client, hr, yard):
    page = client.get("/admin/invitations/new/")
    assert (page.context["number"], page.context["without_mail"]) == (3, 2)
    assert "3 people will be invited." in page.content.decode()
    assert page.context["sample"] == [
        "Ana · 1 · Dock hand · Yard",
        "Ana · 2 · Driver · Yard",
        "Ana · 3 · Dock hand · Dock",
    ]
    response = client.post("/admin/invitations/new/", {"channel": "mail"}, follow=True)
    assert messages(response) == ["3 people are invited."]
    # Slips wait, so the next page is the one that prints them.
    assert response.redirect_chain == [("/admin/invitations/print/", 302)]
    waiting = Invitation.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True)
    assert sorted(waiting.values_list("person__number", "channel", "send_at", "invited_by")) == [
        ("1", "mail", AT, hr.pk),
        ("2", "slip", AT, hr.pk),
        ("3", "slip", AT, hr.pk),
    ]


def test_a_filter_chooses_who_is_invited(client, hr, yard):
    client.post("/admin/invitations/new/?state=never", {"channel": "mail"})
    assert set(Invitation.objects.filter(sent_at__isnull=True).values_list("person__number", flat=True)) == {"1", "3"}
    client.post("/admin/invitations/new/?unseen=41", {"channel": "slip"})
    assert Invitation.objects.filter(person=yard["pin"]).count() == 1


@pytest.mark.parametrize("state", ["never", "invited", "planned", "pin"])
def test_one_person_is_invited_again(client, hr, yard, state):
    """Whatever was still waiting is replaced, and who is activated may be asked for by name."""
    rows = shown(client.get("/admin/invitations/"))
    assert [row[7] for row in rows] == ["Invite", *["Invite again"] * 4]
    person = yard[state]
    client.post(f"/admin/invitations/new/?person={person.uuid}", {"channel": "slip"})
    waiting = Invitation.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True, person=person)
    assert list(waiting.values_list("send_at", flat=True)) == [AT]
    assert Invitation.objects.filter(invited_at=AT, send_at=AT, sent_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    "query", ["state=nonsense", "facility=x", "unseen=-1", "person=x", "person=6c1f3f2e-1111-4222-8333-444455556666"]
)
def test_a_filter_that_is_not_understood_invites_nobody(client, hr, yard, query):
    assert client.get(f"/admin/invitations/new/?{query}").context["number"] == 0
    client.post(f"/admin/invitations/new/?{query}", {"channel": "mail"})
    assert Invitation.objects.count() == 2


def test_at_a_time(client, hr, yard):
    client.post("/admin/invitations/new/?state=never", {"channel": "mail", "send_at": "2026-12-01 06:00"})
    row = Invitation.objects.get(person=yard["never"])
    assert row.send_at > AT + days(6)
    assert actions.send_invitations(at=AT)["sent"] == 0
    assert actions.send_invitations(at=row.send_at)["sent"] == 1


def test_a_print_run_is_one_card_each_and_happens_once(client, hr, yard):
    client.post("/admin/invitations/new/", {"channel": "slip"})
    assert client.get("/admin/invitations/print/").context["number"] == 3
    response = client.post("/admin/invitations/print/")
    assert "no-store" in response.headers["Cache-Control"]
    cards = response.context["cards"]
    assert [card["person"].number for card in cards] == ["1", "2", "3"]
    assert response.content.decode().count('<article class="slip"') == 3
    for card in cards:
        slip = slips.find("".join(card["groups"]))
        assert (slip.person, slip.kind, slip.issued_by) == (card["person"], "hr", hr)
    assert client.post("/admin/invitations/print/").context["cards"] == []
    assert Slip.objects.count() == 3


def test_who_came_in_before_the_print_run_gets_no_slip(client, hr, yard):
    client.post("/admin/invitations/new/", {"channel": "slip"})
    Person.objects.filter(number="1").update(last_login=AT + datetime.timedelta(seconds=1))
    cards = client.post("/admin/invitations/print/").context["cards"]
    assert [card["person"].number for card in cards] == ["2", "3"]


def test_nobody_of_the_administration_is_invited_by_hr(client, hr):
    factory.hire("editor", role="Editors")
    assert numbers(client.get("/admin/invitations/")) == []
    client.force_login(factory.person("admin", role="Administrators"))
    assert numbers(client.get("/admin/invitations/")) == ["editor", "hr"]


def test_the_list_costs_the_same_for_one_and_for_many(client, hr):
    factory.hire("1")
    client.get("/admin/invitations/")
    few = len(queries(lambda: client.get("/admin/invitations/")))
    for number in range(2, 30):
        factory.hire(str(number), email=f"p{number}@corvina.example")
    assert len(queries(lambda: client.get("/admin/invitations/"))) == few
    assert states.with_state(Person.objects).count() == 30
