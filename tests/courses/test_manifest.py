"""The manifest: all that a learner sees, in one canonical form."""

import base64
import hashlib
import json
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from content.models import Picture
from courses import changes, manifest, outline, readiness
from courses.models import CoursePage, LessonPage
from quizzes.models import Bank, Quiz
from tests.quizzes import factory as quizzes

from . import factory

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40v30z"/></svg>'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def build(page):
    return manifest.build(CoursePage.objects.get(pk=page.pk))


def picture(data=SVG, name="seal.svg"):
    return Picture.objects.create(
        title="A seal", description="A bolt seal in a hasp", file=ContentFile(data, name), width=40, height=30
    )


def with_picture(page, image):
    body = [{"type": "figure", "id": "f1", "value": {"image": image.pk, "caption": "<p>Look.</p>", "points": []}}]
    return page.add_child(instance=LessonPage(title="Drawn", slug="drawn", body=json.dumps(body)))


def test_it_holds_what_a_learner_sees():
    page = factory.course(lessons=("One",))
    built = build(page)
    lesson, quiz = built["languages"]["en"]["steps"]
    one = page.get_children().specific().first()
    assert built == {
        "schema": 1,
        "course": str(page.translation_key),
        "area": 6,
        "criteria": ["6.1"],
        "topics": ["seals", "logs"],
        "valid_months": 12,
        "objectives": [{"code": "fit", "criterion": "6.1", "text": {"en": "Fit a seal."}}],
        "files": {},
        "languages": {
            "en": {
                "title": "Seal security",
                "slug": "seal-security",
                "summary": "What Seal security is good for.",
                "about": "About it.",
                "takers": "Drivers.",
                "steps": [lesson, quiz],
            }
        },
    }
    assert lesson == {
        "key": str(one.translation_key),
        "title": "One",
        "slug": "one",
        "kind": "lesson",
        "minutes": 5,
        "completion": "seen",
        "blocks": [{"id": factory.paragraph("Text of One.")["id"], "type": "text", "value": "<p>Text of One.</p>"}],
    }


def test_a_step_with_a_quiz_holds_its_rules_and_its_pool():
    page = factory.course(lessons=())
    (quiz,) = build(page)["languages"]["en"]["steps"]
    step, bank, made = page.get_children().specific().get(), Bank.objects.get(), Quiz.objects.get()
    pool = sorted(str(version) for version in bank.versions.values_list("uuid", flat=True))
    assert quiz == {
        "key": str(step.translation_key),
        "title": "Quiz",
        "slug": "quiz",
        "kind": "quiz",
        "minutes": 5,
        "completion": "passed",
        "quiz": {
            "key": str(made.translation_key),
            "title": "Seal security quiz",
            "intro": "",
            "minutes": 5,
            "pass_mark": 100,
            "attempts_allowed": 2,
            "shuffle": True,
            "pass_message": "",
            "fail_message": "",
            "draws": [{"bank": str(bank.uuid), "count": 2, "pool": pool}],
        },
    }


def test_the_canonical_form_is_the_same_every_time_and_the_hash_is_its_own():
    page = factory.course()
    text, digest = manifest.canonical(build(page))
    assert manifest.canonical(build(page)) == (text, digest)
    assert hashlib.sha256(text.encode()).hexdigest() == digest
    assert manifest.canonical(dict(reversed(json.loads(text).items()))) == (text, digest)
    assert text.startswith('{"area":6,"course":"')


def test_saving_without_a_change_changes_nothing():
    page = factory.course()
    before = manifest.canonical(build(page))
    for row in (page, *page.get_children().specific()):
        row.save_revision().publish()
    assert manifest.canonical(build(page)) == before


@pytest.mark.parametrize(("data", "name", "ending"), [(SVG, "seal.svg", "svg"), (PNG, "seal.png", "webp")])
def test_pictures_are_kept_under_their_hash(data, name, ending):
    page = factory.course(lessons=(), quiz=False)
    with_picture(page, picture(data, name))
    built = build(page)
    ((path, digest),) = built["files"].items()
    kept = Path(settings.MEDIA_ROOT, path).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == digest
    assert path == f"editions/{digest[:2]}/{digest}.{ending}"
    (block,) = built["languages"]["en"]["steps"][0]["blocks"]
    assert block["value"]["image"]["path"] == path
    assert block["value"]["image"]["description"] == "A bolt seal in a hasp"


def test_a_kept_picture_outlives_the_one_in_the_library():
    page = factory.course(lessons=(), quiz=False)
    image = picture()
    with_picture(page, image)
    edition = factory.release(page)
    image.file.storage.delete(image.file.name)
    image.delete()
    ((path, digest),) = edition.content["files"].items()
    assert hashlib.sha256(Path(settings.MEDIA_ROOT, path).read_bytes()).hexdigest() == digest


def test_what_comes_next_is_told_before_and_is_what_a_release_makes():
    page = factory.course()
    lesson = LessonPage.objects.get(title="One")
    lesson.title = "One, clearer"
    lesson.save_revision()
    draft = LessonPage(title="Three", slug="three", body=json.dumps([factory.paragraph("New.")]), live=False)
    page.add_child(instance=draft)
    page = CoursePage.objects.get(pk=page.pk)
    page.summary = "Better."
    page.save_revision()
    told = manifest.canonical(manifest.build_next(CoursePage.objects.get(pk=page.pk)))
    assert factory.release(page).hash == told[1]
    assert [step["title"] for step in build(page)["languages"]["en"]["steps"]] == [
        "One, clearer",
        "Two",
        "Quiz",
        "Three",
    ]


def test_telling_what_comes_next_publishes_nothing_and_keeps_no_file():
    page = factory.course(lessons=(), quiz=False)
    image = picture(SVG.replace(b"40", b"44"))
    draft = with_picture(page, image)
    draft.title = "Drawn again"
    draft.save_revision()
    ((path, _digest),) = manifest.build_next(CoursePage.objects.get(pk=page.pk))["files"].items()
    assert not Path(settings.MEDIA_ROOT, path).exists()
    assert LessonPage.objects.get().title == "Drawn"


def test_the_outline_has_no_lesson_and_no_pool():
    short = outline.make(build(factory.course(lessons=("One",))))
    lesson, quiz = short["languages"]["en"]["steps"]
    assert sorted(lesson) == ["completion", "key", "kind", "minutes", "slug", "title"]
    assert {name: quiz[name] for name in set(quiz) - set(lesson)} == {
        "pass_mark": 100,
        "attempts_allowed": 2,
        "questions": 2,
    }
    shown = outline.Outline(short, "es")
    assert (shown.language, shown.languages, shown.minutes, shown.pass_mark) == ("en", ["en"], 10, 100)
    assert (shown.count("lesson"), shown.count("quiz"), shown.objectives) == (1, 1, ["Fit a seal."])
    # Outlines of older editions say the topics once, for all languages.
    assert short["languages"]["en"].pop("topics") == ["seals", "logs"]
    assert outline.Outline(short, "en").topics == ["seals", "logs"]


# Whether it can be released


def plain(steps, **languages):
    return {"languages": {"en": {"steps": steps}} | {code: {"steps": rows} for code, rows in languages.items()}}


def lesson(key):
    return {"key": key, "kind": "lesson", "title": key}


def quiz(key, quiz_key="q", count=2, pool=2):
    draws = [{"count": count, "pool": ["v"] * pool}]
    return {"key": key, "kind": "quiz", "title": key, "quiz": {"key": quiz_key, "draws": draws}}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (plain([lesson("a"), quiz("b")]), None),
        (plain([lesson("a"), quiz("b")], es=[lesson("a"), quiz("b")]), None),
        (
            plain([]),
            "The course has no lessons. A lesson that was unpublished stays out until it is published again.",
        ),
        (plain([lesson("a"), lesson("b")], es=[lesson("a")]), "The steps in “es” are not the same, in the same order."),
        (
            plain([lesson("a"), lesson("b")], es=[lesson("b"), lesson("a")]),
            "The steps in “es” are not the same, in the same order.",
        ),
        (plain([quiz("a"), quiz("b")]), "“b” asks the same quiz as a step before it."),
        (
            plain([lesson("a") | {"blocks": [{"type": "figure", "value": {"image": None}}]}]),
            "A picture or file of “a” is no longer in the library.",
        ),
        (
            plain([quiz("a", count=3, pool=2)]),
            "“a” draws 3 questions, but its bank has only 2 published.",
        ),
        (
            plain([quiz("a", count=1, pool=0)]),
            "“a” asks a question that is not published: look for a draft among its questions.",
        ),
    ],
)
def test_readiness(data, problem):
    assert readiness.problem(data) == problem


# What differs


def test_changes_are_told_in_the_order_of_the_steps():
    page = factory.course(lessons=("One", "Two", "Three"))
    before = build(page)
    assert changes.between(None, before) == [("new", "One"), ("new", "Two"), ("new", "Three"), ("new", "Quiz")]
    assert changes.between(before, before) == []

    one, two, three, step = page.get_children().specific()
    one.minutes = 9
    one.save()
    two.delete()
    step.move(CoursePage.objects.get(pk=page.pk), pos="first-child")
    page = CoursePage.objects.get(pk=page.pk)
    factory.lesson(page, "Four")
    quizzes.released(quizzes.question("One more?", where=Bank.objects.get()))
    CoursePage.objects.update(summary="Better.")
    assert changes.between(before, build(page)) == [
        ("course", ""),
        ("order", ""),
        ("new", "Four"),
        ("changed", "Quiz"),
        ("changed", "One"),
        ("removed", "Two"),
    ]
    assert three.title == "Three"


def test_keys_are_of_this_course_alone():
    keys = {
        step["key"]
        for title in ("Seals", "Fences")
        for step in build(factory.course(title))["languages"]["en"]["steps"]
    }
    assert len(keys) == 6
    assert all(uuid.UUID(key) for key in keys)
