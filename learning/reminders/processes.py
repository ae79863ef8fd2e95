"""Processes that live and die together: one that ends takes the others along, and none outlives us."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

STOPS_WITHIN = 10
TICK = 0.2
LOUD = {"error", "critical"}


@dataclass
class Part:
    name: str
    command: list
    log: Path
    process: subprocess.Popen = None
    heard: int = field(default=0, repr=False)

    def start(self, **options):
        # Whoever kills us with SIGKILL, which cannot be caught, still ends this process.
        bound = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                [*bound, *self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A group of its own: Ctrl-C reaches us only, and its children can be ended with it.
                start_new_session=True,
                **options,
            )

    def signal(self, number):
        """To the process alone, which ends its own children in good order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def sweep(self):
        """Whatever is left of the group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def last_lines(self, number=15):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-number:])

    def errors(self):
        """What the log says of errors since the last time, one short line each."""
        with open(self.log, "rb") as log:
            log.seek(self.heard)
            for line in log:
                if not line.endswith(b"\n"):
                    break
                self.heard += len(line)
                with contextlib.suppress(ValueError, TypeError, AttributeError):
                    entry = json.loads(line)
                    if entry.get("level") in LOUD:
                        cause = entry.get("exception", "").strip().splitlines()[-1:]
                        yield ": ".join([entry["event"], *cause])


class Household:
    """Starts the parts, watches them until a signal comes or one of them ends, and stops them all."""

    def __init__(self, commands, logs):
        logs.mkdir(parents=True, exist_ok=True)
        self.parts = [Part(name, command, logs / f"{name}.log") for name, command in commands.items()]
        self.told_to_stop = threading.Event()
        self.before = {}

    def start(self, **options):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.before[number] = signal.signal(number, lambda *_: self.told_to_stop.set())
        for part in self.parts:
            part.start(**options)

    def watch(self, tell, ready, when_ready):
        """Returns the part that ended by itself, or None when a signal came."""
        waiting = True
        while not self.told_to_stop.wait(TICK):
            for part in self.parts:
                if part.process.poll() is not None:
                    return part
                for error in part.errors():
                    tell(f"{part.name}: {error}")
            if waiting and ready():
                waiting = False
                when_ready()

    def stop(self):
        for part in self.parts:
            part.signal(signal.SIGTERM)
        until = time.monotonic() + STOPS_WITHIN
        for part in self.parts:
            if part.process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    part.process.wait(max(0, until - time.monotonic()))
        for part in self.parts:
            part.sweep()
        for number, handler in self.before.items():
            signal.signal(number, handler)
