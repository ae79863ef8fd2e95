"""What tests of HR's report and of a record's page begin with."""

import pytest
import time_machine

from . import factory
from .factory import AT


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def hr(client):
    who = factory.hr()
    client.force_login(who)
    return who
