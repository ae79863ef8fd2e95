"""What positions must be trained for: suggested by their titles, said by people, a gap until then."""

import re

import pytest
from django.conf import settings

from learning.people.classifying import suggestions
from learning.people.classifying.actions import classify
from learning.people.models import Position
from learning.people.training_roles import TRAINING_ROLES
from tests.threads import together

from . import factory
from .admin import data, messages, shown
from .factory import AT, TODAY, days

pytestmark = pytest.mark.usefixtures("noon_in_denver")


@pytest.mark.parametrize(
    ("title", "roles", "sensitive"),
    [
        ("Truck driver", ["drivers"], True),
        ("Chofer de reparto", ["drivers"], True),
        ("Gate guard", ["security"], True),
        ("Guardia de seguridad", ["security"], True),
        ("Dock hand", ["dock_and_warehouse"], True),
        ("Almacenista", ["dock_and_warehouse"], True),
        ("Dispatcher", ["dispatch"], True),
        ("Despachador", ["dispatch"], True),
        ("HR manager", ["hr", "management"], False),
        ("Gerente de Recursos Humanos", ["hr", "management"], False),
        ("Night shift warehouse supervisor", ["dock_and_warehouse", "management"], True),
        ("IT administrator", ["it"], True),
        ("Contador", ["finance"], False),
        ("Item picker", ["dock_and_warehouse"], True),
        ("Three-way switcher", [], False),
        ("CTPAT coordinator", ["ctpat_poc"], True),
    ],
)
def test_what_a_title_suggests(title, roles, sensitive):
    assert suggestions.of(title) == (roles, sensitive)


def test_roles_are_those_of_the_criteria():
    text = (settings.BASE_DIR / "content" / "starter" / "en" / "criteria.yaml").read_text(encoding="utf-8")
    named = {
        role for roles in re.findall(r"trains: \[(.*?)\]", text, re.DOTALL) for role in roles.replace(",", " ").split()
    }
    assert {"drivers", "security", "ctpat_poc"} < named <= set(TRAINING_ROLES)
    assert set(suggestions.WORDS) <= set(TRAINING_ROLES)


@pytest.fixture
def waiting(db):
    for number in range(2):
        factory.hire(f"d{number}", "Truck driver")
    gone = factory.hire("gone", "Truck driver")
    gone.positions_held.update(ends_on=TODAY)
    factory.hire("jockey", "Jockey")
    Position.objects.create(title="Clerk", classified_at=AT)
    return {position.title: position for position in Position.objects.all()}


def test_what_waits_is_a_gap_that_the_first_page_and_the_listing_tell(client, hr, waiting):
    home = " ".join(client.get("/admin/").content.decode().split())
    assert '<a href="/admin/positions/classify/"><span>2</span> positions to classify, 3 people in them</a>' in home
    assert shown(client.get("/admin/positions/")) == [
        ["Clerk", "False", "", "", "0"],
        ["Jockey", "False", "", "to classify", "1"],
        ["Truck driver", "False", "", "to classify", "2"],
    ]
    assert "Classify 2" in client.get("/admin/positions/").content.decode()
    assert [row[0] for row in shown(client.get("/admin/positions/?waiting=no"))] == ["Clerk"]


def test_many_are_classified_in_one_page(client, hr, waiting, heard):
    page = client.get("/admin/positions/classify/")
    assert [form.position.title for form in page.context["forms"]] == ["Truck driver", "Jockey"]
    assert [form.initial["roles"] for form in page.context["forms"]] == [["drivers"], []]
    driver, jockey = waiting["Truck driver"], waiting["Jockey"]
    posted = {
        "position": [driver.pk, jockey.pk],
        f"{driver.pk}-roles": ["drivers"],
        f"{driver.pk}-sensitive": "on",
        f"{driver.pk}-accept": "on",
        f"{jockey.pk}-roles": ["dock_and_warehouse"],
    }
    response = client.post("/admin/positions/classify/", posted, follow=True)
    assert messages(response) == ["1 position classified."]
    driver.refresh_from_db()
    jockey.refresh_from_db()
    assert (driver.roles, driver.sensitive, driver.classified_at) == (["drivers"], True, AT)
    assert (jockey.roles, jockey.classified_at) == ([], None)
    assert [len(people) for people in heard] == [3]


def test_a_page_without_a_tick_changes_nothing(client, hr, waiting):
    driver = waiting["Truck driver"]
    response = client.post("/admin/positions/classify/", {"position": [driver.pk]}, follow=True)
    assert messages(response) == ["Nothing was ticked as right, so nothing was changed."]
    assert Position.objects.filter(classified_at=None).count() == 2


def test_a_role_that_the_criteria_do_not_know_is_refused(client, hr, waiting):
    driver = waiting["Truck driver"]
    posted = {"position": [driver.pk], f"{driver.pk}-roles": ["pirates"], f"{driver.pk}-accept": "on"}
    (form,) = client.post("/admin/positions/classify/", posted).context["forms"]
    assert list(form.errors) == ["roles"]
    assert Position.objects.filter(classified_at=None).count() == 2


def test_what_is_classified_already_is_not_classified_over_by_an_old_page(client, hr, waiting):
    clerk = waiting["Clerk"]
    posted = {"position": [clerk.pk], f"{clerk.pk}-roles": ["it"], f"{clerk.pk}-accept": "on"}
    client.post("/admin/positions/classify/", posted)
    clerk.refresh_from_db()
    assert clerk.roles == []


def test_saving_a_position_classifies_it(client, hr, waiting):
    jockey = waiting["Jockey"]
    address = f"/admin/positions/edit/{jockey.pk}/"
    form = client.get(address).context["form"]
    client.post(address, data(form, roles=["dock_and_warehouse"], sensitive="on"))
    jockey.refresh_from_db()
    assert (jockey.roles, jockey.sensitive, jockey.classified_at) == (["dock_and_warehouse"], True, AT)
    row = client.get(f"/admin/positions/history/{jockey.pk}/").context["object_list"]
    assert [entry.message for entry in row][-1] == (
        "Classified; sensitive: no → yes; training roles: dock_and_warehouse"
    )


@pytest.mark.parametrize(("role", "status"), [("Compliance", 302), ("Editors", 302), (None, 302)])
def test_classifying_is_for_who_may_change_positions(client, waiting, role, status):
    client.force_login(factory.person("me", role=role))
    driver = waiting["Truck driver"]
    posted = {"position": [driver.pk], f"{driver.pk}-accept": "on"}
    for response in (client.get("/admin/positions/classify/"), client.post("/admin/positions/classify/", posted)):
        assert response.status_code == status
    assert Position.objects.filter(classified_at=None).count() == 2


def test_nothing_waits(client, hr):
    page = client.get("/admin/positions/classify/")
    assert (page.context["forms"], page.context["people"]) == ([], 0)
    assert "to classify" not in client.get("/admin/").content.decode()


def test_pages_of_twenty_and_no_query_more_for_more(client, hr, django_assert_max_num_queries):
    Position.objects.bulk_create(Position(title=f"Title {number}") for number in range(45))
    page = client.get("/admin/positions/classify/?p=3")
    assert (len(page.context["forms"]), page.context["page"].paginator.count) == (5, 45)
    with django_assert_max_num_queries(15):
        assert len(client.get("/admin/positions/classify/").context["forms"]) == 20


def test_classified_twice_at_the_same_moment(committed_database):
    factory.hire("1", "Jockey")
    jockey = Position.objects.get()

    def deed(role):
        return lambda: classify(said=[(Position.objects.get(), False, [role])], at=AT + days(1))

    assert together(deed("drivers"), deed("dispatch")) == [1, 1]
    jockey.refresh_from_db()
    assert jockey.roles in (["drivers"], ["dispatch"])
