"""Claim, recheck, send, mark: every notice reaches its person once, and nobody whom it does not concern."""

import datetime

import pytest
from django.core import mail
from django.utils import translation

from learning.assignments.models import Assignment
from learning.people.models import Person
from learning.reminders.actions import CLAIM_BATCH, send_notices
from learning.reminders.models import CLAIM_LASTS, Notice
from tests.queries import queries
from tests.services.processes import free_port

from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db

NOTHING = {"sent": 0, "mail": 0, "in_app": 0, "dropped": 0, "failed": 0}
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def ana():
    return factory.hire("1", first_name="Ana", email="ana@example.com")


def subjects():
    return [message.subject for message in mail.outbox]


def test_a_notice_is_sent_once_however_often_the_sweep_runs(ana):
    notice = factory.notice(factory.owe(ana, TODAY + days(9)))
    assert send_notices(at=AT) == NOTHING | {"sent": 1, "mail": 1}
    assert send_notices(at=AT + MINUTE) == NOTHING
    assert send_notices(at=AT + days(9)) == NOTHING
    assert subjects() == ["[Demo] By Thursday 3 December: Seal security, 18 minutes"]
    notice.refresh_from_db()
    assert (notice.sent_at, notice.channel, notice.failures) == (AT, "mail", 0)


def test_without_a_mailbox_it_is_on_the_page_only():
    notice = factory.notice(factory.owe(factory.hire("1"), TODAY))
    assert send_notices(at=AT) == NOTHING | {"sent": 1, "in_app": 1}
    notice.refresh_from_db()
    assert (notice.sent_at, notice.channel, mail.outbox) == (AT, "in_app", [])


@pytest.mark.parametrize(
    ("before", "now", "channel"), [("", "new@example.com", "mail"), ("old@x.example", "", "in_app")]
)
def test_the_channel_is_the_one_that_the_person_has_now(before, now, channel):
    who = factory.hire("1", email=before)
    factory.notice(factory.owe(who, TODAY))
    Person.objects.filter(pk=who.pk).update(email=now)
    send_notices(at=AT)
    assert Notice.objects.get().channel == channel
    assert [message.to for message in mail.outbox] == ([[now]] if now else [])


def test_what_is_planned_for_later_waits(ana):
    factory.notice(factory.owe(ana, TODAY), planned_at=AT + MINUTE)
    assert send_notices(at=AT) == NOTHING


@pytest.mark.parametrize("reason", ["completed", "withdrawn", "left", "overtaken"])
def test_before_sending_it_is_asked_whether_it_is_still_right(ana, reason):
    owed = factory.owe(ana, TODAY + days(0 if reason == "overtaken" else 9))
    notice = factory.notice(owed, "before_30")
    if reason == "completed":
        record = factory.record(ana, owed.course_key, AT, tell=False)
        Assignment.objects.update(record=record)
    elif reason == "withdrawn":
        Assignment.objects.update(withdrawn_on=TODAY)
    elif reason == "left":
        ana.employments.update(ends_on=TODAY)
    assert send_notices(at=AT) == NOTHING | {"dropped": 1}
    notice.refresh_from_db()
    assert (notice.dropped_because, notice.dropped_at, notice.sent_at) == (reason, AT, None)
    assert mail.outbox == []
    assert send_notices(at=AT + days(1)) == NOTHING


def test_who_leaves_today_is_still_told_on_the_last_day(ana):
    factory.notice(factory.owe(ana, TODAY + days(9)))
    ana.employments.update(ends_on=TODAY + days(1))
    assert send_notices(at=AT)["sent"] == 1


def test_somebody_merged_into_another_account_is_not_written_to(ana):
    factory.notice(factory.owe(ana, TODAY))
    ana.merged_into = factory.person("2")
    ana.save()
    assert send_notices(at=AT) == NOTHING | {"dropped": 1}


def test_a_claim_that_nobody_finished_is_free_again_after_a_while(ana):
    """A worker killed in the middle."""
    factory.notice(factory.owe(ana, TODAY), claimed_at=AT)
    assert send_notices(at=AT + CLAIM_LASTS - MINUTE) == NOTHING
    assert send_notices(at=AT + CLAIM_LASTS)["sent"] == 1


def test_one_broken_notice_does_not_stop_the_sweep(ana):
    broken = factory.notice(factory.owe(ana, TODAY, title="Broken"))
    Assignment.objects.update(course_key="6c1f3f2e-1111-4222-8333-444455556666")
    odd = factory.hire("2", email="odd@example.com", time_zone="Nowhere/Land")
    factory.notice(factory.owe(odd, TODAY, title="Odd"))
    other = factory.hire("3", email="bo@example.com")
    factory.notice(factory.owe(other, TODAY))
    assert send_notices(at=AT) == NOTHING | {"sent": 1, "mail": 1, "failed": 2}
    assert [message.to for message in mail.outbox] == [["bo@example.com"]]
    broken.refresh_from_db()
    assert (broken.failures, broken.sent_at, broken.dropped_at) == (1, None, None)


def test_what_the_server_refuses_is_tried_again_after_growing_pauses_with_the_same_id(ana, smtp):
    tries = []
    deliver = smtp.handle_DATA

    async def refuse(server, session, envelope):
        tries.append(envelope.content)
        return "451 Try again later"

    notice = factory.notice(factory.owe(ana, TODAY))
    smtp.handle_DATA = refuse
    assert send_notices(at=AT) == NOTHING | {"failed": 1}
    assert send_notices(at=AT + 4 * MINUTE) == NOTHING
    assert send_notices(at=AT + 5 * MINUTE) == NOTHING | {"failed": 1}
    assert send_notices(at=AT + 19 * MINUTE) == NOTHING
    smtp.handle_DATA = deliver
    assert send_notices(at=AT + 20 * MINUTE) == NOTHING | {"sent": 1, "mail": 1}
    (message,) = smtp.messages
    assert message["Message-ID"] == f"<{notice.uuid}@127.0.0.1>"
    assert len(tries) == 2
    assert all(f"Message-ID: <{notice.uuid}@127.0.0.1>".encode() in content for content in tries)
    notice.refresh_from_db()
    assert (notice.failures, notice.sent_at) == (2, AT + 20 * MINUTE)


def test_after_five_failures_it_is_given_up(ana, smtp):
    async def refuse(server, session, envelope):
        return "550 No such mailbox"

    smtp.handle_DATA = refuse
    notice = factory.notice(factory.owe(ana, TODAY + days(30)))
    at = AT
    for pause in (0, 5, 15, 60, 240):
        at += pause * MINUTE
        assert send_notices(at=at) == NOTHING | {"failed": 1}
    notice.refresh_from_db()
    assert (notice.failures, notice.dropped_because, notice.dropped_at) == (5, "failed", at)
    assert send_notices(at=AT + days(2)) == NOTHING


def test_a_refused_notice_does_not_stop_the_others(ana, smtp):
    deliver = smtp.handle_DATA

    async def refuse_ana(server, session, envelope):
        if envelope.rcpt_tos == ["ana@example.com"]:
            return "550 No such mailbox"
        return await deliver(server, session, envelope)

    smtp.handle_DATA = refuse_ana
    factory.notice(factory.owe(ana, TODAY))
    factory.notice(factory.owe(factory.hire("2", email="bo@example.com"), TODAY, title="Other"))
    assert send_notices(at=AT) == NOTHING | {"sent": 1, "mail": 1, "failed": 1}
    assert [message["To"] for message in smtp.messages] == ["bo@example.com"]


def test_an_unreachable_server_costs_time_and_no_failure(ana, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    other = factory.hire("2", email="bo@example.com")
    notices = [factory.notice(factory.owe(who, TODAY, title=who.number)) for who in (ana, other)]
    assert send_notices(at=AT) == NOTHING
    for notice in notices:
        notice.refresh_from_db()
        assert (notice.failures, notice.claimed_at, notice.sent_at) == (0, None, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_notices(at=AT + MINUTE) == NOTHING | {"sent": 2, "mail": 2}


def test_who_has_no_mailbox_is_served_before_an_unreachable_server_is_met(ana, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    factory.notice(factory.owe(factory.hire("2"), TODAY, title="Other"))
    factory.notice(factory.owe(ana, TODAY))
    assert send_notices(at=AT) == NOTHING | {"sent": 1, "in_app": 1}


def test_a_limit_is_kept(ana):
    for number in range(3):
        factory.notice(factory.owe(ana, TODAY, title=f"Course {number}"))
    assert send_notices(at=AT, limit=2)["sent"] == 2
    assert send_notices(at=AT)["sent"] == 1


def test_each_hears_of_what_was_sent(ana):
    heard = []
    notice = factory.notice(factory.owe(ana, TODAY))
    send_notices(at=AT, each=heard.append)
    assert heard == [notice]


def test_every_notice_costs_the_same_queries():
    key = factory.course()

    def cost(first, number):
        for place in range(first, first + number):
            who = factory.hire(str(place), email=f"{place}@example.com")
            factory.notice(factory.owe(who, TODAY, key, title=str(place)))
        return len(queries(lambda: send_notices(at=AT)))

    one, two, many = cost(0, 1), cost(10, 2), cost(20, CLAIM_BATCH)
    assert two - one == 4
    assert many - one == 4 * (CLAIM_BATCH - 1)
    assert one <= 10


def test_an_idle_tick_asks_once_and_writes_nothing():
    (sql,) = queries(lambda: send_notices(at=AT))
    assert sql.startswith("SELECT")


def test_one_connection_serves_the_sweep(ana, smtp):
    sessions = set()
    deliver = smtp.handle_DATA

    async def note(server, session, envelope):
        sessions.add(session.peer)
        return await deliver(server, session, envelope)

    smtp.handle_DATA = note
    for number in range(3):
        factory.notice(factory.owe(ana, TODAY, title=f"Course {number}"))
    send_notices(at=AT)
    assert (len(smtp.messages), len(sessions)) == (3, 1)


@pytest.mark.parametrize(
    ("stage", "due_in", "subject", "lead"),
    [
        (
            "before_30",
            9,
            "[Demo] By Thursday 3 December: Seal security, 18 minutes",
            "Ana, one course is due by Thursday 3 December.",
        ),
        ("due_day", 0, "[Demo] Due today: Seal security, 18 minutes", "Ana, one course is due today."),
        (
            "due_day",
            -1,
            "[Demo] Overdue since Monday 23 November: Seal security, 18 minutes",
            "Ana, one course is overdue since Monday 23 November.",
        ),
    ],
)
def test_what_the_mail_says(ana, stage, due_in, subject, lead):
    manager = factory.person("9", "Marta", last_name="Ibarra")
    ana.employments.update(manager=manager)
    factory.notice(factory.owe(ana, TODAY + days(due_in)), stage)
    send_notices(at=AT)
    (message,) = mail.outbox
    assert (message.subject, message.to) == (subject, ["ana@example.com"])
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["Date"] == "Tue, 24 Nov 2026 19:00:00 +0000"
    html, subtype = message.alternatives[0]
    assert subtype == "text/html"
    for text in (message.body, html):
        assert lead.rstrip(".") in text
        assert "Already done, or on leave? Tell Marta Ibarra, your supervisor." in text
        assert "http://127.0.0.1:8000/courses/seal-security/" in text
        assert "http://127.0.0.1:8000/me/" in text
        assert "http://127.0.0.1:8000/es/me/" in text
        assert "Demo: this message was made by a demonstration and is about nobody real." in text
        assert "Corvina Freight" in text


def test_a_live_company_does_not_say_demo(ana, settings):
    settings.DEMO = False
    factory.notice(factory.owe(ana, TODAY))
    send_notices(at=AT)
    (message,) = mail.outbox
    assert message.subject == "Due today: Seal security, 18 minutes"
    assert "demo" not in (message.body + message.alternatives[0][0]).lower()


def test_the_mail_is_in_the_persons_language_whatever_the_worker_speaks():
    factory.notice(factory.owe(factory.hire("1", email="luz@example.com", language="es"), TODAY))
    with translation.override("en"):
        send_notices(at=AT)
        assert translation.get_language() == "en"
    (message,) = mail.outbox
    html = message.alternatives[0][0]
    assert '<html lang="es">' in html
    for text in (message.body, html):
        assert "http://127.0.0.1:8000/es/courses/seal-security/" in text
        assert "http://127.0.0.1:8000/me/" in text


def test_a_name_cannot_write_html_or_headers():
    who = factory.hire("1", first_name="<b>Ana</b>\r\nBcc: all@example.com", email="ana@example.com")
    factory.notice(factory.owe(who, TODAY))
    send_notices(at=AT)
    (message,) = mail.outbox
    assert "<b>" not in message.alternatives[0][0]
    assert message.message()["Bcc"] is None
    assert "<b>Ana</b>" in message.body
