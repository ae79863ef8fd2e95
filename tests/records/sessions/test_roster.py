"""The page of a session: ticks, typed names, scores, and the way to its closing."""

from decimal import Decimal

import pytest
import time_machine

from learning.records.models import TrainingRecord

from .. import factory as records
from . import factory
from .factory import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver")]


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def marta(client):
    who = factory.boss()
    client.force_login(who)
    return who


def do(client, session, deed, *people, **fields):
    form = {"deed": deed, "person": [str(person.uuid) for person in people]} | fields
    answer = client.post(f"/team/sessions/{session.uuid}/roster/", form, follow=True)
    return [str(message) for message in answer.context["messages"]]


def state(session):
    return list(session.attendances.order_by("person__number").values_list("present", "attested"))


def test_ticks_say_who_was_there_and_how_we_know(client, marta):
    ana, luis = factory.crew("1", marta, "Ana"), factory.crew("2", marta, "Luis")
    session = factory.session([ana, luis], present=False)
    assert do(client, session, "present", ana) == []
    assert state(session) == [(True, ""), (False, "")]
    assert do(client, session, "sheet", luis) == ["Attach a photo of the signed sheet first."]
    factory.sheet(session)
    do(client, session, "sheet", luis)
    do(client, session, "sign_for", ana)
    assert state(session) == [(True, "signed_for"), (True, "sheet")]
    do(client, session, "absent", ana)
    assert state(session) == [(False, ""), (True, "sheet")]
    assert do(client, session, "present") == ["Tick somebody first."]


@pytest.mark.parametrize(
    ("typed", "taken"), [("jose  PENA", True), ("José Peña", True), ("José", False), ("Ana Peña", False), ("", False)]
)
def test_a_name_is_typed_as_it_stands_accents_aside(client, marta, typed, taken):
    jose = factory.crew("1", marta, "José", "Peña")
    session = factory.session([jose])
    answer = client.post(f"/team/sessions/{session.uuid}/people/{jose.uuid}/", {"typed_name": typed})
    row = session.attendances.get()
    assert (answer.status_code, row.attested, row.typed_name) == (
        (302, "typed_name", " ".join(typed.split())) if taken else (422, "", "")
    )


def test_nobody_signs_who_is_not_on_the_roster(client, marta):
    session = factory.session(by=marta)
    ana = factory.crew("1", marta)
    assert client.get(f"/team/sessions/{session.uuid}/people/{ana.uuid}/").status_code == 404


@pytest.mark.parametrize("score", ["101", "-1", "many", "NaN", "1e9"])
def test_a_score_is_a_percentage_or_nothing_is_saved(client, marta, score):
    ana, luis = factory.crew("1", marta), factory.crew("2", marta)
    session = factory.session([ana, luis], present=False, **factory.quiz())
    fields = {f"score-{ana.uuid}": "80", f"score-{luis.uuid}": score}
    assert do(client, session, "scores", **fields) == [
        f"Nothing was saved: “{score}” is not a percentage between 0 and 100."
    ]
    assert list(session.attendances.values_list("score", flat=True)) == [None, None]
    do(client, session, "scores", **(fields | {f"score-{luis.uuid}": "87,5"}))
    assert list(session.attendances.order_by("person__number").values_list("score", "present")) == [
        (80, True),
        (Decimal("87.50"), True),
    ]


def test_closing_is_asked_first_and_says_who_gets_no_more_than_presence(client, marta):
    ana, luis = factory.crew("1", marta, "Ana"), factory.crew("2", marta, "Luis")
    session = factory.session([ana, luis], edition=records.edition(), **factory.quiz())
    page = f"/team/sessions/{session.uuid}/"
    assert client.get(f"{page}close/")["Location"] == page
    do(client, session, "sign_for", ana, luis)
    do(client, session, "scores", **{f"score-{ana.uuid}": "80", f"score-{luis.uuid}": "60"})
    assert client.get(f"{page}close/").context["presence_only"] == ["Luis Olmos"]
    assert TrainingRecord.objects.count() == 0
    answers = [client.post(f"{page}close/", follow=True) for _ in range(2)]
    said = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert said == [["The session is closed: 2 people, 2 records."], []]
    assert list(TrainingRecord.objects.order_by("pk").values_list("check_kind", flat=True)) == ["quiz", "none"]
    assert do(client, session, "absent", ana) == ["This session is closed: nothing in it changes any more."]
