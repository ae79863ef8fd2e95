"""What the workers of a parallel run need alike is made by the first, while the others wait."""

import contextlib
import fcntl
import os
from pathlib import Path


@contextlib.contextmanager
def turn(what):
    """One worker of this run at a time."""
    with (Path(os.environ["GATEHOUSE_TEST_HOME"]) / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
