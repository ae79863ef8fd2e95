"""The first step of every `make`: .venv and the locked requirements, or one line that says what to do."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.services.commands import ROOT

INSTALLING = "Installing the requirements into .venv, once (about a minute) …\n"
# One wheel that no index is asked for, since there is none.
LOCK = "gatehouse-needs-this==1.0 --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def checkout(tmp_path):
    """A folder with the installer and locks that hold nothing."""
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements/install.py", tmp_path / "requirements")
    for name in ("base", "test"):
        (tmp_path / f"requirements/{name}.txt").write_text(f"# {name}\n")
    return tmp_path


def install(folder, name="base", **values):
    # As on a machine that was never configured, with a mirror that does not answer.
    values = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_FIND_LINKS": ""} | values
    done = subprocess.run(
        # The Python that made ours, outside of every virtual environment, as `make` calls it.
        [os.path.realpath(sys.executable), folder / "requirements/install.py", name],
        env=os.environ | values,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_it_installs_once_and_again_when_the_lock_changes(checkout):
    assert install(checkout) == (0, INSTALLING, "")
    assert (checkout / ".venv/bin/python").exists()
    assert install(checkout) == (0, "", "")

    (checkout / "requirements/base.txt").write_text("# another\n")
    assert install(checkout) == (0, INSTALLING, "")

    # The lock for tests holds the other one, and not the other way round.
    assert install(checkout, "test") == (0, INSTALLING, "")
    assert install(checkout) == (0, "", "")


def test_what_was_broken_off_is_done_again(checkout):
    assert install(checkout)[0] == 0
    (checkout / ".venv/held").unlink()
    shutil.rmtree(next((checkout / ".venv/lib").glob("*/site-packages")) / "pip")
    assert install(checkout) == (0, INSTALLING, "")


def test_without_a_network_it_says_so(checkout):
    (checkout / "requirements/base.txt").write_text(LOCK)
    assert install(checkout) == (
        1,
        INSTALLING,
        "Installing needs the network once, and the package index did not answer. Connect this machine, "
        "or name a mirror in PIP_INDEX_URL, and run it again.\n",
    )
    # And tries again the next time.
    assert install(checkout)[0] == 1


def test_without_venv_it_names_the_package(checkout, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\nfind = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n"
    )
    assert install(checkout, PYTHONPATH=str(tmp_path)) == (
        1,
        "",
        "Gatehouse needs the package python3-venv. Install it (sudo apt-get install python3-venv) and run it again.\n",
    )
    assert not (checkout / ".venv").exists()
