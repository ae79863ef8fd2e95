"""Mails of invitations and to HR: once each, to those still due, with a link that works."""

import email
import re
from email import policy

import pytest
import time_machine
from django.core import mail

from learning.people.inviting import actions, telling
from learning.people.models import Invitation, Person, Slip
from learning.people.signing_in import actions as signing_in
from learning.people.signing_in import slips
from learning.people.tasks import write_to_people
from learning.reminders import mailbox
from tests.queries import queries

from .. import factory
from ..factory import AT, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return factory.hire("hr", first_name="Helen", email="helen@corvina.example", role="Human resources")


@pytest.fixture
def luis():
    return factory.hire("3071", first_name="Luis", last_name="Vega", email="luis@corvina.example", language="es")


def invite(*people, by, channel=Invitation.Channel.MAIL, send_at=AT, at=AT):
    chosen = Person.objects.filter(pk__in=[person.pk for person in people])
    return actions.invite(people=chosen, channel=channel, send_at=send_at, by=by, at=at)


def code_in(message):
    return re.search(r"/start/(\w{20})/", message.body)[1]


def test_the_mail_is_in_the_person_s_language_and_its_link_works(client, hr, luis):
    invite(luis, by=hr)
    assert actions.send_invitations(at=AT) == {"sent": 1, "cancelled": 0, "failed": 0}
    (message,) = mail.outbox
    row = Invitation.objects.get()
    assert message.to == ["luis@corvina.example"]
    assert message.extra_headers["Message-ID"] == f"<{row.uuid}@127.0.0.1>"
    assert row.sent_at == AT
    slip = slips.find(code_in(message))
    assert (slip.person, slip.kind, slip.issued_by) == (luis, "mail", hr)
    assert slip.expires_at > AT + days(14)
    html = message.alternatives[0].content
    assert 'lang="es"' in html
    assert f"/es/start/{code_in(message)}/" in html
    with time_machine.travel(AT, tick=False):
        assert client.get(f"/es/start/{code_in(message)}/").status_code == 200


def test_nothing_is_sent_before_its_time_and_nothing_twice(hr, luis):
    invite(luis, by=hr, send_at=AT + days(2))
    assert actions.send_invitations(at=AT + days(1))["sent"] == 0
    assert actions.send_invitations(at=AT + days(2))["sent"] == 1
    assert actions.send_invitations(at=AT + days(3))["sent"] == 0
    assert len(mail.outbox) == 1


def test_a_worker_that_is_killed_after_sending_repeats_nothing_that_anybody_sees(hr, luis):
    """The mail left and its row was not marked: the same mail goes once more, and both links are one."""
    invite(luis, by=hr)
    actions.send_invitations(at=AT)
    Invitation.objects.update(sent_at=None)
    assert actions.send_invitations(at=AT)["sent"] == 0
    assert actions.send_invitations(at=AT + actions.CLAIM_LASTS)["sent"] == 1
    first, second = mail.outbox
    assert first.message().as_bytes().split(b"boundary")[0] == second.message().as_bytes().split(b"boundary")[0]
    assert (first.body, first.alternatives) == (second.body, second.alternatives)
    assert slips.worth(slips.find(code_in(first)), AT) == "open"
    assert Slip.objects.count() == 1


def test_the_mailbox_takes_the_repeat_for_the_same(hr, luis, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.GATEHOUSE_HOME = "learning.reminders.mailbox.MailboxBackend", tmp_path
    invite(luis, by=hr)
    actions.send_invitations(at=AT)
    Invitation.objects.update(sent_at=None)
    actions.send_invitations(at=AT + actions.CLAIM_LASTS)
    assert len(mailbox.keys()) == 1


def test_a_mail_that_was_used_before_the_worker_came_back_is_not_sent_again(hr, luis):
    invite(luis, by=hr)
    actions.send_invitations(at=AT)
    Invitation.objects.update(sent_at=None)
    signing_in.use_slip(code=code_in(mail.outbox[0]), password="three gates at dawn", at=AT)
    assert actions.send_invitations(at=AT + actions.CLAIM_LASTS) == {"sent": 0, "cancelled": 1, "failed": 0}
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("since", ["left", "stopped", "no address", "came in", "used a slip"])
def test_who_is_not_due_any_more_gets_none(hr, luis, since):
    invite(luis, by=hr)
    if since == "left":
        luis.employments.update(ends_on=factory.TODAY)
    elif since == "used a slip":
        _row, code = signing_in.issue_slip(person=luis, kind=Slip.Kind.HR, at=AT)
        signing_in.use_slip(code=code, pin="731958", at=AT)
    else:
        change = {"stopped": {"is_active": False}, "no address": {"email": ""}, "came in": {"last_login": AT}}
        Person.objects.filter(pk=luis.pk).update(**change[since])
    assert actions.send_invitations(at=AT) == {"sent": 0, "cancelled": 1, "failed": 0}
    assert mail.outbox == []
    assert Invitation.objects.get().cancelled_at == AT


def test_inviting_again_sends_a_new_link_and_the_old_one_stops(hr, luis):
    invite(luis, by=hr)
    actions.send_invitations(at=AT)
    invite(luis, by=hr, at=AT + days(1), send_at=AT + days(1))
    actions.send_invitations(at=AT + days(1))
    first, second = (slips.find(code_in(message)) for message in mail.outbox)
    assert (slips.worth(first, AT), slips.worth(second, AT)) == ("cancelled", "open")


def test_an_idle_tick_asks_and_writes_nothing(hr):
    statements = queries(lambda: write_to_people())
    assert [sql.split()[0] for sql in statements] == ["SELECT", "SELECT"]


class Refusing:
    """A mail server that takes nothing, or is not there."""

    def __init__(self, there):
        self.there = there

    def open(self):
        if not self.there:
            raise OSError

    def send_messages(self, messages):
        raise ValueError("luis@corvina.example")

    def close(self):
        pass


@pytest.fixture
def server(monkeypatch):
    def be(there):
        monkeypatch.setattr(actions, "get_connection", lambda: Refusing(there))

    return be


def test_what_fails_is_tried_five_times_and_logged_without_the_address(hr, luis, server, caplog):
    invite(luis, by=hr)
    server(there=True)
    at = AT
    for _time in range(5):
        assert actions.send_invitations(at=at) == {"sent": 0, "cancelled": 0, "failed": 1}
        assert actions.send_invitations(at=at)["failed"] == 0
        at += actions.CLAIM_LASTS
    assert actions.send_invitations(at=at)["failed"] == 0
    assert Invitation.objects.get().cancelled_at is not None
    assert "luis" not in caplog.text


def test_a_mail_server_that_is_away_costs_only_time(hr, luis, server):
    invite(luis, by=hr)
    server(there=False)
    assert actions.send_invitations(at=AT) == {"sent": 0, "cancelled": 0, "failed": 0}
    assert Invitation.objects.values_list("claimed_at", "failures").get() == (None, 0)


def test_hr_hears_of_every_slip_of_a_supervisor_once(hr, luis):
    marta = factory.hire("2001", first_name="Marta", last_name="Reyes")
    signing_in.issue_slip(person=luis, kind=Slip.Kind.SUPERVISOR, by=marta, at=AT)
    signing_in.issue_slip(person=marta, kind=Slip.Kind.HR, by=hr, at=AT)
    assert telling.tell_hr(at=AT) == 1
    assert telling.tell_hr(at=AT) == 0
    (message,) = mail.outbox
    assert message.to == ["helen@corvina.example"]
    parsed = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert parsed["Subject"] == "[Demo] Marta Reyes issued a slip for Luis Vega"
    assert "Marta Reyes (2001) issued it on" in message.body
    assert f"/admin/people/edit/{luis.pk}/" in message.body


def test_hr_of_another_facility_does_not_hear_of_it(hr, luis):
    hr.limited_to.add(factory.facility("DOCK"))
    factory.hire("hr2", email="hr2@corvina.example", role="Human resources").limited_to.add(factory.facility())
    factory.hire("hr3", email="hr3@corvina.example", role="Human resources").employments.update(ends_on=factory.TODAY)
    marta = factory.hire("2001", first_name="Marta")
    signing_in.issue_slip(person=luis, kind=Slip.Kind.SUPERVISOR, by=marta, at=AT)
    telling.tell_hr(at=AT)
    assert [message.to for message in mail.outbox] == [["hr2@corvina.example"]]
