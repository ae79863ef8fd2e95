#!/usr/bin/env python3
"""Fetches the files of others that are committed here, and writes learning/static/gatehouse/vendor.json about them.

Only whoever updates one of them runs this (it needs npm): change the version below, run it, look at the difference,
commit. Running and testing Gatehouse needs neither npm nor Node.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "learning/static/gatehouse/vendor.json"
FONTS = "learning/static/gatehouse/fonts"
PAPERS = "learning/records/papers/fonts"
JOURNEYS = "tests/journeys/vendor"

PACKAGES = [
    {
        "name": "@fontsource-variable/public-sans",
        "version": "5.3.0",
        "files": {
            f"{FONTS}/public-sans-latin-wght-normal.woff2": "files/public-sans-latin-wght-normal.woff2",
            f"{FONTS}/public-sans-latin-ext-wght-normal.woff2": "files/public-sans-latin-ext-wght-normal.woff2",
            f"{FONTS}/LICENSE-public-sans.txt": "LICENSE",
        },
    },
    {
        "name": "@expo-google-fonts/noto-sans",
        "version": "0.4.2",
        "files": {
            f"{PAPERS}/NotoSans_400Regular.ttf": "400Regular/NotoSans_400Regular.ttf",
            f"{PAPERS}/NotoSans_700Bold.ttf": "700Bold/NotoSans_700Bold.ttf",
            f"{PAPERS}/LICENSE-noto-sans.txt": "LICENSE_FONT",
        },
    },
    {
        "name": "@expo-google-fonts/noto-sans-mono",
        "version": "0.4.2",
        "files": {
            f"{PAPERS}/NotoSansMono_400Regular.ttf": "400Regular/NotoSansMono_400Regular.ttf",
            f"{PAPERS}/LICENSE-noto-sans-mono.txt": "LICENSE_FONT",
        },
    },
    {
        "name": "axe-core",
        "version": "4.14.1",
        "files": {
            f"{JOURNEYS}/axe.min.js": "axe.min.js",
            f"{JOURNEYS}/LICENSE-axe-core.txt": "LICENSE",
            f"{JOURNEYS}/LICENSE-axe-core-third-party.txt": "LICENSE-3RD-PARTY.txt",
        },
    },
]


def fetch(package, folder):
    """Copies the package's files to their places and returns its entry in the manifest."""
    spec = f"{package['name']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", spec, "--silent"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    with tarfile.open(Path(folder) / packed) as archive:

        def read(name):
            return archive.extractfile(f"package/{name}").read()

        licence = json.loads(read("package.json"))["license"]
        hashes = {}
        for place, source in package["files"].items():
            data = read(source)
            (ROOT / place).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / place).write_bytes(data)
            hashes[place] = hashlib.sha256(data).hexdigest()
    return {"name": package["name"], "version": package["version"], "licence": licence, "files": hashes}


def main():
    with tempfile.TemporaryDirectory() as folder:
        manifest = [fetch(package, folder) for package in PACKAGES]
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
