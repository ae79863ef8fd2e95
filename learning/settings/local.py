"""One machine, nothing prepared: SQLite, the embedded broker and the local mailbox in GATEHOUSE_HOME."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import BROKER_FOLDER, GATEHOUSE_HOME, MEDIA_ROOT, STATIC_ROOT, env

for folder in (
    BROKER_FOLDER / "messages",
    BROKER_FOLDER / "control",
    GATEHOUSE_HOME / "keys",
    GATEHOUSE_HOME / "mailbox",
    MEDIA_ROOT,
    STATIC_ROOT,
):
    folder.mkdir(parents=True, exist_ok=True)


def _secret_key():
    """Each home has its own key, so that a demo's session or signature is worth nothing in a real company."""
    path = GATEHOUSE_HOME / "keys" / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env.str("GATEHOUSE_SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = env.list("GATEHOUSE_ALLOWED_HOSTS", ["*"])
