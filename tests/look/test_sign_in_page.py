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
    for _try in range(30):
        response = post(client, "driver", "wrong")
    assert response.status_code == 429
    assert "<h1>Too many tries in a short time</h1>" in response.content.decode()


def test_an_account_that_may_not_sign_in_is_told_so(client, driver):
    Person.objects.update(is_active=False)
    response = client.post("/sign-in/", {"login": "driver", "password": "right password"}, follow=True)
    assert "This account may not sign in any more. If that is wrong, ask HR." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_is_a_deed_of_its_own(client, driver):
    client.force_login(driver)
    assert '<h1 class="h-l">Sign out now?</h1>' in client.get("/sign-out/").content.decode()
    assert "_auth_user_id" in client.session
    response = client.post("/sign-out/", follow=True)
    assert "_auth_user_id" not in client.session
    assert "You are signed out. Your place in every course is kept." in response.content.decode()


def test_the_demo_offers_its_accounts_and_a_real_company_does_not(client, settings):
    html = client.get("/sign-in/").content.decode()
    assert re.findall(r'<th scope="row"><code>(\w+)</code>', html) == [
        "driver",
        "dock",
        "guard",
        "office",
        "supervisor",
        "hr",
        "compliance",
        "editor",
        "admin",
    ]
    assert "<code>gatehouse-demo</code>" in html
    settings.DEMO = False
    assert "gatehouse-demo" not in client.get("/sign-in/").content.decode()


def test_the_page_offers_nothing_that_is_not_there(client):
    html = client.get("/sign-in/").content.decode()
    for absent in ("sign-up", "signup", "password/reset", "forgot", "link instead"):
        assert absent not in html.lower()
