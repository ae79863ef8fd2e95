"""The file of all that is held about a person: whole, theirs, and without a secret."""

import json

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from courses.actions import tell_unclear_or_wrong
from learning.people.models import LeavePeriod, Pin, Slip
from learning.reminders import my_data
from tests.assignments import factory
from tests.courses import factory as courses
from tests.courses.factory import AT
from tests.queries import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def fetched(client):
    response = client.get("/profile/data/")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="gatehouse-')
    assert "no-store" in response.headers["Cache-Control"]
    return b"".join(response.streaming_content).decode()


def busy(number, title, **fields):
    """Somebody with a course done, a word about it, a leave, an app and a slip."""
    who = factory.hire(number, password="a long secret word", **fields)
    edition = courses.released_course(title)
    run = courses.finish(who, edition)
    step = courses.steps(edition)[0]["key"]
    tell_unclear_or_wrong(enrolment=run, step_key=step, kind="wrong", text=f"Said by {number}", language="en", at=AT)
    LeavePeriod.objects.create(person=who, starts_on=AT.date(), recorded_at=AT)
    Authenticator.objects.create(user=who, type="totp", data={"secret": f"secret-of-{number}"})
    Slip.objects.create(person=who, code_hash=f"hash-of-{number}", issued_at=AT, expires_at=AT)
    Pin.objects.create(person=who, secret=f"pin-of-{number}", set_at=AT)
    return who


def test_it_holds_all_that_is_known_of_whoever_asks_and_of_nobody_else(client):
    mine = busy("1001", "Seal security", first_name="Daniel", email="daniel@example.com")
    busy("2002", "Fences", first_name="Xochitl", email="xochitl@example.com")
    client.force_login(mine)
    text = fetched(client)
    data = json.loads(text)
    assert list(data) == [name for name, _rows in my_data.sets(mine)]
    (account,) = data["accounts"]
    assert (account["number"], account["first_name"], account["email"]) == ("1001", "Daniel", "daniel@example.com")
    assert [row["position__title"] for row in data["positions"]] == ["Dock hand"]
    assert len(data["employments"]) == len(data["leave"]) == len(data["slips"]) == 1
    assert [row["type"] for row in data["sign_in_methods"]] == ["totp"]
    assert [row["text"] for row in data["feedback"]] == ["Said by 1001"]
    assert [(row["score"], row["passed"]) for row in data["attempts"]] == [("100.00", True)]
    assert len(data["answers"]) == len(data["marks"]) == 2
    assert [(row["course"], row["subject__first_name"]) for row in data["records"]] == [("Seal security", "Daniel")]
    for other in ("2002", "Xochitl", "xochitl@example.com", "Fences"):
        assert other not in text


def test_it_holds_no_secret(client):
    mine = busy("1001", "Seal security")
    client.force_login(mine)
    text = fetched(client)
    for secret in (mine.password, "secret-of-1001", "hash-of-1001", "pin-of-1001", '"password":', "salt", "commitment"):
        assert secret not in text
    # What is right in a quiz stands with its questions, and nothing of these is here.
    assert "blueprint" not in text
    assert "drawn" not in text


def test_what_a_merged_account_did_belongs_to_its_successor(client):
    mine, before = factory.hire("1001"), busy("1000", "Seal security")
    before.merged_into = mine
    before.save()
    client.force_login(mine)
    data = json.loads(fetched(client))
    assert [row["number"] for row in data["accounts"]] == ["1001", "1000"]
    assert [row["course"] for row in data["records"]] == ["Seal security"]


def test_it_costs_the_same_for_one_course_and_for_many(client):
    mine = busy("1001", "Course 0")
    client.force_login(mine)
    fetched(client)
    one = len(queries(lambda: fetched(client)))
    for number in range(1, 6):
        courses.finish(mine, courses.released_course(f"Course {number}"))
    assert len(queries(lambda: fetched(client))) == one


def test_a_visitor_signs_in_first(client):
    assert client.get("/profile/data/").headers["Location"] == "/sign-in/?next=/profile/data/"


def test_it_takes_no_form(client):
    client.force_login(factory.hire("1001"))
    assert client.post("/profile/data/").status_code == 405
