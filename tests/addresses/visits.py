"""Asking for one address as one role, and saying in a word what came back."""

import contextlib
import io
import re
import zipfile
from http.cookies import SimpleCookie
from operator import attrgetter

from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.urls import Resolver404, resolve, reverse

from .table import REFUSALS, REFUSED, ROLES, SIGN_IN, UNSEEING
from .world import HIDDEN

NO_PERMISSION = "Sorry, you do not have permission to access this area."
# Sessions are not what a page is about.
CHANGES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+(?!\"django_session\")(\S+)", re.IGNORECASE)
BETRAYED = "names the person of the other facility"
UNKNOWN_TO_HR = "does not name that person to HR either, so this proves nothing"


def path_of(row, side):
    """The address of a row for the objects of one side."""
    path = row.at or reverse(
        row.name,
        args=[_value(part, side) for part in row.args] or None,
        kwargs={name: _value(part, side) for name, part in row.kwargs.items()} or None,
    )
    query = re.sub(r"\{([^}]+)\}", lambda found: str(_value(found[1], side)), row.query)
    return f"{path}?{query}" if query else path


def _value(part, side):
    """ "record.uuid" as it is with that side; anything else as it is written."""
    if not isinstance(part, str) or not part.partition(".")[2].isidentifier():
        return part
    return attrgetter(part)(side)


def visits(row, world):
    """`(what is asked, expected, got)` for every role, with both sides where these differ."""
    own, other = path_of(row, world.own), path_of(row, world.other)
    for role in ROLES:
        visit = _Visit(world.clients[role], role, unseeing=role in UNSEEING and not row.public)
        asked = {own: ("own", {}), other: ("other", row.others)} if other != own else {own: ("own", {})}
        for path, (whose, differs) in asked.items():
            expected = row.who[role] if row.form else differs.get(role, row.who[role])
            yield f"{role}, GET, {whose}", expected, visit.get(path)
            posted = expected if expected in REFUSALS else differs.get(role) or row.post.get(role)
            if posted is not None:
                yield f"{role}, POST, {whose}", posted, visit.post(path, posted)
        yield from _listed(row, own, visit)


def ask(row, world, role):
    """What that role gets of the own side with GET."""
    return _Visit(world.clients[role], role, unseeing=False).get(path_of(row, world.own))


def _listed(row, path, visit):
    """What listings show when they are searched, filtered, exported."""
    if row.who[visit.role] != 200:
        return
    for query in row.lists:
        asked = f"{path}?{query}"
        if visit.unseeing:
            yield f"{visit.role}, GET, {query}", 200, visit.get(asked)
        elif visit.role == "HR":
            yield f"HR, GET, {query}", True, visit.shows(asked) or UNKNOWN_TO_HR


class _Visit:
    """One role's browser. Nothing that it does remains."""

    def __init__(self, client, role, *, unseeing):
        self.client, self.role, self.unseeing = client, role, unseeing

    def get(self, path):
        return self._outcome(self._ask("get", path)[0])

    def post(self, path, expected):
        response, changed = self._ask("post", path)
        outcome = self._outcome(response)
        if expected not in REFUSALS:
            return outcome
        if changed:
            return f"{outcome}, but changes {', '.join(sorted(changed))}"
        # What takes no form at all refuses it, too.
        return expected if outcome == 405 else outcome

    def shows(self, path):
        return HIDDEN["last_name"] in _text(self._ask("get", path)[0])

    def _ask(self, method, path):
        changed, cookies = set(), self.client.cookies.output(header="")

        def watch(execute, sql, *rest):
            if found := CHANGES.match(sql):
                changed.add(found[2].strip('"'))
            return execute(sql, *rest)

        with transaction.atomic(), connection.execute_wrapper(watch):
            response = getattr(self.client, method)(path)
            response.body = _body(response)
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie(cookies)
        return response, changed

    def _outcome(self, response):
        if self.unseeing and HIDDEN["last_name"] in _text(response):
            return f"{response.status_code}, but {BETRAYED}"
        if response.status_code == 500 and response.exc_info:
            return f"500: {response.exc_info[0].__name__}: {response.exc_info[1]}"
        if "Location" in response.headers:
            return _redirect(response)
        return response.status_code


def _redirect(response):
    there, _mark, query = response.headers["Location"].partition("?")
    if there == "/sign-in/" and query.startswith("next="):
        return SIGN_IN
    said = [str(message).strip() for message in get_messages(response.wsgi_request)]
    if there == "/admin/" and said[-1:] == [NO_PERMISSION]:
        return REFUSED
    with contextlib.suppress(Resolver404):
        match = resolve(there)
        return f"→ {match.view_name if match.url_name else match.route}"
    return f"→ {there}"


def _body(response):
    data = b"".join(response.streaming_content) if response.streaming else response.content
    if data.startswith(b"PK\x03\x04"):
        # A workbook.
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return b"".join(files.read(name) for name in files.namelist())
    return data


def _text(response):
    return response.body.decode(errors="replace") + str(response.headers)
