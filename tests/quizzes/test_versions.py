"""Released questions: a version for each thing that a question ever said, and no other."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from quizzes import actions, blueprints, snapshot
from quizzes.models import QuestionVersion

from . import factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db


def test_a_snapshot_keeps_what_is_shown_apart_from_the_key():
    made = factory.question("Which one?", answer={"options": factory.options("This", "That", right=(1,))})
    kind, shown, key = snapshot.take([made])
    this, that = (row["id"] for row in factory.options("This", "That"))
    assert kind == "single_choice"
    assert shown == {
        "en": {"prompt": "Which one?", "options": [{"id": this, "text": "This"}, {"id": that, "text": "That"}]}
    }
    assert key == {
        "right": [that],
        "reasons": {"en": {this: "Reason of This", that: "Reason of That"}},
        "explanation": {"en": ""},
    }


def test_a_snapshot_holds_every_published_language_under_the_same_option_ids():
    made = factory.question(explanation="Because.")
    spanish = made.copy_for_translation(factory._locale("es"))
    spanish.prompt = "¿Qué sello va?"
    spanish.live = True
    spanish.save()
    version = factory.released(made)
    assert sorted(version.shown) == ["en", "es"]
    assert version.shown["es"]["prompt"] == "¿Qué sello va?"
    assert version.shown["en"]["options"] == version.shown["es"]["options"]
    assert version.key["explanation"] == {"en": "Because.", "es": "Because."}


def test_words_of_our_own_are_in_the_question_s_language_not_in_the_editor_s():
    made = factory.true_false()
    first = factory.released(made)
    with translation.override("es"):
        assert factory.released(made, AT + minutes(1)) == first
    assert [option["text"] for option in first.shown["en"]["options"]] == ["True", "False"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "multiple_response"},
        {"shown": {"en": {"prompt": "Which one?", "options": []}}},
        {"key": {"right": ["b"]}},
    ],
)
def test_a_fingerprint_differs_when_anything_said_differs(change):
    says = {"kind": "single_choice", "shown": {"en": {"prompt": "Which?"}}, "key": {"right": ["a"]}}
    assert snapshot.fingerprint(**says) == snapshot.fingerprint(**says)
    assert snapshot.fingerprint(**says) != snapshot.fingerprint(**(says | change))


def test_a_fingerprint_does_not_depend_on_the_order_of_names():
    one = snapshot.fingerprint("k", {"en": {"a": 1, "b": 2}}, {})
    assert one == snapshot.fingerprint("k", {"en": {"b": 2, "a": 1}}, {})
    assert len(one) == 64


def test_releasing_again_writes_no_version_when_nothing_changed():
    made = factory.question()
    first = factory.released(made)
    assert factory.released(made, AT + minutes(1)) == first
    assert QuestionVersion.objects.count() == 1
    assert (first.number, first.released_at) == (1, AT)


@pytest.mark.parametrize("field", ["prompt", "explanation", "bank"])
def test_releasing_after_a_change_writes_the_next_version(field):
    made = factory.question()
    first = factory.released(made)
    setattr(made, field, factory.bank("Another") if field == "bank" else "Another")
    made.save()
    second = factory.released(made, AT + minutes(1))
    assert (second.number, second.released_at) == (2, AT + minutes(1))
    assert first.uuid != second.uuid
    assert list(QuestionVersion.objects.newest()) == [second]


def test_a_draft_is_not_released():
    assert factory.released(factory.question(live=False)) is None
    assert not QuestionVersion.objects.exists()


def test_a_question_that_is_not_there_is_not_released():
    assert actions.release_question(question_key=uuid.uuid4(), at=AT) is None


def test_publishing_releases():
    made = factory.question(live=False)
    made.save_revision().publish()
    assert QuestionVersion.objects.get().question_key == made.translation_key


def test_an_unpublished_question_leaves_the_pool_and_its_versions_stay():
    kept, dropped = factory.question("Kept?"), factory.question("Dropped?")
    version, _gone = factory.released(kept), factory.released(dropped)
    dropped.unpublish()
    pool = blueprints.of(factory.quiz())["draws"][0]["pool"]
    assert pool == [str(version.uuid)]
    assert QuestionVersion.objects.count() == 2


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_a_version(deed):
    version = factory.released(factory.question())
    rows = QuestionVersion.objects.filter(pk=version.pk)
    with pytest.raises(DatabaseError, match="evidence"), transaction.atomic():
        rows.update(hash="0" * 64) if deed == "update" else rows._raw_delete(rows.db)
    version.refresh_from_db()
    assert version.hash != "0" * 64
