import pytest


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Key, checkpoint file and storage of a test's own; their folder."""
    settings.LEDGER_KEY = tmp_path / "keys" / "ledger_key"
    settings.LEDGER_CHECKPOINT = tmp_path / "ledger" / "checkpoint"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path
