"""What people set for themselves: the language and the zone of their days."""

import datetime

import pytest
import time_machine

from learning.people.models import Person
from tests.assignments import factory

pytestmark = pytest.mark.django_db

PATH = "/profile/preferences/"
LATE = datetime.datetime(2026, 11, 25, 5, 0, tzinfo=datetime.UTC)


@pytest.fixture
def ana(client):
    who = factory.person("1", "Ana")
    factory.place(who, "Dock hand", datetime.date(2026, 1, 1), zone="America/Denver")
    client.force_login(who)
    return who


def said(client, response):
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def test_they_are_kept_and_the_page_goes_on_in_the_new_language(client, ana):
    response = client.post(PATH, {"language": "en", "time_zone": "America/Denver"})
    assert said(client, response) == ["Saved."]
    response = client.post(PATH, {"language": "es", "time_zone": "America/Denver"})
    assert response.headers["Location"] == "/es/profile/"
    ana.refresh_from_db()
    assert (ana.language, ana.time_zone) == ("es", "America/Denver")


def test_the_zone_counts_at_once(client, ana):
    with time_machine.travel(LATE, tick=False):
        client.force_login(ana)
        client.get("/me/")
        factory.place(ana, "Office", datetime.date(2026, 11, 1), code="HQ", zone="Asia/Tokyo")
        client.post(PATH, {"language": "en", "time_zone": "America/Denver"})
        assert client.session["zone"] == "America/Denver"
        assert client.get("/me/").context["today"] == datetime.date(2026, 11, 24)
        client.post(PATH, {"language": "en", "time_zone": ""})
        assert client.session["zone"] == "Asia/Tokyo"
        assert client.get("/me/").context["today"] == datetime.date(2026, 11, 25)


@pytest.mark.parametrize(
    "form", [{"language": "fr", "time_zone": ""}, {"language": "en", "time_zone": "Mars/Olympus"}, {"time_zone": ""}]
)
def test_what_is_not_offered_changes_nothing(client, ana, form):
    response = client.post(PATH, form)
    assert said(client, response) == ["Nothing was changed. Choose a language and a zone from the lists."]
    ana.refresh_from_db()
    assert (ana.language, ana.time_zone) == ("en", "")


def test_only_ones_own_is_changed(client, ana):
    other = factory.person("2", "Rosa")
    client.post(PATH, {"language": "es", "time_zone": "", "pk": other.pk, "number": "2"})
    assert dict(Person.objects.values_list("number", "language")) == {"1": "es", "2": "en"}


def test_the_page_offers_the_zones_of_the_company(client, ana):
    form = client.get("/profile/").context["form"]
    assert [zone for zone, _label in form.fields["time_zone"].choices] == ["", "America/Denver"]


def test_a_visitor_signs_in_first(client):
    assert client.post(PATH, {"language": "es"}).headers["Location"].startswith("/sign-in/?next=")
