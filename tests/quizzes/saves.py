"""Saves without a pause until the server is killed, and which of them it had acknowledged."""

import http.client
import threading
import uuid

from django.urls import reverse

from quizzes.models import Response

from . import factory
from .serving import Visitor, session

JSON = {"Accept": "application/json"}


class Saver:
    """One person who answers one question again and again; `kept` are the names of acknowledged saves."""

    def __init__(self, port, attempt, enough):
        self.kept, self.refused = [], []
        self._visitor = Visitor(port, session(attempt.person))
        self._path = reverse("quizzes:save", args=[attempt.uuid, 1])
        self._options = attempt.drawn[0]["options"]
        self._enough = enough

    def run(self):
        try:
            while not self._enough():
                name = uuid.uuid4()
                fields = {"answer": self._options[len(self.kept) % 2], "save_id": str(name)}
                status, _headers, body = self._visitor.post(self._path, fields, **JSON)
                (self.kept if status == 200 else self.refused).append(name if status == 200 else body)
        except (OSError, http.client.HTTPException):
            # The server is gone, and this save got no answer.
            pass
        finally:
            self._visitor.close()


def until_killed(server, saves, people):
    """Kill the server when it has acknowledged so many saves. Returns the savers."""
    quiz = factory.quiz(count=1)
    savers = []
    reached = threading.Event()

    def enough():
        if sum(len(saver.kept) for saver in savers) >= saves:
            reached.set()
        return False

    for number in range(people):
        attempt = factory.begin(factory.person(f"s{number}"), quiz)
        savers.append(Saver(server.port, attempt, enough))
    threads = [threading.Thread(target=saver.run) for saver in savers]
    for thread in threads:
        thread.start()
    # The others are in the middle of a save at this moment.
    reached.wait(300)
    server.kill()
    for thread in threads:
        thread.join()
    return savers


def lost(savers):
    """Names of acknowledged saves that the database does not hold."""
    kept = {name for saver in savers for name in saver.kept}
    return kept - set(Response.objects.values_list("save_id", flat=True))
