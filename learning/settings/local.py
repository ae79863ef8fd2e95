"""One machine, nothing prepared: SQLite, the embedded broker and the local mailbox in GATEHOUSE_HOME."""

import contextlib
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import BROKER_FOLDER, GATEHOUSE_HOME, GATEHOUSE_MODE, MEDIA_ROOT, STATIC_ROOT, STORAGES, env

for folder in (
    BROKER_FOLDER / "messages",
    BROKER_FOLDER / "control",
    GATEHOUSE_HOME / "keys",
    GATEHOUSE_HOME / "mailbox",
    MEDIA_ROOT,
    STATIC_ROOT,
):
    folder.mkdir(parents=True, exist_ok=True)


def _kept(path, make):
    """What this home keeps in that file. Of several processes that start together, one makes it and all read it."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


# A demo and a real company never share a home, so neither database, media, mail nor keys.
if (_mode := _kept(GATEHOUSE_HOME / "mode", lambda: GATEHOUSE_MODE)) != GATEHOUSE_MODE:
    raise ImproperlyConfigured(
        f"{GATEHOUSE_HOME} is the home of a {_mode} company. Set GATEHOUSE_MODE={_mode}, or another GATEHOUSE_HOME."
    )

# Each home has its own key, so that a demo's session or signature is worth nothing in a real company.
SECRET_KEY = env.str("GATEHOUSE_SECRET_KEY", "") or _kept(GATEHOUSE_HOME / "keys/secret_key", get_random_secret_key)
ALLOWED_HOSTS = env.list("GATEHOUSE_ALLOWED_HOSTS", ["*"])

# Static files straight from the source, so that starting collects nothing and an edit shows at the next start.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
