"""Banks, questions and quizzes in the admin: written, refused in words, previewed, kept when evidence names them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from quizzes.kinds import KINDS
from quizzes.models import Bank, Question, QuestionVersion, Quiz
from tests.queries import queries

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]
HALF = "Its answers show here once all of them are written."


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin", "x", first_name="Admin"))
    return client


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def form(kind="single_choice", options=(("H", True), ("I", False)), publish=True, **changes):
    """What the browser posts for a question."""
    rows = [{"text": text, "right": "on" if right else "", "reason": f"Reason {text}"} for text, right in options]
    value = {
        "options": {f"{place}-{name}": given for place, row in enumerate(rows) for name, given in _item(place, row)}
        | {"count": str(len(rows))}
    } | ({"credit": "all"} if kind == "multiple_response" else {})
    fields = {
        "bank": factory.bank().pk,
        "prompt": "Which seal goes on?",
        "beside": streamfield([]),
        "answer": streamfield([(kind, value)]),
        "explanation": "",
        "difficulty": "2",
    }
    return nested_form_data(fields | changes) | ({"action-publish": "1"} if publish else {})


def _item(place, row):
    yield "order", str(place)
    yield "deleted", ""
    yield "id", ""
    for name, value in row.items():
        if value or name != "right":
            yield f"value-{name}", value


def test_a_question_is_written_and_released(admin):
    response = admin.post(address(Question, "add"), form(), follow=True)
    made = Question.objects.get()
    assert made.live
    assert [option["text"] for option in made.kind.options(made.answer[0].value)] == ["H", "I"]
    version = QuestionVersion.objects.get()
    assert version.question_key == made.translation_key
    assert len(version.key["right"]) == 1
    assert "was published" in said(response)[0] or "created and published" in said(response)[0]


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        ("single_choice", (("H", True), ("I", True)), "Mark exactly one answer as right."),
        ("single_choice", (("H", False), ("I", False)), "Mark exactly one answer as right."),
        ("multiple_response", (("H", False), ("I", False)), "Mark at least one answer as right."),
        ("multiple_response", (("H", True), ("I", True)), "At least one answer must be wrong."),
        ("single_choice", (("H", True), (" h ", False)), "Two answers say the same."),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused_in_words(admin, kind, options, sentence):
    response = admin.post(address(Question, "add"), form(kind, options))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()


def test_a_question_without_a_kind_is_refused(admin):
    response = admin.post(address(Question, "add"), form() | nested_form_data({"answer": streamfield([])}))
    assert response.status_code == 200
    assert not QuestionVersion.objects.exists()


def test_editing_a_question_writes_its_next_version_once_it_is_published(admin):
    made = factory.question()
    factory.released(made)
    edit = address(Question, "edit", made.pk)
    admin.post(edit, form(prompt="Which one now?", publish=False))
    assert QuestionVersion.objects.count() == 1
    admin.post(edit, form(prompt="Which one now?"))
    assert list(QuestionVersion.objects.values_list("number", flat=True)) == [1, 2]


def quiz_form(draws=None, **changes):
    """What the browser posts for a quiz."""
    fields = {
        "title": "Quiz",
        "minutes": "5",
        "pass_mark": "80",
        "attempts_allowed": "3",
        "wait_minutes": "0",
        "grace": "30",
        "counts": "best",
        "feedback": "submit",
        "layout": "one",
        "draws": streamfield(draws or [("draw", draw())]),
        "minimums": streamfield([]),
    }
    return nested_form_data(fields | changes)


def draw(**changes):
    return {"bank": factory.bank().pk, "count": "2", "objective": "", "kind": "", "of_kind": ""} | changes


def test_a_quiz_is_written(admin):
    admin.post(address(Quiz, "add"), quiz_form())
    made = Quiz.objects.get()
    assert (made.title, made.time_limit, made.shuffle, made.draws[0].value["count"]) == ("Quiz", None, False, 2)


def test_a_fixed_question_stands_in_a_quiz_once(admin):
    row = ("fixed", {"question": factory.question().pk})
    response = admin.post(address(Quiz, "add"), quiz_form([row, row]))
    assert "A question stands here twice." in response.content.decode()
    assert not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "ordering"}, "Say both the kind and how many of it, or neither."),
        ({"of_kind": "1"}, "Say both the kind and how many of it, or neither."),
        ({"kind": "ordering", "of_kind": "3"}, "That is more than are drawn."),
    ],
)
def test_a_draw_that_contradicts_itself_is_refused(admin, changes, sentence):
    response = admin.post(address(Quiz, "add"), quiz_form([("draw", draw(**changes))]))
    assert sentence in response.content.decode()
    assert not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("pass_mark", "0"), ("pass_mark", "101"), ("attempts_allowed", "0"), ("title", ""), ("time_limit", "0")],
)
def test_a_quiz_that_nobody_could_pass_is_refused(admin, field, value):
    response = admin.post(address(Quiz, "add"), quiz_form(**{field: value}))
    assert list(response.context["form"].errors) == [field]
    assert not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: factory.question("Which one?"), ["Which one?", "The bolt marked H", "Choose one answer."]),
        (
            lambda: factory.true_false("Used once?"),
            ["Used once?", "Is this true or false?", "It is destroyed to open."],
        ),
    ],
)
def test_a_question_can_be_previewed(admin, make, words):
    made = make()
    text = admin.get(address(Question, "edit", made.pk)).content.decode()
    assert address(Question, "preview_on_edit", made.pk) in text
    made.save_revision()
    text = admin.get(address(Question, "revisions_view", made.pk, made.latest_revision.pk)).content.decode()
    assert [word for word in words if word not in text] == []


def test_a_question_without_answers_can_be_previewed():
    made = factory.question()
    made.answer = []
    assert made.make_preview_request().status_code == 200


# Listings


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (Question, lambda place: factory.question(f"Question {place}?", where=factory.bank(f"Bank {place}"))),
        (Bank, lambda place: factory.bank(f"Bank {place}")),
        (Quiz, lambda place: factory.quiz(f"Quiz {place}")),
    ],
)
def test_a_listing_costs_the_same_with_one_row_and_with_many(admin, model, make):
    there = address(model, "list")
    make(0)
    admin.get(there)
    one = len(queries(lambda: admin.get(there)))
    for place in range(1, 40):
        make(place)
    response = admin.get(there)
    assert len(response.context["page_obj"].object_list) >= 20
    assert len(queries(lambda: admin.get(there))) == one


# Deleting


def delete(client, instance):
    return client.post(address(type(instance), "delete", instance.pk), follow=True)


def delete_all(client, *instances):
    model = instances[0]._meta
    there = reverse("wagtail_bulk_action", args=[model.app_label, model.model_name, "delete"])
    chosen = "&".join(f"id={row.pk}" for row in instances)
    return client.post(f"{there}?next={address(type(instances[0]), 'list')}&{chosen}", follow=True)


def released_question():
    made = factory.question()
    factory.released(made)
    return made


def taken_quiz():
    factory.questions(2)
    quiz = factory.quiz()
    factory.take(factory.person("1"), 0, quiz)
    return quiz


def bank_with_a_question():
    return factory.question().bank


def bank_that_is_drawn_from():
    bank = factory.bank("Empty")
    quiz = Quiz(title="Quiz", locale=factory._locale("en"))
    quiz.draws = [("draw", {"bank": bank, "count": 2})]
    quiz.save()
    return bank


def bank_of_old_versions():
    bank = released_question().bank
    Question.objects.update(bank=factory.bank("New home"))
    Question.objects.get().save()
    return bank


KEPT = [
    (
        released_question,
        "Nothing was deleted. “Which seal goes on?”: It was released, and answers to it may be on record. "
        "Unpublish it, and it is asked no more.",
    ),
    (
        taken_quiz,
        "Nothing was deleted. “Seal security quiz”: People have taken it, and their results are on record.",
    ),
    (
        bank_with_a_question,
        "Nothing was deleted. “Seals”: Questions are in it, or banks are below it, or a quiz draws from it.",
    ),
    (
        bank_that_is_drawn_from,
        "Nothing was deleted. “Empty”: Questions are in it, or banks are below it, or a quiz draws from it.",
    ),
    (bank_of_old_versions, "Nothing was deleted. These are needed by others: Question versions."),
]


@pytest.mark.parametrize(("make", "sentence"), KEPT)
@pytest.mark.parametrize("way", [delete, delete_all])
def test_what_others_need_is_kept_in_words(admin, django_capture_on_commit_callbacks, make, sentence, way):
    with django_capture_on_commit_callbacks(execute=True):
        kept = make()
    response = way(admin, kept)
    assert (response.status_code, said(response)) == (200, [sentence])
    assert type(kept).objects.filter(pk=kept.pk).exists()


def test_what_nobody_needs_goes(admin):
    draft, quiz, bank = factory.question(live=False), factory.quiz(where=factory.bank("Other")), factory.bank("Empty")
    assert delete(admin, draft).status_code == 200
    assert delete(admin, quiz).status_code == 200
    assert delete_all(admin, bank).status_code == 200
    assert (Question.objects.count(), Quiz.objects.count()) == (0, 0)
    assert not Bank.objects.filter(title="Empty").exists()


def test_of_many_none_goes_when_one_must_stay(admin):
    kept, free = released_question(), factory.question("Free?", live=False)
    response = delete_all(admin, kept, free)
    assert said(response)[0].startswith("Nothing was deleted. “Which seal goes on?”: It was released")
    assert Question.objects.count() == 2


# Choosing


@pytest.mark.parametrize(("role", "status"), [("Editors", 200), ("Human resources", 302)])
def test_only_who_may_see_questions_may_choose_one(client, role, status):
    made = factory.question("A secret one?")
    person = factory.person("2")
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    viewset = Question.snippet_viewset.chooser_viewset
    for name, args in (("choose", []), ("choose_results", []), ("chosen", [made.pk])):
        response = client.get(reverse(viewset.get_url_name(name), args=args))
        assert response.status_code == status, name
        assert ("A secret one?" in response.content.decode()) == (status == 200)


def test_a_question_is_searched_for_in_one_language_and_told_by_its_bank_and_kind(admin):
    factory.question("Which seal goes on?", where=factory.bank("Seals"))
    factory.question("Who opens the gate?", where=factory.bank("Gates"))
    results = reverse(Question.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    text = admin.get(results, {"q": "seal", "locale": "en"}).content.decode()
    assert [word in text for word in ("Which seal goes on?", "Seals", "Single choice", "Who opens")] == [1, 1, 1, 0]


# Half written


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_draft_may_be_half_written(admin, kind):
    block = Question.answer.field.stream_block
    empty = block.to_python([{"type": kind, "value": {}}])
    drafted = block.clean_deferred(empty)
    assert drafted[0].block_type == kind
    with pytest.raises(ValidationError):
        block.clean(empty)


def test_what_is_written_out_in_a_draft_is_refused_in_words(admin):
    response = admin.post(address(Question, "add"), form(options=(("H", True), (" h ", False)), publish=False))
    assert "Two answers say the same." in response.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("options", "there"), [((("H", True), ("I", False)), "Choose one answer."), ((("H", True), ("", False)), HALF)]
)
def test_a_question_is_previewed_before_it_is_first_saved(admin, options, there):
    preview = address(Question, "preview_on_add")
    assert admin.post(preview, form(options=options)).json() == {"is_valid": True, "is_available": True}
    text = admin.get(preview).content.decode()
    assert '<fieldset class="question" lang="en">' in text
    assert there in text
