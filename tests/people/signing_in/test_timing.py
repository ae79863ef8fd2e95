"""Known and unknown accounts take the same time, with the real password hasher.

Time is that of the request's own thread, and the fastest of many rounds, as a busy machine only adds to it. What does
not depend on the machine is counted: statements, and calls of functions. A mail server is asked of the clock.
"""

import cProfile
import pstats
import time

import pytest

from tests.queries import queries

from .. import factory
from ..factory import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROUNDS = 12


@pytest.fixture(autouse=True)
def real_hasher(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False


def fastest(*calls):
    """The fastest round of each call, taken in turns."""
    times = [[] for _call in calls]
    for call in calls:
        call()
    for _round in range(ROUNDS):
        for call, taken in zip(calls, times, strict=True):
            start = time.thread_time()
            call()
            taken.append(time.thread_time() - start)
    return [min(taken) for taken in times]


def work(call):
    """(statements, calls of functions) of one round."""
    call()
    profile = cProfile.Profile()
    profile.runcall(call)
    return len(queries(call)), pstats.Stats(profile).total_calls


def test_sign_in_takes_as_long_for_nobody_as_for_somebody(client):
    factory.person("known", password=PASSWORD, email="known@example.com")
    factory.person("no-password", email="none@example.com")
    logins = ["known", "known@example.com", "no-password", "nobody", "nobody@example.com"]
    calls = [lambda login=login: client.post("/sign-in/", {"login": login, "password": "w"}) for login in logins]
    taken = fastest(*calls)
    assert max(taken) / min(taken) < 1.25, dict(zip(logins, taken, strict=True))


@pytest.mark.parametrize("address", ["/sign-in/reset/", "/sign-in/code/"])
def test_a_mail_takes_as_long_for_nobody_as_for_somebody(client, mailoutbox, address):
    factory.person("known", password=PASSWORD, email="known@example.com")
    factory.person("no-mail", password=PASSWORD)
    logins = ["known", "no-mail", "nobody", "nobody@example.com"]
    calls = [lambda login=login: type(client)().post(address, {"email": login}) for login in logins]
    statements, functions = zip(*map(work, calls), strict=True)
    assert len(set(statements)) == 1
    assert max(functions) / min(functions) < 1.02
    taken = fastest(*calls)
    assert max(taken) / min(taken) < 1.35, dict(zip(logins, taken, strict=True))


@pytest.mark.parametrize("address", ["/sign-in/reset/", "/sign-in/code/"])
def test_a_slow_mail_server_is_not_waited_for(client, settings, address):
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    factory.person("known", password=PASSWORD, email="known@example.com")
    SlowBackend.sent.clear()
    start = time.monotonic()
    client.post(address, {"email": "known"})
    taken = time.monotonic() - start
    assert not SlowBackend.sent
    time.sleep(SlowBackend.TAKES + 0.5)
    assert SlowBackend.sent == [["known@example.com"]]
    assert taken < SlowBackend.TAKES


class SlowBackend:
    TAKES = 3
    sent = []

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        time.sleep(self.TAKES)
        self.sent.extend(message.to for message in messages)
