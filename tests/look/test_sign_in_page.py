"""The page where one signs in: what it asks, what it says when it refuses, whom the demo offers."""

import re

import pytest

from learning.people.models import Person

pytestmark = pytest.mark.django_db

MISMATCH = "Number and password do not match. Mind capital letters."


@pytest.fixture
def driver():
    return Person.objects.create_user("driver", "right password", first_name="Daniel", email="d@corvina.example")


def post(client, login, password, **more):
    return client.post("/sign-in/", {"login": login, "password": password} | more)


@pytest.mark.parametrize("login", ["driver", "d@corvina.example", " driver "])
def test_number_or_mail_signs_in_and_leads_on(client, driver, login):
    response = post(client, login, "right password", next="/guides/")
    assert response.headers["Location"] == "/guides/"
    assert client.session["_auth_user_id"] == str(driver.pk)


@pytest.mark.parametrize("login", ["driver", "nobody", "nobody@corvina.example"])
def test_a_mismatch_is_said_once_above_and_at_the_password(client, driver, login):
    html = post(client, login, "wrong").content.decode()
    assert html.count(MISMATCH) == 2
    assert 'aria-invalid="true" aria-describedby="password-error"' in html
    assert '<div id="password-error"><p class="error">' in html
    assert f'value="{login}"' in html
    assert "wrong" not in html
    assert "_auth_user_id" not in client.session


def test_empty_fields_are_named(client):
    html = post(client, "", "").content.decode()
    assert re.findall(r'<li><a href="#(\w+)">([\w ]+):', html) == [
        ("login", "Staff number or work email"),
        ("password", "Password"),
    ]
    assert 'aria-invalid="true" aria-describedby="login-error"' in html


def test_too_many_tries_are_answered_in_words(client, driver):
    for _try in range(5):
        post(client, "driver", "wrong")
    html = post(client, "driver", "right password").content.decode()
    assert "Too many tries. Wait five minutes, then try again." in html
    assert "_auth_user_id" not in client.session


def test_a_flood_from_one_address_is_answered_by_a_page_of_ours(client, driver, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _try in range(4):
        response = post(client, "driver", "wrong")
    assert response.status_code == 429
    assert "<h1>Too many tries in a short time</h1>" in response.content.decode()
