import pytest


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Everything outside of the database, in a folder of the test's own."""
    settings.GATEHOUSE_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LEDGER_KEY = tmp_path / "keys" / "ledger_key"
    settings.LEDGER_CHECKPOINT = tmp_path / "ledger" / "checkpoint"
    return tmp_path
