import pytest

from .. import factory
from ..factory import PASSWORD


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path):
    """Files, as without CACHE_URL; but not those that a test in another process empties."""
    settings.CACHES = {"default": {"BACKEND": "learning.caches.FileCache", "LOCATION": tmp_path / "cache"}}


@pytest.fixture
def ana(db):
    return factory.person("Ana-7", password=PASSWORD, email="ana@example.com")


@pytest.fixture
def live(settings):
    settings.DEMO = False
    settings.SECOND_FACTOR_OBLIGATORY = True
