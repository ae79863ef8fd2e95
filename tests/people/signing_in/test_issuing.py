"""Who issues slips for whom, what is printed, and who hears of it."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.log_actions import registry

from learning.people.models import Employment, Slip
from learning.people.signing_in import slips

from .. import factory
from ..factory import AT, days
from .slip_factory import code_on, crew, means, slip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def yard():
    return crew()


def address(person):
    return f"/team/{person.uuid}/slip/"


def numbers(user, at=AT):
    return sorted(slips.issuable_by(user, at).values_list("number", flat=True))


def test_a_supervisor_asks_and_gets_a_slip_that_works(client, yard):
    client.force_login(yard.marta)
    response = client.get(address(yard.luis))
    assert response.context["person"] == yard.luis
    assert [str(held.facility) for held in response.context["held"]] == ["Yard"]
    assert not Slip.objects.exists()

    response = client.post(address(yard.luis))
    row = Slip.objects.get()
    assert (row.person, row.issued_by, row.kind, row.issued_at) == (yard.luis, yard.marta, "supervisor", AT)
    assert "no-store" in response.headers["Cache-Control"]
    code = code_on(response)
    assert slips.find(code) == row
    # In the language of who will read it, whatever the supervisor's is.
    (card,) = response.context["cards"]
    assert (card["language"], card["address"]) == ("es", f"http://127.0.0.1:8000/es/start/{code}/")
    assert card["typed_at"] == "127.0.0.1:8000/es/start/"


def test_the_code_is_in_no_session_and_no_log(client, yard):
    client.force_login(yard.marta)
    code = code_on(client.post(address(yard.luis)))
    (entry,) = registry.get_logs_for_instance(yard.luis)
    assert (entry.action, entry.user, entry.timestamp) == ("people.issue_slip", yard.marta, AT)
    assert entry.data == {"what": "slip from the supervisor"}
    assert code not in str(dict(client.session))
    client.post(f"/start/{code}/", means(pin="731958"))
    actions = [entry.action for entry in registry.get_logs_for_instance(yard.luis)]
    assert sorted(actions) == ["people.issue_slip", "people.use_slip"]


@pytest.mark.parametrize("who", ["sara", "marta", "boss"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_outside_the_own_line(client, yard, who, method):
    """Not strangers, not oneself, not those above."""
    boss = factory.hire("1001")
    yard.marta.employments.update(manager=boss)
    client.force_login(yard.marta)
    other = {"sara": yard.sara, "marta": yard.marta, "boss": boss}[who]
    assert getattr(client, method)(address(other)).status_code == 404
    assert not Slip.objects.exists()


def test_the_line_counts_at_any_depth_and_ends_with_the_employment(yard):
    boss = factory.hire("1001")
    yard.marta.employments.update(manager=boss)
    assert numbers(boss) == ["2001", "3071"]
    assert numbers(yard.marta) == ["3071"]
    Employment.objects.filter(person=yard.luis).update(ends_on=factory.TODAY)
    assert numbers(boss) == ["2001"]


def test_learners_and_visitors_find_nothing(client, yard):
    assert client.get(address(yard.luis)).headers["Location"].startswith("/sign-in/")
    client.force_login(yard.sara)
    assert client.post(address(yard.luis)).status_code == 404


@pytest.mark.parametrize(
    ("role", "for_driver", "for_hr", "for_root"),
    [
        ("Supervisors", True, False, False),
        ("Human resources", True, False, False),
        ("Compliance", False, False, False),
        ("Administrators", True, True, False),
        ("superuser", True, True, True),
    ],
)
def test_an_account_of_the_administration_is_opened_anew_by_an_administrator_only(role, for_driver, for_hr, for_root):
    issuer = factory.hire("me", role=None if role == "superuser" else role, is_superuser=role == "superuser")
    people = [factory.hire("driver"), factory.hire("hr", role="Human resources"), factory.hire("root")]
    people[2].is_superuser = True
    people[2].save()
    if role == "Supervisors":
        Employment.objects.filter(person__in=people).update(manager=issuer)
    expected = [name for name, may in zip(("driver", "hr", "root"), (for_driver, for_hr, for_root), strict=True) if may]
    assert numbers(issuer) == expected


def test_hr_and_supervisors_keep_to_their_facilities(yard):
    hr = factory.hire("hr", role="Human resources")
    assert numbers(hr) == ["2001", "3071", "4001"]
    hr.limited_to.add(factory.facility("DOCK"))
    assert numbers(type(hr).objects.get(pk=hr.pk)) == ["4001"]
    yard.marta.limited_to.add(factory.facility("DOCK"))
    assert numbers(type(hr).objects.get(pk=yard.marta.pk)) == []


@pytest.mark.parametrize(
    "gone", [{"is_active": False}, {"merged": True}, {"left": True}], ids=["stopped", "merged", "left"]
)
def test_nobody_who_may_not_sign_in(yard, gone):
    if gone.get("left"):
        yard.luis.employments.update(ends_on=factory.TODAY)
    elif gone.get("merged"):
        yard.luis.merged_into = yard.sara
        yard.luis.save()
    else:
        yard.luis.is_active = False
        yard.luis.save()
    assert numbers(factory.person("root", is_superuser=True)) == [
        number for number in ["2001", "3071", "4001"] if number != "3071"
    ]


def test_who_begins_next_week_gets_one_beforehand():
    hr = factory.hire("hr", role="Human resources")
    factory.hire("new", on=factory.TODAY + days(7))
    assert numbers(hr) == ["new"]


@pytest.mark.parametrize(
    ("role", "kind"),
    [("Supervisors", "supervisor"), ("Human resources", "hr"), ("Administrators", "administrator")],
)
def test_a_slip_says_by_what_right_it_was_issued(role, kind):
    assert slips.right_of(factory.person("me", role=role)) == kind


def test_the_page_says_that_an_open_slip_stops_working(client, yard):
    slip(yard.luis, at=AT - days(2))
    client.force_login(yard.marta)
    assert "The slip of 22 November 2026 was not used yet" in client.get(address(yard.luis)).content.decode()


def test_the_locked_out_administrator_gets_one_on_the_shell(client, capsys):
    admin = factory.hire("Admin-1", first_name="Ada", role="Administrators")
    client.force_login(admin)
    call_command("reset_sign_in", "admin-1")
    name, there, typed, until = capsys.readouterr().out.splitlines()
    row = Slip.objects.get()
    assert (row.person, row.issued_by, row.kind) == (admin, None, "command")
    assert name == "Slip for Ada, Admin-1"
    code = there.removeprefix("Open  http://127.0.0.1:8000/start/").removesuffix("/")
    assert slips.find(code) == row
    assert typed.removeprefix("Code  ").replace("-", "") == code
    assert until == "Works once, until 8 December 2026. All sessions of the account have ended."
    assert client.get("/admin/").headers["Location"] == "/sign-in/?next=/admin/"


def test_the_command_says_in_one_line_what_is_wrong():
    with pytest.raises(CommandError, match=r"^Nobody has this staff number\.$"):
        call_command("reset_sign_in", "nobody")
    factory.person("stopped", is_active=False)
    with pytest.raises(CommandError, match="may not sign in"):
        call_command("reset_sign_in", "stopped")
    assert not Slip.objects.exists()
