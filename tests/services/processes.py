"""Server processes of a test run: started, waited for, and stopped by their own pid."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time

STARTS_WITHIN = 60
STOPS_WITHIN = 10


@contextlib.contextmanager
def running(*command, ready, log, stop=signal.SIGTERM, user=None, **options):
    """The process of that command while the block runs; `ready()` says when it answers, `log` gets its output."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [*_bound_to_this_process(stop, user), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Ctrl-C is for the test run, which stops its servers last.
            start_new_session=True,
            **options,
        )
    try:
        _wait(process, command[0], ready, log)
        yield process
    finally:
        end(process, stop)


def end(process, how=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _bound_to_this_process(stop, user):
    """A test run that is killed takes its servers along."""
    command = [shutil.which("setpriv") or "/usr/bin/setpriv", "--pdeathsig", stop.name.removeprefix("SIG")]
    if user and os.geteuid() == 0:
        command += ["--reuid", user, "--regid", user, "--clear-groups"]
    return [*command, "--"]


def _wait(process, name, ready, log):
    until = time.monotonic() + STARTS_WITHIN
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            with open(log, errors="replace") as lines:
                raise RuntimeError(f"{name} did not start:\n{lines.read()[-4000:]}")
        time.sleep(0.05)
