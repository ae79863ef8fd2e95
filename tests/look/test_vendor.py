"""Files of others are what their makers published: the manifest names each with its hash and its licence."""

import hashlib
import json
import re

from django.conf import settings

ROOT = settings.BASE_DIR
MANIFEST = ROOT / "learning" / "static" / "gatehouse" / "vendor.json"
PACKAGES = json.loads(MANIFEST.read_text())
FOLDERS = ("learning/static/gatehouse/fonts", "learning/records/papers/fonts", "tests/journeys/vendor")


def test_every_file_has_the_hash_that_the_manifest_states():
    stated = {path: digest for package in PACKAGES for path, digest in package["files"].items()}
    found = {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in stated}
    assert found == stated


def test_no_file_of_others_is_missing_from_the_manifest():
    stated = {path for package in PACKAGES for path in package["files"]}
    found = {str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).iterdir()}
    assert found == stated


def test_each_has_a_version_a_licence_and_its_text():
    assert [(package["name"], package["licence"]) for package in PACKAGES] == [
        ("@fontsource-variable/public-sans", "OFL-1.1"),
        # The package is under MIT, the font in it under OFL.
        ("@expo-google-fonts/noto-sans", "MIT AND OFL-1.1"),
        ("@expo-google-fonts/noto-sans-mono", "MIT AND OFL-1.1"),
        ("axe-core", "MPL-2.0"),
    ]
    for package in PACKAGES:
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        assert [path for path in package["files"] if "/LICENSE-" in path] != []


def test_the_manifest_names_no_host():
    assert re.findall(r"https?:|[\w-]+\.(?:org|com|io|net)\b", MANIFEST.read_text()) == []
