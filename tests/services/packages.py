"""Debian packages that the tests need: installed when we may, named in one line when not.

Runs before anything is installed (`python3 tests/services/packages.py`), so only on the standard library.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# A program that shows that the package is there → the package.
PROGRAMS = {"initdb": "postgresql", "redis-server": "redis-server", "chromium": "chromium"}


def find(program):
    """The path of a program, or None. Debian keeps PostgreSQL's servers out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    places = [str(folder) for folder in reversed(versions)] + [os.environ.get("PATH", os.defpath)]
    return shutil.which(program, path=os.pathsep.join(places))


def program(name, package):
    path = find(name)
    if path is None:
        raise SystemExit(f"The tests need the package {package}: apt-get install {package}, then run them again.")
    return path


def missing():
    packages = [package for name, package in PROGRAMS.items() if find(name) is None]
    if importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    return packages


def install(packages):
    """By apt, as root or by a sudo that asks nothing. Whether all are there afterwards."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (become and not (shutil.which("sudo") and _quietly("sudo", "-n", "true"))):
        return False
    print(f"Installing {', '.join(packages)} …", flush=True)
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "--no-install-recommends"]
    # A fresh machine has no package lists, an old one has stale ones.
    return _quietly(*apt, "install", *packages) or (
        _quietly(*apt, "update") and _quietly(*apt, "install", *packages, show=True)
    )


def _quietly(*command, show=False):
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode and show:
        print(done.stdout.decode(errors="replace")[-2000:], file=sys.stderr)
    return done.returncode == 0


def main():
    packages = missing()
    if packages and not (install(packages) and not missing()):
        names = " ".join(missing())
        sys.exit(f"The tests need packages that could not be installed: apt-get install {names}, then run them again.")


if __name__ == "__main__":
    main()
