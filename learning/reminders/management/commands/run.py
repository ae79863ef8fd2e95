import fcntl
import http.client
import io
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from learning.assignments.demo.cast import CAST, PASSWORD
from learning.reminders import health
from learning.reminders.processes import Household

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = settings.PORT
ACCOUNTS = ["driver", "dock", "guard", "office", "supervisor", "hr", "compliance", "editor", "admin"]

BANNER = """
==============================================================================
  Gatehouse is open at {address}

  Sign in as one of these, with the password {password}

{accounts}

  Mail it sends   {address}/mailbox/
  Logs            {logs}
  To stop         Ctrl-C (everything is kept; the next start takes seconds)
==============================================================================
"""


class Command(BaseCommand):
    help = (
        "Run the demo company: prepare its database once, then the site, two workers and beat together until Ctrl-C. "
        "PORT and HOST say where the site listens."
    )
    requires_system_checks = []

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("`run` shows the demo company. Unset GATEHOUSE_MODE and run it again.")
        with open(settings.GATEHOUSE_HOME / "run.lock", "a+") as lock:
            self._have_the_home(lock)
            with self._door() as door:
                try:
                    self._prepare()
                    self._run(door)
                except KeyboardInterrupt:
                    pass
        self.stdout.write("Stopped. Everything is kept for the next time.")

    def _have_the_home(self, lock):
        """Two would plan and send twice. The lock lasts as long as the file is open, however we end."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(
                f"It runs already, as process {lock.read()}. Press Ctrl-C in its window first, or use its address."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()

    def _door(self):
        """The socket, ours from the start, so that nobody takes the port while the database is prepared."""
        family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
        try:
            return socket.create_server((HOST, PORT), family=family, backlog=128)
        except (OSError, OverflowError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno > 0 else "no such place"
            raise CommandError(f"Cannot listen on {HOST}, port {PORT}: {reason}. Try PORT=9000 make run")

    def _prepare(self):
        new = bool(health.failing())
        if new:
            self._say("Preparing the database (half a minute) …")
            call_command("migrate", verbosity=0, interactive=False)
        self._say("Loading the starter content and the demo company …")
        for command in ("load_starter_content", "demo"):
            call_command(command, stdout=self.stdout if new else io.StringIO())
        connections.close_all()

    def _run(self, door):
        household = Household(self._commands(door.fileno()), settings.GATEHOUSE_HOME / "logs")
        try:
            household.start(pass_fds=[door.fileno()], cwd=settings.BASE_DIR)
            ended = household.watch(tell=self.stderr.write, ready=_answers, when_ready=self._banner)
        finally:
            self._say("Stopping (a few seconds) …")
            household.stop()
        if ended:
            raise CommandError(
                f"{ended.name} ended by itself (exit code {ended.process.returncode}), so the rest was stopped too.\n"
                f"{ended.last_lines()}\nThe whole log: {ended.log}",
            )

    def _commands(self, door):
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "-A", "learning"]
        schedule = settings.GATEHOUSE_HOME / "broker" / "schedule"
        return {
            "web": [*python, "gunicorn", "-c", "python:learning.gunicorn", "--bind", f"fd://{door}"],
            # One long export or import must not keep notices waiting, hence two.
            "notices": [*celery, "worker", "-Q", "notices", "-c", "1", "-n", "notices@%h"],
            "long": [*celery, "worker", "-Q", "long", "-c", "1", "-n", "long@%h"],
            "beat": [*celery, "beat", "-s", str(schedule), "--pidfile", ""],
        }

    def _banner(self):
        members = {member.number: member for member in CAST}
        accounts = [
            f"    {number:<12}{members[number].first_name} {members[number].last_name}, {members[number].position}"
            for number in ACCOUNTS
        ]
        self._say(
            BANNER.format(
                address=f"http://{_reachable()}:{PORT}",
                password=PASSWORD,
                accounts="\n".join(accounts),
                logs=f"{os.path.relpath(settings.GATEHOUSE_HOME / 'logs')}/",
            )
        )

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def _reachable():
    """The host by which this machine reaches the site."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(HOST, HOST)
    return f"[{host}]" if ":" in host else host


def _answers():
    """Whether the site answers. Asked often, so briefly."""
    connection = http.client.HTTPConnection(f"{_reachable()}:{PORT}", timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
