"""Real beat and worker processes, from a planned tick to mail in somebody's hands."""

import json
import os
import sys
import time

import pytest
from django.conf import settings
from django.utils import timezone

from learning.celery import app
from learning.reminders.models import Notice
from tests.assignments import factory
from tests.services import copies
from tests.services.processes import running


def celery(folder, name, *arguments, environment):
    log = folder / f"{name}.log"

    def ready():
        return "celery@" in log.read_text() or "beat: Starting" in log.read_text()

    return running(sys.executable, "-m", "celery", *arguments, ready=ready, log=log, env=environment)


def wait_until(true, seconds=40):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.1)


def owe_something():
    """Daniel, with mail, owes a course on the company's today."""
    today = timezone.now().date()
    factory.hire("4711", on=today - factory.days(30), email="daniel@example.com")
    factory.requirement(factory.course(), starts_on=today - factory.days(60))


@pytest.mark.parametrize("broker", ["redis", "filesystem"])
def test_a_planned_tick_sends_a_notice_once(committed_database, mail_sink, redis_url, tmp_path, broker):
    owe_something()
    environment = os.environ | {
        "DATABASE_URL": copies.url(committed_database),
        "CELERY_BROKER_URL": redis_url if broker == "redis" else "filesystem://",
        "EMAIL_URL": mail_sink.url,
        "DJANGO_SETTINGS_MODULE": "learning.settings.test",
        "GATEHOUSE_TEST_HOME": str(tmp_path / "home"),
    }
    worker = ["-A", "learning", "worker", "-Q", "notices", "-c", "1"]
    beat = ["-A", "tests.operation.quick_beat", "beat", "-s", str(tmp_path / "schedule"), "--pidfile", ""]
    with (
        celery(tmp_path, "worker", *worker, environment=environment),
        celery(tmp_path, "beat", *beat, environment=environment),
    ):
        wait_until(lambda: mail_sink.messages)
        done = ticks_done(tmp_path)
        wait_until(lambda: ticks_done(tmp_path) >= done + 2)

    notice = Notice.objects.get()
    assert [(message["To"], message["Message-ID"]) for message in mail_sink.messages] == [
        ("daniel@example.com", f"<{notice.uuid}@127.0.0.1>")
    ]
    assert notice.sent_at and not notice.failures
    log = (tmp_path / "worker.log").read_text()
    assert "daniel" not in log.lower()
    entries = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"celery.app.trace", "celery.worker.strategy"} <= {entry["logger"] for entry in entries}


def ticks_done(folder):
    log = (folder / "worker.log").read_text()
    return sum("reminders.send_notices" in line and "succeeded" in line for line in log.splitlines())


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_what_beat_plans_exists_and_has_a_worker(name):
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    assert entry["task"] in app.tasks
    assert entry["options"].get("queue", settings.CELERY_TASK_DEFAULT_QUEUE) in ("notices", "long")
    # A tick that nobody heard in its interval is overtaken by the next.
    assert entry["options"]["expires"] == entry["schedule"]
