import datetime

import pytest

from learning.people.importing import unattended

from .. import factory
from ..factory import AT
from . import files


@pytest.fixture
def house():
    """A company with a facility, an employer of its own and a position, and nobody in it."""
    factory.company()
    factory.employer()
    factory.facility()
    return factory.position()


@pytest.fixture
def imported():
    """Import rows (dicts), as the nightly run does; what is kept of it."""

    def run(rows, at=AT, name="people.csv", columns=None, **order):
        file = rows if hasattr(rows, "read") else files.csv_file(rows, columns)
        return unattended.import_file(file=file, name=name, at=at, **order)

    return run


@pytest.fixture
def day():
    return datetime.date.fromisoformat
