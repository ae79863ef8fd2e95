"""The site as gunicorn serves it, for what only real processes show: crowds, and a server that is killed."""

import contextlib
import http.client
import os
import signal
import sys
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.test import Client

from tests.services import copies
from tests.services.commands import ROOT, environment
from tests.services.processes import answers, free_port, running

TOKEN = "t" * 32
SECONDS = 60


class Server:
    """`kill` ends all of its processes in the middle of whatever they do."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def server(database, log, workers=1):
    """Serves that database with the keys of this run, so that sessions made here are good there."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:learning.gunicorn", "--workers", str(workers)]
    values = {"GATEHOUSE_HOME": settings.GATEHOUSE_HOME, "DATABASE_URL": copies.url(database), "PORT": port}
    options = {"env": environment(**values), "cwd": ROOT}
    bind = ["--bind", f"127.0.0.1:{port}"]
    with running(*command, *bind, ready=lambda: answers(port), log=log, **options) as process:
        yield Server(process, port)


def session(who):
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(who)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Visitor:
    """A browser with one connection. `get` and `post` give `(status, headers, body)`; a broken line is raised."""

    def __init__(self, port, cookie):
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self._headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def get(self, path):
        return self._ask("GET", path, None, {})

    def post(self, path, fields=(), **headers):
        body = urllib.parse.urlencode(fields)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, form | headers)

    def _ask(self, method, path, body, headers):
        self._line.request(method, path, body, self._headers | headers)
        response = self._line.getresponse()
        return response.status, response.headers, response.read()

    def close(self):
        self._line.close()


def at_once(deeds, threads=None):
    """What each returned, in their order; so many at a time, or all."""
    with ThreadPoolExecutor(threads or len(deeds)) as pool:
        return list(pool.map(lambda deed: deed(), deeds))
