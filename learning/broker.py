"""The broker of a single host, in files."""

import time
import uuid
from pathlib import Path

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Kombu's, but a message appears when it is whole.

    Kombu's own opens the file first and then writes: whoever takes it between finds nothing, and the worker ends
    (celery/kombu#1551).
    """

    def _put(self, queue, payload, **kwargs):
        # As kombu names it, since it takes the oldest first and knows the queue by the name.
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        whole = Path(self.data_folder_out) / name
        written = whole.with_name(f"{name}.new")
        written.write_text(dumps(payload))
        written.rename(whole)


class Transport(filesystem.Transport):
    Channel = Channel
