"""What makes the site installable knows nobody, in both languages."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from tests.people import factory
from tests.queries import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "start"), [("en", "/me/"), ("es", "/es/me/")])
def test_the_manifest_says_what_a_phone_needs(client, language, start):
    response = client.get(f"/manifest/{language}.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    says = json.loads(response.content)
    assert (says["lang"], says["start_url"], says["scope"], says["display"]) == (language, start, "/", "standalone")
    assert [(icon["sizes"], icon["purpose"]) for icon in says["icons"]] == [
        ("any", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]


def test_icons_are_as_large_as_the_manifest_says(client):
    for icon in json.loads(client.get("/manifest/en.webmanifest").content)["icons"][1:]:
        file = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        assert "x".join(map(str, Image.open(file).size)) == icon["sizes"]


@pytest.mark.parametrize("path", ["/manifest/en.webmanifest", "/offline/en/", "/offline/es/", "/worker.js"])
def test_it_is_the_same_for_everybody_and_asks_for_nothing(client, path):
    before = client.get(path)
    client.force_login(factory.person("1", "Xochitl", language="es"))
    response = client.get(path)
    assert (response.status_code, response.content) == (200, before.content)
    assert "Set-Cookie" not in response.headers
    # Session and person, which every address asks for.
    assert len(queries(lambda: client.get(path))) == 2


@pytest.mark.parametrize("path", ["/manifest/fr.webmanifest", "/offline/fr/"])
def test_other_languages_are_not_there(client, path):
    assert client.get(path).status_code == 404


def test_the_worker_keeps_only_the_page_without_a_line_and_what_it_is_made_of(client):
    script = client.get("/worker.js").content.decode()
    kept = re.search(r"FILES = \[(.*?)\]", script)[1]
    files = re.findall(r'"([^"]+)"', kept)
    assert files[:2] == ["/offline/en/", "/offline/es/"]
    assert all(path.startswith(settings.STATIC_URL) for path in files[2:])
    page = client.get("/offline/es/").content.decode()
    assert set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)) <= set(files)
    assert "<script" not in page


def test_pages_lead_to_the_manifest_of_their_language(client):
    assert '<link rel="manifest" href="/manifest/en.webmanifest">' in client.get("/verify/").content.decode()
    assert '<link rel="manifest" href="/manifest/es.webmanifest">' in client.get("/es/verify/").content.decode()
    assert "worker-src 'self'" in client.get("/verify/").headers["Content-Security-Policy"]
