"""An open session is changed or cancelled with a reason, which is kept; compliance reads, and changes nothing."""

import datetime
import json

import pytest
import time_machine
from django.contrib.auth.models import Group

from learning.people.models import Audience
from learning.records.models import LedgerEntry, SessionChange, TrainingRecord
from learning.records.sessions import actions
from tests.people import factory as people

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


def form_of(client, session):
    """What the form posts when nothing is touched."""
    form = client.get(f"/team/sessions/{session.uuid}/change/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {"day": values["day"].isoformat(), "time": values["time"].strftime("%H:%M")}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_change_keeps_what_was_and_why(client, marta):
    edition = records.edition()
    session = factory.session(by=marta, edition=edition, **factory.quiz())
    records.edition(title="Seals", key=edition.course_key, number=2)
    page = f"/team/sessions/{session.uuid}/"
    said = form_of(client, session) | {
        "time": "11:00",
        "minutes": "30",
        "given_by": "Ana Ruiz",
        "reason": "It was moved",
    }
    assert client.post(f"{page}change/", said)["Location"] == page
    session.refresh_from_db()
    assert (session.happened_at, session.minutes) == (AT - datetime.timedelta(hours=1), 30)
    assert (session.instructor, session.instructor_name) == (None, "Ana Ruiz")
    # What nobody touched stays: the edition too, though the course has a newer one.
    assert (session.edition, session.title, session.check_kind, session.pass_mark) == (
        edition,
        "Seal security",
        "quiz",
        75,
    )
    change = SessionChange.objects.get()
    assert (change.reason, change.changed_by, change.changed_at) == ("It was moved", marta, AT)
    assert (change.before["minutes"], change.after["minutes"]) == (15, 30)
    assert client.get(page).context["changes"][0]["rows"] == [
        ("Began", "24 November 2026, 11:15 a.m.", "24 November 2026, 11 a.m."),
        ("Minutes", "15", "30"),
        ("Instructor", "Marta Reyes", "Ana Ruiz"),
    ]


def test_without_a_reason_or_a_difference_nothing_is_changed(client, marta):
    session = factory.session(by=marta)
    page = f"/team/sessions/{session.uuid}/change/"
    answer = client.post(page, form_of(client, session) | {"minutes": "30"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    client.post(page, form_of(client, session) | {"reason": "I looked"})
    session.refresh_from_db()
    assert (session.minutes, session.topics, SessionChange.objects.count()) == (15, ["Ladders"], 0)


def test_a_cancelled_session_writes_no_record_and_the_ledger_says_so(client, marta):
    ana = factory.crew("1", marta, "Ana")
    session = factory.session([ana], happened_at=AT + factory.minutes(60), present=False)
    page = f"/team/sessions/{session.uuid}/"
    assert client.post(f"{page}cancel/", {"reason": " "}).status_code == 422
    answer = client.post(f"{page}cancel/", {"reason": "Marta is ill"}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["The session is cancelled. Nobody gets a record of it."]
    session.refresh_from_db()
    assert (session.is_open, session.closed_by, session.cancel_reason) == (False, marta, "Marta is ill")
    body = LedgerEntry.objects.get(kind=LedgerEntry.Kind.SESSION).body
    assert (json.loads(body)["data"]["cancelled"], "ill" in body, TrainingRecord.objects.count()) == (True, False, 0)
    for path in ("change/", "cancel/", "close/"):
        assert client.post(f"{page}{path}", {"reason": "Again"})["Location"] == page
    with pytest.raises(actions.NotDone, match="closed"):
        actions.check_in(session=session, person=ana, attribution="password", at=AT + factory.minutes(60))
    client.force_login(ana)
    assert client.get(f"/s/{session.code}/").context["state"] == "called_off"


def test_compliance_reads_every_session_and_changes_none(client, marta):
    session = factory.session([factory.crew("1", marta)])
    sheet = factory.sheet(session)
    client.force_login(_compliance())
    page = f"/team/sessions/{session.uuid}/"
    assert [row["session"] for row in client.get("/team/sessions/").context["rows"]] == [session]
    context = client.get(page).context
    assert (context["may_change"], context["counts"]["there"]) == (False, 1)
    assert client.get(f"{page}files/{sheet.uuid}/")["Content-Type"] == "image/jpeg"
    for path in ("close/", "change/", "cancel/", "code/", "people/"):
        assert client.get(f"{page}{path}").status_code == 404
    assert client.post(f"{page}roster/", {"deed": "absent"}).status_code == 404
    limited = _compliance("8")
    limited.limited_to.add(records.facility("PORT", "Port"))
    client.force_login(limited)
    assert client.get(page).status_code == 404


def _compliance(number="7"):
    who = records.hire(number)
    who.groups.add(Group.objects.get(name="Compliance"))
    return who


def test_everybody_of_an_audience_comes_onto_the_roster_at_once(client, marta):
    ana, luis = factory.crew("1", marta, "Ana"), factory.crew("2", marta, "Luis")
    factory.crew("3", factory.boss("boss-2"), "Zoe")
    session = factory.session([luis], by=marta)
    everybody = people.audience()
    page = f"/team/sessions/{session.uuid}/people/"
    found = client.get(f"{page}?audience={everybody.uuid}")
    assert (list(found.context["page"]), "Add this 1 person" in found.content.decode()) == ([ana], True)
    client.post(page, {"deed": "everybody", "audience": str(everybody.uuid), "q": ""})
    on_it = session.attendances.order_by("person__number")
    assert [(row.person, row.present, row.walk_in) for row in on_it] == [(ana, False, False), (luis, True, False)]
    assert Audience.objects.count() == 1
