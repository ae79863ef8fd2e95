"""A Redis server that keeps nothing."""

import contextlib
import tempfile
from pathlib import Path

from . import packages
from .processes import answers, free_port, running


@contextlib.contextmanager
def server():
    """The address of a Redis server while the block runs."""
    program = packages.program("redis-server", "redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="gatehouse-redis-") as folder:
        options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", "--appendonly", "no"]
        with running(program, *options, ready=lambda: answers(port), log=Path(folder) / "log"):
            yield f"redis://127.0.0.1:{port}/0"
