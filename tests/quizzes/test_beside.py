"""A picture beside a question: with words for those who cannot see it, kept as it was, and telling nothing."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document

from content.models import Picture
from quizzes.beside import PictureBlock
from tests.content import factory as content

from . import factory

pytestmark = pytest.mark.django_db


def with_picture(picture, description="", **fields):
    value = {"image": picture.pk, "description": description}
    return factory.question(beside=[{"type": "picture", "value": value}], **fields)


@pytest.mark.parametrize(
    ("own", "beside", "words"),
    [
        ("A bolt seal in a hasp.", "", "A bolt seal in a hasp."),
        ("A bolt seal in a hasp.", " What you look at. ", "What you look at."),
        ("", "What you look at.", "What you look at."),
    ],
)
def test_a_version_keeps_the_picture_with_its_words_by_the_hash_of_its_file(own, beside, words):
    version = factory.released(with_picture(content.drawing(description=own), beside))
    digest = hashlib.sha256(content.SVG).hexdigest()
    path = f"questions/{digest[:2]}/{digest}.svg"
    picture = {"path": path, "width": 400, "height": 200, "description": words}
    assert version.shown["en"]["beside"] == {"type": "picture", "value": picture}
    with default_storage.open(path) as file:
        assert file.read() == content.SVG


def test_a_picture_without_words_is_refused():
    block = PictureBlock()
    value = block.to_python({"image": content.drawing(description=" ").pk, "description": " "})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert refused.value.block_errors["description"].messages == [
        "Say in words what the picture shows, for people who cannot see it."
    ]


def test_a_learner_sees_it_before_and_after_and_never_its_name(client):
    picture = content.drawing(title="The cut seal is right")
    made = with_picture(picture, "Four seals.")
    version = factory.released(made)
    who = factory.person("1")
    client.force_login(who)
    attempt = factory.begin(who, factory.quiz(count=1))
    url = default_storage.url(version.shown["en"]["beside"]["value"]["path"])
    image = f'<img src="{url}" alt="Four seals." width="400" height="200">'
    asked = client.get(reverse("quizzes:attempt", args=[attempt.uuid])).content.decode()
    assert image in asked
    assert [name for name in (picture.title, picture.file.name) if name in asked] == []
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    assert image in client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()


def test_what_was_released_outlives_the_picture_and_its_changes():
    picture = content.drawing()
    made = with_picture(picture)
    version = factory.released(made)
    Picture.objects.get(pk=picture.pk).delete()
    assert default_storage.exists(version.shown["en"]["beside"]["value"]["path"])
    made.refresh_from_db()
    assert "beside" not in factory.released(made).shown["en"]


def test_the_preview_shows_it(admin_client):
    made = with_picture(content.drawing(), "Four seals.")
    made.save_revision()
    there = reverse(type(made).snippet_viewset.get_url_name("revisions_view"), args=[made.pk, made.latest_revision.pk])
    assert 'alt="Four seals."' in admin_client.get(there).content.decode()


# Videos and sounds

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"x" * 400
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLook at the seal.\n"
MP3 = b"ID3" + b"y" * 50


def file(name, data):
    return Document.objects.create(title=name, file=ContentFile(data, name=name)).pk


def video(**changes):
    says = {"title": "Fitting", "seconds": 9, "transcript": "<p>Look at it.</p>"}
    says |= {"video": file("right answer.mp4", MP4), "captions": file("answer.vtt", VTT)}
    return says | changes


def kept(data, ending):
    digest = hashlib.sha256(data).hexdigest()
    return f"questions/{digest[:2]}/{digest}.{ending}"


def test_a_video_is_kept_with_captions_and_transcript_and_its_name_tells_nothing(client):
    made = factory.question(beside=[{"type": "video", "value": video()}])
    media = factory.released(made).shown["en"]["beside"]
    assert media["value"]["video"] == {"path": kept(MP4, "mp4"), "kind": "mp4", "bytes": len(MP4)}
    assert media["value"]["captions"]["path"] == kept(VTT, "vtt")
    assert "right answer" not in str(media)
    who = factory.person("1")
    client.force_login(who)
    attempt = factory.begin(who, factory.quiz(count=1))
    page = client.get(reverse("quizzes:attempt", args=[attempt.uuid])).content.decode()
    urls = [default_storage.url(kept(MP4, "mp4")), default_storage.url(kept(VTT, "vtt"))]
    for words in (*urls, "<p>Look at it.</p>", 'kind="captions"'):
        assert words in page


def test_a_sound_is_kept_with_its_transcript():
    value = {"title": "A seal", "seconds": 2, "audio": file("answer.mp3", MP3), "transcript": "<p>A click.</p>"}
    media = factory.released(factory.question(beside=[{"type": "audio", "value": value}])).shown["en"]["beside"]
    assert media == {
        "type": "audio",
        "value": {
            "title": "A seal",
            "seconds": 2,
            "audio": {"path": kept(MP3, "mp3"), "kind": "mp3", "bytes": len(MP3)},
            "transcript": "<p>A click.</p>",
        },
    }
