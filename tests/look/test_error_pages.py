"""Every error page is ours, says what to do next, and tells nothing about the inside."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import path
from django.views import defaults

import learning.urls
from learning.people.models import Person
from tests.content import factory

pytestmark = pytest.mark.django_db


def refuse(request):
    raise PermissionDenied("inside-words")


def fail(request):
    raise RuntimeError("inside-words")


def suspect(request):
    raise SuspiciousOperation("inside-words")


urlpatterns = [
    path("refuse/", refuse),
    path("fail/", fail),
    path("suspect/", suspect),
    *learning.urls.urlpatterns,
]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "answer"),
    [
        ("/nowhere/", 404, "There is no page for you at this address"),
        ("/refuse/", 403, "Your account does not open this page"),
        ("/fail/", 500, "Something on the server failed"),
        ("/suspect/", 400, "The server could not read this request"),
        ("/language/", 405, "Nothing was sent"),
    ],
)
def test_an_error_is_answered_by_a_page_of_ours(client, settings, address, status, answer):
    settings.ROOT_URLCONF = __name__
    factory.home()
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{answer}</h1>" in html
    assert "<strong>Demo</strong>" in html
    assert "inside-words" not in html
    assert "Traceback" not in html


def test_a_page_not_found_knows_who_is_signed_in(client):
    factory.home()
    assert '<a class="btn" href="/sign-in/">' in client.get("/nowhere/").content.decode()
    client.force_login(Person.objects.create_user(number="driver", first_name="Daniel"))
    html = client.get("/nowhere/").content.decode()
    assert '<a class="btn" href="/me/">' in html
    assert "Staff number driver" in html


def test_a_page_not_found_speaks_the_language_of_its_address(client):
    factory.home()
    response = client.get("/es/nowhere/")
    assert response.status_code == 404
    assert '<html lang="es">' in response.content.decode()
    assert '<html lang="en">' in client.get("/nowhere/").content.decode()


def test_the_page_for_a_failure_needs_no_database():
    def refused(*args):
        raise AssertionError("The page asked the database.")

    with connection.execute_wrapper(refused):
        failed = defaults.server_error(RequestFactory().get("/"))
    assert failed.status_code == 500
    assert b'<link rel="stylesheet" href="/static/gatehouse/gatehouse.css">' in failed.content


def test_a_form_without_its_token_is_refused_in_words(settings):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/language/", {"language": "es"})
    assert response.status_code == 403
    assert "<h1>The form was not accepted</h1>" in response.content.decode()
