"""`send_reminders`: both sweeps as of a moment, who got what, and a dry run that leaves no trace."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from learning.assignments.models import Assignment
from learning.people.models import Company
from learning.reminders.models import Notice
from learning.reminders.tasks import send_notices as tick
from learning.reminders.when import moment

from . import factory
from .factory import AT, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_in_denver", "mailbox")]

LATER = "2027-11-10"


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def run(capsys):
    def run(*args):
        call_command("send_reminders", *args)
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def ana():
    return factory.hire("1", first_name="Ana", last_name="Ruiz", email="ana@example.com")


def test_it_assigns_plans_sends_and_says_who_got_what(run, ana, mailbox):
    factory.hire("2", first_name="Bo")
    factory.requirement(factory.course())
    assert run() == [
        "1\tAna Ruiz\t30 days before\tSeal security\t2026-12-01\tmail",
        "2\tBo\t30 days before\tSeal security\t2026-12-01\tin-app",
        "2 sent (1 mail, 1 in-app), 0 dropped, 0 failed",
    ]
    assert len(mailbox.keys()) == 1
    assert run() == ["0 sent (0 mail, 0 in-app), 0 dropped, 0 failed"]
    assert len(mailbox.keys()) == 1


def test_the_refresher_of_next_year_is_in_the_mailbox_once(run, ana, mailbox, client):
    """Complete today; a year on, one notice for the next cycle, however often the command and the tick run."""
    key = factory.course()
    factory.requirement(key)
    run()
    factory.record(ana, key, AT)
    assert list(Assignment.objects.order_by("cycle").values_list("due_on", flat=True)) == [
        date(2026, 12, 1),
        date(2027, 11, 24),
    ]
    assert run("--on", LATER) == [
        "1\tAna Ruiz\t30 days before\tSeal security\t2027-11-24\tmail",
        "1 sent (1 mail, 0 in-app), 0 dropped, 0 failed",
    ]
    nothing = ["0 sent (0 mail, 0 in-app), 0 dropped, 0 failed"]
    assert run("--on", LATER) == nothing
    assert run("--on", f"{LATER}T12:00") == nothing
    assert run() == nothing
    tick()
    subjects = [row["message"]["subject"] for row in client.get("/mailbox/").context["rows"]]
    assert subjects == [
        "[Demo] By Wednesday 24 November: Seal security, 18 minutes",
        "[Demo] By Tuesday 1 December: Seal security, 18 minutes",
    ]
    assert run("--on", "2027-11-24")[0].startswith("1\tAna Ruiz\ton the due day")
    assert run("--on", "2027-11-24") == nothing
    assert len(mailbox.keys()) == 3


def test_a_dry_run_says_the_same_and_writes_nothing(run, ana, mailbox):
    factory.requirement(factory.course())
    assert run("--dry-run") == ["1\tAna Ruiz\t30 days before\tSeal security\t2026-12-01\tmail", "1 would be sent"]
    assert run("--dry-run", "--on", "2026-12-01") == [
        "1\tAna Ruiz\ton the due day\tSeal security\t2026-12-01\tmail",
        "1 would be sent",
    ]
    assert (Assignment.objects.count(), Notice.objects.count(), mailbox.keys()) == (0, 0, [])


def test_a_dry_run_leaves_out_what_would_be_dropped(run, ana):
    owed = factory.owe(ana, TODAY + days(9))
    factory.notice(owed)
    factory.record(ana, owed.course_key, AT, tell=False)
    Assignment.objects.update(record=ana.training_records.get())
    assert run("--dry-run") == ["0 would be sent"]
    assert Notice.objects.get().dropped_at is None


def test_the_future_is_refused_outside_a_demo_unless_nothing_is_sent(run, ana, settings):
    settings.DEMO = False
    factory.requirement(factory.course())
    with pytest.raises(CommandError, match="--on 2026-11-25: in the future. Outside demo mode add --dry-run"):
        run("--on", "2026-11-25")
    assert Assignment.objects.count() == 0
    assert run("--on", "2026-11-25", "--dry-run")[-1] == "1 would be sent"
    assert run("--on", "2026-11-24T11:00")[-1] == "1 sent (1 mail, 0 in-app), 0 dropped, 0 failed"


@pytest.mark.parametrize("words", ["soon", "2026-13-01", "2026-11-31", "", "99999-01-01"])
def test_what_is_no_moment_is_refused_in_one_line(run, words):
    with pytest.raises(CommandError, match=f"--on {words}: not a date or time; write one like 2026-12-01"):
        run("--on", words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-11-24", datetime(2026, 11, 25, 6, 59, 59, 999999, tzinfo=UTC)),
        ("2026-11-24T08:00", datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        ("2026-11-24 08:00", datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        ("2026-11-24T08:00+01:00", datetime(2026, 11, 24, 7, 0, tzinfo=UTC)),
        ("2026-11-24T08:00Z", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_in_the_companys_zone_unless_it_says_otherwise(words, expected):
    assert moment(words, "America/Denver") == expected


def test_the_end_of_a_day_is_that_of_the_company(run, ana):
    Company.objects.update(time_zone="Asia/Tokyo")
    factory.owe(ana, date(2026, 11, 24))
    # The 23rd ends in Tokyo when it is still the morning of the 23rd in Denver.
    assert run("--on", "2026-11-23")[0].startswith("1\tAna Ruiz\t30 days before")


def test_the_tick_plans_and_sends(ana, mailbox):
    factory.owe(ana, TODAY)
    assert tick() == {"sent": 1, "mail": 1, "in_app": 0, "dropped": 0, "failed": 0}
    assert tick()["sent"] == 0
    assert len(mailbox.keys()) == 1


def test_what_was_sent_is_on_the_persons_page(ana, client):
    owed = factory.owe(ana, TODAY + days(9))
    factory.owe(factory.hire("2"), TODAY, title="Not mine")
    tick()
    client.force_login(ana)
    notices = client.get("/me/").context["notices"]
    assert notices == [{"text": "Seal security is due Thursday 3 December.", "at": AT}]
    owed.record = factory.record(ana, owed.course_key, AT, tell=False)
    owed.save()
    assert client.get("/me/").context["notices"] == []
