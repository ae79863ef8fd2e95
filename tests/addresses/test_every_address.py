"""Every address of the site × every role × an object of one's own and one of the other facility.

Who gets what is said in the tables: `ours.py` for Gatehouse and for signing in, `wagtails.py` for Wagtail. An address
that is in no table fails, and so does a line of a table whose address is gone.
"""

import dataclasses
from collections import Counter

import pytest
import time_machine
from django.urls import NoReverseMatch, resolve, reverse

from tests.people.factory import AT
from tests.services import copies

from . import ours, wagtails, world
from .resolver import addresses
from .table import ADMINISTRATOR, MISSING, NOT_SO, REFUSED
from .visits import ask, path_of, visits

pytestmark = pytest.mark.once

ROWS = [*ours.ROWS, *wagtails.ROWS]


def _cases(rows):
    """What is Wagtail's own changes with Wagtail only, and is asked by `make long`."""
    named = {id(row) for row in ours.ROWS}
    return [pytest.param(row, id=row.name, marks=() if id(row) in named else pytest.mark.long) for row in rows]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The world on a database of this module's own. Whatever is asked is taken back, so that all tests share it."""
    with (
        time_machine.travel(AT, tick=False),
        django_db_blocker.unblock(),
        copies.copy_in_use(django_db_setup),
    ):
        yield world.build()


def _route(row, side):
    path = path_of(row, side).partition("?")[0]
    return resolve(path).route


def test_every_address_is_in_a_table(site):
    known = {address.route: address.name for address in addresses()}
    gone, reached = [], Counter()
    for row in ROWS:
        try:
            route = _route(row, site.own)
        except (NoReverseMatch, AttributeError) as error:
            gone.append(f"{row.name}: {error}")
            continue
        reached[route] += 1
        if known.get(route) != row.name:
            gone.append(f"{row.name}: {route} is {known.get(route)}")
    assert not gone, "Lines of the tables that lead to no such address: " + "; ".join(gone)
    unknown = {route: name for route, name in known.items() if route not in reached}
    behind = {name: resolve(reverse(name)).route for name in unknown.values() if name in wagtails.BEHIND_OURS}
    assert behind == wagtails.BEHIND_OURS
    missing = [f"{name} ({route})" for route, name in unknown.items() if name not in behind]
    assert not missing, (
        "Nobody has said who may open these. Add a line for each to tests/addresses/ours.py: " + "; ".join(missing)
    )


@pytest.mark.parametrize("row", _cases(ROWS))
def test_who_gets_what(site, row):
    wrong = [f"{what}: {got}, not {said}" for what, said, got in visits(row, site) if got != said]
    assert not wrong, "\n".join([f"{row.name}, {path_of(row, site.own)}, is not as its table says.", *wrong])


NUMBERED = [row for row in ROWS if any(str(part).endswith(".pk") for part in (*row.kwargs.values(), *row.args))]


@pytest.mark.parametrize("row", _cases(NUMBERED))
def test_a_number_too_large_for_any_row_is_no_error(site, row):
    """Somebody who plays with addresses gets an answer, and no page that says the site is broken."""
    made_up = {name: _too_large(part) for name, part in row.kwargs.items()}, tuple(map(_too_large, row.args))
    got = ask(dataclasses.replace(row, kwargs=made_up[0], args=made_up[1]), site, ADMINISTRATOR)
    # Wagtail's old address of revisions leads on to the history, which is not there.
    assert got in (MISSING, NOT_SO, REFUSED, "→ wagtailadmin_pages:history")


def _too_large(part):
    return 10**30 if str(part).endswith(".pk") else part
