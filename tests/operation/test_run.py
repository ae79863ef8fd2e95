"""`manage.py run`, which is what `make run` does once everything is installed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from learning.reminders.management.commands.run import ACCOUNTS
from tests.services import copies
from tests.services.commands import ROOT, environment, manage

STARTS_WITHIN = 90


@pytest.fixture(scope="module")
def site(company, django_db_blocker, tmp_path_factory):
    """A company that is prepared already, so that only starting and stopping take time."""
    original, database = company
    with django_db_blocker.unblock():
        name = copies.copy(database)
        yield original.copy(tmp_path_factory.mktemp("run") / "home", copies.url(name))
        copies.drop(name)


@pytest.fixture
def run(site, tmp_path):
    """Starts it, waits for the banner, and returns the process and the file of what it says."""
    started = []

    def start():
        said = tmp_path / "said"
        with said.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=environment(**site.settings),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        started.append(process)
        until = time.monotonic() + STARTS_WITHIN
        while "To stop" not in said.read_text():
            assert process.poll() is None and time.monotonic() < until, said.read_text()
            time.sleep(0.1)
        return process, said

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def descendants(pid):
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [below for child in children for below in descendants(child)]


def alive(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def ends_within(seconds, pids):
    until = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.1)
    return not alive(pids)


@pytest.mark.long
def test_it_runs_until_ctrl_c_and_leaves_nothing_behind(site, run):
    process, said = run()
    banner = said.read_text()
    assert f"Gatehouse is open at {site.url}\n" in banner
    assert "the password gatehouse-demo" in banner
    assert [line.split()[0] for line in banner.splitlines() if ", " in line and line.startswith("    ")] == ACCOUNTS
    with urllib.request.urlopen(f"{site.url}/readyz") as answer:
        assert answer.read() == b'{"status": "ok", "failing": []}'

    again = manage("run", **site.settings | {"PORT": site.port + 1})
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.strip() == (
        f"CommandError: It runs already, as process {process.pid}. "
        "Press Ctrl-C in its window first, or use its address."
    )

    # Web and its process, two workers with one process each, beat.
    pids = descendants(process.pid)
    assert len(pids) == 8
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert said.read_text().splitlines()[-1] == "Stopped. Everything is kept for the next time."
    assert ends_within(1, pids)


@pytest.mark.long
def test_a_crash_of_one_stops_all_and_names_it(site, run):
    process, said = run()
    pids = descendants(process.pid)
    (beat,) = [pid for pid in pids if b"\0beat\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(beat, signal.SIGKILL)
    assert process.wait(30) == 1
    assert "CommandError: beat ended by itself (exit code -9), so the rest was stopped too." in said.read_text()
    assert ends_within(1, pids)


def test_a_port_in_use_is_said_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = manage("run", GATEHOUSE_HOME=tmp_path, PORT=port)
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr == (
        f"CommandError: Cannot listen on 127.0.0.1, port {port}: Address already in use. Try PORT=9000 make run\n"
    )


def test_it_shows_the_demo_company_only(tmp_path):
    process = manage("run", GATEHOUSE_HOME=tmp_path, GATEHOUSE_MODE="live")
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr == "CommandError: `run` shows the demo company. Unset GATEHOUSE_MODE and run it again.\n"
