"""Processes that live and die together, on commands of the shell."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from learning.reminders import processes
from learning.reminders.processes import Household

QUIET = ["sleep", "100"]
# It and its child do not hear SIGTERM.
STUBBORN = ["sh", "-c", 'trap "" TERM; sleep 100 & echo $! > "$CHILD"; while true; do sleep 0.1; done']


@contextlib.contextmanager
def household(folder, **options):
    commands = options.pop("commands")
    home = Household(commands, folder / "logs")
    home.start(**options)
    try:
        yield home
    finally:
        home.stop()


def watch(home):
    told, opened = [], []
    ended = home.watch(tell=told.append, ready=lambda: True, when_ready=lambda: opened.append(True))
    return ended, told, opened


def lives(pid):
    """Whether a process is there and not merely waiting for its parent to notice its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid):
    until = time.monotonic() + 5
    while lives(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not lives(pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all(tmp_path, number):
    with household(tmp_path, commands={"one": QUIET, "two": QUIET}) as home:
        threading.Timer(0.5, os.kill, [os.getpid(), number]).start()
        ended, told, opened = watch(home)
        home.stop()
    assert (ended, told, opened) == (None, [], [True])
    assert [part.process.returncode for part in home.parts] == [-signal.SIGTERM] * 2


def test_one_that_ends_takes_the_others_along(tmp_path):
    commands = {"one": QUIET, "two": ["sh", "-c", "echo The disk is full.; exit 3"]}
    with household(tmp_path, commands=commands) as home:
        ended, *_ = watch(home)
    assert (ended.name, ended.process.returncode, ended.last_lines()) == ("two", 3, "The disk is full.")
    assert home.parts[0].process.returncode == -signal.SIGTERM


def test_what_does_not_stop_is_killed_with_its_children(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "STOPS_WITHIN", 1)
    child = tmp_path / "child"
    with household(tmp_path, commands={"one": STUBBORN}, env=os.environ | {"CHILD": str(child)}) as home:
        while not child.exists() or not child.read_text():
            time.sleep(0.05)
        assert lives(int(child.read_text()))
    assert home.parts[0].process.returncode == -signal.SIGKILL
    assert ends(int(child.read_text()))


def test_whoever_kills_us_ends_them_too(tmp_path):
    """Not even a moment to stop anybody: SIGKILL."""
    program = (
        "import pathlib, sys; from learning.reminders.processes import Household;"
        "home = Household({'one': ['sleep', '100']}, pathlib.Path(sys.argv[1])); home.start();"
        "print(home.parts[0].process.pid, flush=True); home.watch(print, bool, print)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    assert lives(pid)
    parent.kill()
    parent.communicate()
    assert ends(pid)


def test_errors_in_the_logs_are_told_once_and_in_short(tmp_path):
    said = tmp_path / "said"
    entries = [
        {"event": "Fine", "level": "info"},
        {"event": "GET /x/", "level": "error", "exception": "Traceback\n  File x\nValueError: no such thing"},
        ["level", "error"],
    ]
    said.write_text("\n".join([*map(json.dumps, entries), "not JSON: error", ""]))
    with household(tmp_path, commands={"web": ["sh", "-c", f"cat {said}; sleep 1"]}) as home:
        _, told, _ = watch(home)
    assert told == ["web: GET /x/: ValueError: no such thing"]
