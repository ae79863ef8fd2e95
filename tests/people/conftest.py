import pytest
import time_machine

from learning.people.signals import people_changed

from . import factory
from .factory import AT


@pytest.fixture
def noon_in_denver():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def hr(client, db):
    who = factory.person("hr", "Helen", role="Human resources")
    client.force_login(who)
    return who


@pytest.fixture
def admin(client, db):
    who = factory.person("admin", "Ada", role="Administrators")
    client.force_login(who)
    return who


@pytest.fixture
def heard():
    news = []

    def listen(sender, person_ids, at, **kwargs):
        news.append(person_ids)

    people_changed.connect(listen)
    yield news
    people_changed.disconnect(listen)
