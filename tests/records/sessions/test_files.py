"""What a phone sends is looked at, written anew, kept with its hashes, and handed out as a download only."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from learning.records.models import SessionFile
from learning.records.sessions import uploads

from . import factory


def test_a_photo_keeps_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010E] = "planted at the yard"
    sent = factory.photo(exif=exif)
    data = sent.read()
    sent.seek(0)
    assert b"planted" in data
    upload = uploads.checked(sent)
    assert b"planted" not in upload.content
    assert (upload.media_type, upload.sent_sha256) == ("image/jpeg", hashlib.sha256(data).hexdigest())
    assert upload.sha256 == hashlib.sha256(upload.content).hexdigest()


def test_a_photo_is_turned_upright_and_made_no_larger_than_needed():
    exif = Image.Exif()
    exif[0x0112] = 6
    upload = uploads.checked(factory.photo(size=(4800, 2400), exif=exif))
    assert Image.open(io.BytesIO(upload.content)).size == (1200, 2400)


def test_what_hides_behind_a_picture_is_gone():
    data = factory.photo("PNG").read() + b"<script>alert(1)</script>"
    upload = uploads.checked(SimpleUploadedFile("x.png", data))
    assert (upload.media_type, b"script" in upload.content) == ("image/png", False)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>"), "This is not a photo or scan"),
        (SimpleUploadedFile("x.jpg", factory.photo().read()[:200]), "This is not a photo or scan"),
        (factory.photo("GIF"), "This is not a photo or scan"),
        (SimpleUploadedFile("x.pdf", b"%PDF-1.7\n1 0 obj"), "The PDF is cut off"),
        (SimpleUploadedFile("x.jpg", b"x" * (uploads.LARGEST + 1)), "larger than 10 MB"),
        (factory.photo("PNG", size=(10_000, 6_001)), "too many pixels"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(file, words):
    with pytest.raises(uploads.Refused, match=words):
        uploads.checked(file)


@pytest.fixture
def session(client, db):
    marta = factory.boss()
    client.force_login(marta)
    return factory.session(by=marta)


def test_the_file_comes_back_as_a_download_that_can_do_nothing(client, session):
    client.post(f"/team/sessions/{session.uuid}/files/", {"file": factory.pdf(), "kind": "sheet"})
    kept = SessionFile.objects.get()
    answer = client.get(f"/team/sessions/{session.uuid}/files/{kept.uuid}/")
    assert answer.content == b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="sheet-{kept.sha256[:8]}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    client.force_login(factory.boss("boss-2"))
    assert client.get(f"/team/sessions/{session.uuid}/files/{kept.uuid}/").status_code == 404


def test_a_file_is_never_rewritten_and_goes_while_the_session_is_open(client, session):
    kept = factory.sheet(session)
    assert factory.sheet(session) == kept
    with pytest.raises(DatabaseError, match="are evidence"), transaction.atomic():
        SessionFile.objects.update(sha256="0" * 64)
    client.post(f"/team/sessions/{session.uuid}/files/{kept.uuid}/remove/")
    assert SessionFile.objects.count() == 0


def test_a_file_that_is_none_is_refused_on_the_page(client, session):
    wrong = SimpleUploadedFile("x.jpg", b"no picture")
    answer = client.post(f"/team/sessions/{session.uuid}/files/", {"file": wrong, "kind": "sheet"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "This is not a photo or scan: send a JPEG, PNG or PDF file."
    ]
    assert SessionFile.objects.count() == 0
