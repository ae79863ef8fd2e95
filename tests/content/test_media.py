"""Uploaded files by their address: what a browser may show, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents.models import Document

from content.models import Picture

from . import factory

pytestmark = pytest.mark.django_db

TOO_SMALL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"></svg>'
TOO_LARGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1e999" height="1e999"></svg>'


def test_a_picture_is_served_where_it_can_run_nothing(client):
    response = client.get(factory.drawing().url)
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == factory.SVG


@pytest.mark.parametrize("path", ["nothing.svg", "a" * 300, "original_images", "a/" * 3000])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("before", ["", "/", "./", "original_images/../"])
def test_a_document_has_one_address_the_one_that_knows_who_may_read_it(client, before):
    document = Document.objects.create(title="Plan", file=ContentFile(b"plan", name="plan.txt"))
    assert default_storage.exists(document.file.name)
    assert client.get(f"/media/{before}{document.file.name}").status_code == 404
    assert b"".join(client.get(document.url).streaming_content) == b"plan"


@pytest.mark.parametrize("drawing", [TOO_SMALL, TOO_LARGE])
def test_a_drawing_without_a_size_is_refused(admin_client, drawing):
    """The list of pictures could not show it, nor any other with it."""
    file = ContentFile(drawing, name="seal.svg")
    response = admin_client.post(reverse("wagtailimages:add"), {"title": "Seal", "file": file, "collection": 1})
    assert list(response.context["form"].errors) == ["file"]
    assert Picture.objects.count() == 0


def ranged(client, wanted):
    """Status, `Content-Range` and bytes of a kept file of ten bytes."""
    name = default_storage.save("editions/ab/seal.mp4", ContentFile(b"0123456789"))
    response = client.get(f"/media/{name}", headers={"Range": wanted})
    return response.status_code, response.headers.get("Content-Range"), b"".join(response)


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        ("bytes=0-3", (206, "bytes 0-3/10", b"0123")),
        ("bytes=7-", (206, "bytes 7-9/10", b"789")),
        ("bytes=-2", (206, "bytes 8-9/10", b"89")),
        ("bytes=5-99", (206, "bytes 5-9/10", b"56789")),
        ("bytes=10-", (416, "bytes */10", b"")),
        ("bytes=4-2", (416, "bytes */10", b"")),
        # Answered in full, as the standard allows.
        ("bytes=0-1,4-5", (200, None, b"0123456789")),
        ("bytes=-", (200, None, b"0123456789")),
        ("lines=0-1", (200, None, b"0123456789")),
    ],
)
def test_a_phone_may_ask_for_a_part_of_a_video(client, wanted, answer):
    assert ranged(client, wanted) == answer


def test_captions_are_sent_as_what_they_are(client):
    name = default_storage.save("editions/ab/seal.vtt", ContentFile(b"WEBVTT"))
    assert client.get(f"/media/{name}").headers["Content-Type"] == "text/vtt"
