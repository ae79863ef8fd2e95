"""The screens for audiences: editing without a script, what is shown before saving, versions, and who may."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from learning.people.audiences import actions
from learning.people.audiences.preview import in_short
from learning.people.models import Audience

from ...queries import queries
from .. import factory
from ..admin import messages, shown
from ..factory import AT, TODAY, days
from . import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]

NEW = "/admin/audiences/new/"


def of(*titles):
    return {"position": sorted(str(factory.position(title).uuid) for title in titles)}


def edit(audience):
    return f"/admin/audiences/edit/{audience.pk}/"


def names(some):
    return [person.number for person in some.people]


@pytest.fixture
def crew():
    factory.hire("1", "Dock hand", first_name="Ana", last_name="Ruiz")
    factory.hire("2", "Guard", "GATE", first_name="Bo", last_name="Soto")
    factory.hire("3", "Driver", on=TODAY + days(9), first_name="Cy", last_name="Tran")


def test_a_rule_is_made_step_by_step_without_a_script(client, hr, crew):
    """Each button sends the form, and it comes back with the change, as it was filled in so far."""
    data = forms.on_page(client.get(NEW).content.decode())
    data = data | {"name": "Dock or Guard", "rule:r:new": "position", "rule:do": "add r"}
    page = client.post(NEW, data).content.decode()
    assert "<summary autofocus>" in page
    data = forms.on_page(page) | {"rule:r.0:value": of("Dock hand", "Guard")["position"]}
    page = client.post(NEW, data | {"rule:do": "group r"}).content.decode()
    data = forms.on_page(page) | {"rule:r.1:new": "facility", "rule:do": "add r.1"}
    data = forms.on_page(client.post(NEW, data).content.decode())
    data = data | {"rule:r.1.0:value": [str(factory.facility("GATE").uuid)], "rule:r.1.0:not": "yes"}
    page = client.post(NEW, data | {"rule:do": "look"})
    assert page.context["said"] == "Dock hand or Guard, not at Gate"
    assert names(page.context["preview"].selected) == ["1"]
    assert not Audience.objects.exists()
    assert client.post(NEW, forms.on_page(page.content.decode())).headers["Location"] == "/admin/audiences/"
    version = Audience.objects.get(name="Dock or Guard").versions.get()
    gate = {"facility": [str(factory.facility("GATE").uuid)]}
    assert version.rule == {"and": [of("Dock hand", "Guard"), {"or": [{"not": gate}]}]}
    assert (version.number, version.recorded_at, version.recorded_by) == (1, AT, hr)
    assert ModelLogEntry.objects.get(action="wagtail.create").user == hr


def test_a_change_is_shown_before_it_is_saved(client, hr, crew):
    audience = factory.audience(rule={"and": [of("Dock hand")]})
    data = forms.posted({"and": [of("Guard")]}, name="Guards")
    response = client.post(edit(audience), data)
    assert messages(response) == [
        "Not saved yet: look at who comes in and who drops out, which changes what they owe. Then save."
    ]
    preview = response.context["preview"]
    assert (names(preview.come_in), names(preview.drop_out), preview.version.number) == (["2"], ["1"], 1)
    assert audience.versions.count() == 1
    client.post(edit(audience), forms.on_page(response.content.decode()))
    assert [(row.number, row.rule) for row in audience.versions.order_by("number")] == [
        (1, {"and": [of("Dock hand")]}),
        (2, {"and": [of("Guard")]}),
    ]
    audience.refresh_from_db()
    assert audience.name == "Guards"


def test_what_was_looked_at_must_be_what_is_saved(client, hr, crew):
    """Also when somebody else has saved another version in between."""
    audience = factory.audience(rule={"and": [of("Dock hand")]})
    guards = {"and": [of("Guard")]}
    looked = client.post(edit(audience), forms.posted(guards, name="Dock", rule__do="look")).context["preview"].seen
    other = forms.posted({"and": [of("Driver")]}, name="Dock", rule__seen=looked)
    assert client.post(edit(audience), other).status_code == 200
    actions.set_audience_rule(audience=audience, rule={"and": [of("Guard", "Driver")]}, at=AT)
    late = client.post(edit(audience), forms.posted(guards, name="Dock", rule__seen=looked))
    assert late.context["preview"].version.number == 2
    assert audience.versions.count() == 2


def test_saving_unchanged_or_a_name_only_makes_no_version(client, hr):
    audience = factory.audience(rule=of("Dock hand"))
    data = forms.on_page(client.get(edit(audience)).content.decode())
    response = client.post(edit(audience), data | {"name": "All"})
    audience.refresh_from_db()
    assert (response.status_code, audience.name, audience.versions.count()) == (302, "All", 1)


def test_people_are_counted_on_any_date(client, hr, crew):
    audience = factory.audience(rule={"and": [of("Driver")]})
    page = client.get(f"/admin/audiences/inspect/{audience.pk}/")
    assert (page.context["preview"].on, page.context["preview"].selected.number) == (TODAY, 0)
    page = client.get(f"/admin/audiences/inspect/{audience.pk}/?on=2026-12-03")
    assert names(page.context["preview"].selected) == ["3"]
    page = client.post(edit(audience), forms.posted({"and": [of("Driver")]}, on="2026-12-03", rule__do="look"))
    assert (page.context["preview"].on, names(page.context["preview"].selected)) == (datetime.date(2026, 12, 3), ["3"])


@pytest.mark.parametrize("on", ["soon", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_date_that_is_none_is_not_counted_on(client, hr, on):
    audience = factory.audience()
    page = client.get(f"/admin/audiences/inspect/{audience.pk}/?on={on}")
    assert page.context["preview"] is None
    assert "Not counted: enter a date between 1900 and 2199." in page.content.decode()
    page = client.post(edit(audience), forms.posted({"and": []}, name="Dock", on=on))
    assert list(page.context["form"].errors) == ["on"]


def test_what_is_wrong_is_said_at_its_place(client, hr):
    data = forms.posted({"and": [{"sensitive": True}, {"or": [{"hired_before": "soon"}]}, {"tag": []}]}, name="Wrong")
    page = client.post(NEW, data)
    assert page.context["form"].errors == {
        "rule": ["Part 2.1 (Hired before): Enter a date.", "Part 3 (Tag): Choose at least one."]
    }
    assert page.content.decode().count("audience-error") == 2
    assert page.context["preview"] is None


def test_a_button_of_nothing_changes_nothing(client, hr):
    page = client.post(NEW, forms.posted({"and": [{"sensitive": True}]}, name="x", rule__do="remove r.7"))
    assert forms.on_page(page.content.decode())["rule:part"] == ["r", "r.0"]


def test_a_script_is_answered_with_the_parts_that_change(client, hr, crew):
    data = forms.posted({"and": [of("Guard")]}, rule__do="count")
    page = client.post(NEW, data, headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()
    assert page.lstrip().startswith('<div id="audience-rule">')
    assert "<html" not in page
    assert '<span>Bo Soto</span> <span class="audience-where">2 · Guard · Gate</span>' in page
    assert "<strong>1</strong> person on 24 November 2026" in page


def test_who_is_limited_to_facilities_counts_and_sees_only_theirs(client, crew):
    """They read audiences only: a change would be felt where they cannot see it."""
    hr = factory.person("hr", role="Human resources")
    hr.limited_to.add(factory.facility("YARD"))
    hr.refresh_from_db()
    client.force_login(hr)
    audience = factory.audience()
    preview = client.get(f"/admin/audiences/inspect/{audience.pk}/").context["preview"]
    assert (preview.selected.number, names(preview.selected), preview.limited) == (1, ["1"], True)
    actions.set_audience_rule(audience=audience, rule={"and": [of("Guard")]}, at=AT)
    response = client.get(f"/admin/audiences/compare/{audience.pk}/?old=1&new=2")
    assert names(response.context["preview"].drop_out) == ["1"]
    assert response.context["preview"].selected.number == 0
    assert "Soto" not in response.content.decode()
    assert client.get(edit(audience)).status_code == 302


def test_the_listing_says_rules_in_words(client, hr):
    factory.audience("Dock", {"and": [of("Dock hand")]})
    two = factory.audience("Everyone")
    actions.set_audience_rule(audience=two, rule={"and": [{"not": of("Guard")}]}, at=AT)
    Audience.objects.create(name="Without a rule")
    assert shown(client.get("/admin/audiences/")) == [
        ["Dock", "Dock hand", "1"],
        ["Everyone", "Not Guard", "2"],
        ["Without a rule", "", ""],
    ]


def test_versions_are_listed_and_compared_in_words(client, hr, crew):
    audience = factory.audience(rule={"and": [of("Dock hand")]})
    for number in range(2, 26):
        rule = {"and": [of("Guard" if number % 2 else "Driver")]}
        actions.set_audience_rule(audience=audience, rule=rule, at=AT, by=hr)
    page = client.get(f"/admin/audiences/inspect/{audience.pk}/?p=2")
    assert [version.number for version in page.context["versions"]] == [5, 4, 3, 2, 1]
    assert [version.words for version in page.context["versions"]] == [
        "Guard",
        "Driver",
        "Guard",
        "Driver",
        "Dock hand",
    ]
    assert [version.number for version in client.get(edit(audience)).context["versions"]] == [25, 24, 23, 22, 21]
    page = client.get(f"/admin/audiences/compare/{audience.pk}/?old=1&new=25")
    assert [(line.change, line.words) for line in page.context["lines"]] == [
        ("same", "All of these:"),
        ("removed", "Dock hand"),
        ("added", "Guard"),
    ]
    preview = page.context["preview"]
    assert (names(preview.come_in), names(preview.drop_out)) == (["2"], ["1"])


@pytest.mark.parametrize("query", ["", "?old=1", "?old=1&new=3", "?old=1&new=x", "?old=0&new=1", "?old=1&new=²"])
def test_versions_that_are_not_there(client, hr, query):
    audience = factory.audience()
    assert client.get(f"/admin/audiences/compare/{audience.pk}/{query}").status_code == 404


READ = ["/admin/audiences/", "/admin/audiences/inspect/{pk}/", "/admin/audiences/compare/{pk}/?old=1&new=1"]
WRITE = [NEW, "/admin/audiences/edit/{pk}/"]


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("Human resources", 200, 200), ("Compliance", 200, 302), ("Editors", 302, 302), ("Supervisors", 302, 302)],
)
def test_hr_changes_compliance_reads_nobody_else(client, role, reads, writes):
    audience = factory.audience()
    client.force_login(factory.person("me", role=role))
    assert {client.get(address.format(pk=audience.pk)).status_code for address in READ} == {reads}
    data = forms.posted({"and": [{"sensitive": True}]}, name="Mine", rule__do="look")
    for address in WRITE:
        assert client.get(address.format(pk=audience.pk)).status_code == writes
        assert client.post(address.format(pk=audience.pk), data).status_code == writes
    assert list(audience.versions.values_list("rule", flat=True)) == [{"and": []}]


def test_queries_do_not_grow_with_people_positions_or_conditions(client, hr):
    audience = factory.audience(rule={"and": [of("Dock hand")]})
    changed = forms.posted({"and": [of("Guard"), {"or": [of("Guard"), of("Driver")]}]}, name="x", rule__do="look")

    def count():
        read = len(queries(lambda: client.get(edit(audience))))
        return (
            read,
            len(queries(lambda: client.post(edit(audience), changed))),
            len(queries(lambda: client.get(READ[0]))),
        )

    factory.hire("1")
    factory.hire("1g", "Guard")
    count()
    one = count()
    for number in range(2, 14):
        factory.hire(str(number), "Guard" if number % 2 else "Dock hand")
        factory.position(f"Position {number}")
        factory.audience(f"Audience {number}", {"and": [of(f"Position {number}")]})
    assert count() == one


@pytest.mark.parametrize(
    ("limited", "said"),
    [
        (False, "2 people today: Everybody who holds a position."),
        (True, "1 person today: Everybody who holds a position."),
    ],
)
def test_an_audience_in_short(hr, crew, limited, said):
    if limited:
        hr.limited_to.add(factory.facility("GATE"))
    assert in_short(factory.audience(), on=TODAY, user=hr) == said
    assert in_short(Audience.objects.create(name="Without a rule"), on=TODAY, user=hr) == ""
