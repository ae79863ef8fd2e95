"""Makes .venv and installs a lock into it: `python3 requirements/install.py base` (or `test`, which contains base).

Does nothing when that has been done. Runs before anything is installed, so on the standard library alone.
"""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# Which locks .venv holds, written when an installation has ended well.
HELD = VENV / "held"
LOG = VENV / "install.log"
VERSION = "{}.{}".format(*sys.version_info)


def main(name):
    if sys.version_info < (3, 11):
        sys.exit(f"Gatehouse needs Python 3.11 or newer, this is {VERSION}. Name one: make run PYTHON=python3.11")
    if PYTHON.exists() and HELD.exists() and _line(name) in HELD.read_text().splitlines():
        return
    if not _usable():
        _make()
    _install(ROOT / "requirements" / f"{name}.txt")
    # The lock for tests holds the other one in the same versions; the other way round it does not.
    HELD.write_text("\n".join(map(_line, ["base", "test"] if name == "test" else ["base"])))


def _line(name):
    lock = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return f"{name} {VERSION} {hashlib.sha256(lock).hexdigest()}"


def _usable():
    """Whether .venv is there, whole, and of this Python."""
    try:
        code = "import pip, sys; print('{}.{}'.format(*sys.version_info))"
        answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == VERSION


def _make():
    if not importlib.util.find_spec("ensurepip"):
        sys.exit(
            "Gatehouse needs the package python3-venv. Install it (sudo apt-get install python3-venv) and run it again."
        )
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def _install(lock):
    print("Installing the requirements into .venv, once (about a minute) …", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    HELD.unlink(missing_ok=True)
    with LOG.open("w") as log:
        done = subprocess.run([*pip, "--require-hashes", "-r", lock], stdout=log, stderr=log, check=False)
    if done.returncode:
        said = LOG.read_text()
        if "connection broken by" in said or "Max retries exceeded" in said:
            sys.exit(
                "Installing needs the network once, and the package index did not answer. Connect this machine, "
                "or name a mirror in PIP_INDEX_URL, and run it again."
            )
        sys.exit(f"Installing failed. The end of {LOG}:\n{said[-1500:]}")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("Stopped before everything was installed. Run it again to go on.")
