"""/healthz and /readyz: exact words for machines, and the truth."""

import pytest
from django.db import connection

from learning.records import guards


@pytest.fixture(params=["/healthz", "/readyz"])
def address(request):
    return request.param


@pytest.mark.django_db
def test_all_is_well(client):
    healthz, readyz = client.get("/healthz"), client.get("/readyz")
    assert (healthz.status_code, healthz.json()) == (200, {"status": "ok"})
    assert (readyz.status_code, readyz.json()) == (200, {"status": "ok", "failing": []})


@pytest.mark.django_db
def test_nobody_keeps_an_old_answer(client, address):
    response = client.get(address)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"] == "application/json"
    assert client.post(address).status_code == 405


def test_healthz_asks_no_database(client):
    """It tells whether the process answers; a database that is away is no reason to kill it."""
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_missing_guard_is_told(client):
    with connection.cursor() as cursor:
        suffix = " ON courses_edition" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_courses_edition_update{suffix}")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "failing", "failing": ["guards"]})
    assert client.get("/healthz").status_code == 200
    guards.install(connection)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_migration_that_was_not_applied_is_told(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reminders'")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "failing", "failing": ["migrations"]})
