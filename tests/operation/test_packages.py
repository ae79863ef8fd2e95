"""What the tests need of the machine: never a reason to skip."""

import subprocess
import sys

import pytest

from tests.services import packages


def test_what_cannot_be_installed_is_named_in_one_line():
    """Where there is neither the program nor apt."""
    done = subprocess.run(
        [sys.executable, packages.__file__], env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The tests need packages that could not be installed: apt-get install redis-server chromium, "
        "then run them again.\n"
    )


def test_everything_is_there_after_make_test_has_prepared():
    assert packages.missing() == []


def test_a_test_that_lacks_a_program_fails_and_names_the_package():
    with pytest.raises(SystemExit, match="^The tests need the package typhoon: apt-get install typhoon, "):
        packages.program("typhoon-server", "typhoon")
