import os
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from content import indexing

from .services import copies, mail, migrated, redis, turns
from .services.site import Site


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Also when every test of a run asks for `committed_database`, where pytest-django's own makes no database.

    Yields the name of the template for copies, to which nobody ever connects, as copying demands.
    """
    with django_db_blocker.unblock(), turns.turn("migrated"):
        fetched = migrated.fetch(connection.creation._get_test_db_name())
        before = setup_databases(verbosity=0, interactive=False, serialized_aliases=set(), keepdb=True)
        name = connection.settings_dict["NAME"]
        connections.close_all()
        template = copies.copy(name)
        if not fetched:
            migrated.keep(template)
    yield template
    with django_db_blocker.unblock():
        teardown_databases(before, verbosity=0, keepdb=True)
        copies.drop(template)
        copies.drop(name)


@pytest.fixture
def committed_database(request, django_db_setup, django_db_blocker):
    """A database of the test's own, whose commits are real and which threads and processes see; its name.

    For a race, a task in another thread or anything that runs on commit: see `tests/threads.py`.
    """
    if request.node.get_closest_marker("django_db"):
        pytest.fail("committed_database excludes the mark django_db: put the test into a module without it.")
    with django_db_blocker.unblock(), copies.copy_in_use(django_db_setup) as name:
        yield name


@pytest.fixture(scope="session")
def company(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter content and the demo company, loaded once: the site that is copied, and its database."""
    shared = Path(os.environ["GATEHOUSE_TEST_HOME"]) / "company"
    with django_db_blocker.unblock(), turns.turn("company"):
        name = shared / "database"
        if not name.exists():
            database = copies.copy(django_db_setup)
            Site(shared / "home", copies.url(database)).prepare()
            name.write_text(database)
        database = copies.copy(name.read_text())
        shutil.copytree(shared / "home", home := tmp_path_factory.mktemp("company") / "home")
    yield Site(home, copies.url(database)), database
    with django_db_blocker.unblock():
        copies.drop(database)


@pytest.fixture(scope="session")
def redis_url():
    with redis.server() as url:
        yield url


@pytest.fixture
def mail_sink():
    """A mail server at `mail_sink.url`; what arrives is in `mail_sink.messages`."""
    with mail.sink() as sink:
        yield sink


@pytest.fixture(autouse=True)
def _empty_cache():
    """Roots of sites and counts of failed sign-ins must not reach the next test, whose rows are others."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _index(request):
    """Only tests marked `indexed` write the search index and the reference index: it took a quarter of all time."""
    if request.node.get_closest_marker("indexed"):
        yield
        return
    token = indexing.waiting.set(defaultdict(set))
    yield
    indexing.waiting.reset(token)


@pytest.fixture(autouse=True)
def _language_of_the_next_test():
    """A page in Spanish leaves the thread in Spanish, as in a server, where the next request sets its own."""
    yield
    translation.deactivate()
