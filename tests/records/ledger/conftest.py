import pytest


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """The key and the checkpoint file of a test's own; their folder."""
    settings.LEDGER_KEY = tmp_path / "keys" / "ledger_key"
    settings.LEDGER_CHECKPOINT = tmp_path / "ledger" / "checkpoint"
    return tmp_path
