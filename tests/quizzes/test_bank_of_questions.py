"""Finding questions and knowing whom a change reaches: banks as a tree, filters, tags, where used, review, keeping."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Workflow

from quizzes import uses
from quizzes.kinds import KINDS
from quizzes.models import Bank, Question, QuestionTag, QuestionVersion, Quiz
from tests.content import factory as content
from tests.people import factory as people
from tests.queries import queries

from . import factory
from .answers import RAW, value
from .test_authoring import address, delete, delete_all, form, said

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def editor(client):
    who = people.person("editor", role="Editors")
    client.force_login(who)
    return who


@pytest.fixture
def banks():
    """Seals › VVTT › Pins, and Pests."""
    seals = factory.bank("Seals")
    vvtt = Bank.objects.create(title="VVTT", parent=seals)
    return {
        "Seals": seals,
        "VVTT": vvtt,
        "Pins": Bank.objects.create(title="Pins", parent=vvtt),
        "Pests": factory.bank("Pests"),
    }


def test_banks_are_listed_as_a_tree(client, editor, banks):
    for place in range(2):
        factory.question(f"Question {place}?", where=banks["VVTT"])
    response = client.get(address(Bank, "list"))
    assert [(bank.path, bank.number) for bank in response.context["page_obj"].object_list] == [
        ("Pests", 0),
        ("Seals", 0),
        ("Seals › VVTT", 2),
        ("Seals › VVTT › Pins", 0),
    ]
    found = client.get(address(Bank, "list"), {"q": "Pin"}).context["page_obj"].object_list
    assert [bank.path for bank in found] == ["Seals › VVTT › Pins"]


def test_the_tree_of_no_banks_is_empty(client, editor):
    assert Bank.tree() == {}
    assert client.get(address(Bank, "list")).context["page_obj"].object_list.count() == 0


def listed(client, **query):
    return {row.prompt for row in client.get(address(Question, "list"), query).context["page_obj"].object_list}


def test_questions_are_found_by_bank_kind_objective_criterion_difficulty_and_tag(client, editor, banks):
    seals, pests = content.objective("seal-check", "6.5"), content.objective("pest-check", "8.1")
    pin = factory.question("Pin?", where=banks["Pins"], objective=seals, criterion=seals.criterion, difficulty=3)
    factory.true_false("Pest?", where=banks["Pests"], objective=pests, criterion=pests.criterion)
    pin.tags.add("night shift")
    pin.save()
    assert listed(client) == {"Pin?", "Pest?"}
    assert listed(client, bank=banks["Seals"].pk) == {"Pin?"}
    assert listed(client, bank=banks["Pests"].pk) == {"Pest?"}
    assert listed(client, kind="true_false") == {"Pest?"}
    assert listed(client, kind="ordering") == set()
    assert listed(client, objective="seal-check") == {"Pin?"}
    assert listed(client, criterion="8.1") == {"Pest?"}
    assert listed(client, difficulty="3") == {"Pin?"}
    assert listed(client, tags=QuestionTag.objects.get().pk) == {"Pin?"}


def raw(kind):
    """The example of a kind as the database has it."""
    return KINDS[kind].block().get_prep_value(value(kind))


def test_a_kind_is_known_by_its_block_and_not_by_words_of_the_question(client, editor):
    for kind in RAW:
        factory.question(f"Is it {kind}?", kind, raw(kind))
    for kind in RAW:
        assert listed(client, kind=kind) == {f"Is it {kind}?"}


# Tags


def test_tags_of_a_draft_wait_with_it_and_are_no_version(client, editor):
    made = factory.question()
    factory.released(made)
    edit = address(Question, "edit", made.pk)
    client.post(edit, form(publish=False) | {"tags": '"night shift", seals'})
    made.refresh_from_db()
    assert not made.tags.exists()
    assert sorted(tag.name for tag in made.get_latest_revision_as_object().tags.all()) == ["night shift", "seals"]
    client.post(edit, form() | {"tags": '"night shift", seals'})
    assert sorted(made.tags.values_list("name", flat=True)) == ["night shift", "seals"]
    assert QuestionVersion.objects.count() == 2
    # A tag is nothing that learners read, so that nothing new is released.
    made = Question.objects.get()
    made.tags.set(["seals"])
    made.save_revision().publish()
    assert list(Question.objects.get().tags.values_list("name", flat=True)) == ["seals"]
    assert QuestionVersion.objects.count() == 2


# Where it is used


def fixed(*questions, title="Fixed quiz"):
    draws = [("fixed", {"question": question, "must_pass": False}) for question in questions]
    quiz = Quiz(title=title, locale=Locale.objects.get(language_code="en"))
    quiz.draws = draws
    quiz.save()
    return quiz


def test_where_a_question_is_used(banks):
    seals = content.objective("seal-check")
    asked = factory.question("Asked?", where=banks["Pins"], objective=seals)
    other = factory.question("Other?", where=banks["Pests"])
    drawing = factory.quiz("Drawing quiz", where=banks["Seals"])
    narrow = factory.quiz("Narrow quiz", where=banks["Pins"])
    narrow.draws[0].value["objective"] = content.objective("pest-check")
    narrow.save()
    factory.quiz("Elsewhere", where=banks["Pests"])
    naming = fixed(asked)
    assert uses.of_question(asked) == [(drawing, False), (naming, True)]
    assert [quiz.title for quiz, _fixed in uses.of_question(other)] == ["Elsewhere"]


@pytest.mark.parametrize(("of_kind", "used"), [(2, False), (1, True)])
def test_a_draw_of_one_kind_alone_asks_no_other(banks, of_kind, used):
    asked = factory.question("Asked?", where=banks["Pins"])
    drawing = factory.quiz("Drawing quiz", where=banks["Seals"], count=2)
    drawing.draws[0].value |= {"kind": "true_false", "of_kind": of_kind}
    drawing.save()
    assert [quiz for quiz, _fixed in uses.of_question(asked)] == ([drawing] if used else [])


def test_the_page_of_a_question_says_where_it_is_used(client, editor):
    made = factory.question()
    version = factory.released(made)
    edit = address(Question, "edit", made.pk)
    assert "No quiz asks it yet." in client.get(edit).content.decode()
    quiz = fixed(made)
    text = client.get(edit).content.decode()
    assert "everybody is asked it" in text
    assert address(Quiz, "edit", quiz.pk) in text
    assert reverse("question_figures", args=[version.uuid]) in text
    assert "Where it is used" not in client.get(address(Question, "add")).content.decode()


def test_that_costs_the_same_with_one_quiz_and_with_many(client, editor):
    made = factory.question()
    edit = address(Question, "edit", made.pk)
    fixed(made)
    client.get(edit)
    one = len(queries(lambda: client.get(edit)))
    for place in range(20):
        factory.quiz(f"Quiz {place}")
        fixed(made, title=f"Fixed {place}")
    assert len(queries(lambda: client.get(edit))) == one


# Review


def submitted(client):
    """A draft that somebody who may not publish has submitted: a company may want four eyes."""
    writer = people.person("writer")
    group = Group.objects.create(name="Writers")
    group.permissions.set(Group.objects.get(name="Editors").permissions.exclude(codename="publish_question"))
    writer.groups.add(group)
    client.force_login(writer)
    made = factory.question(live=False)
    client.post(address(Question, "edit", made.pk), form(publish=False) | {"action-submit": "1"})
    made.refresh_from_db()
    return made


def approve(client, made):
    task = made.current_workflow_task_state
    there = reverse(Question.snippet_viewset.get_url_name("workflow_action"), args=[made.pk, "approve", task.pk])
    return client.post(there, follow=True)


def test_an_editor_who_may_not_publish_submits_for_review(client):
    made = submitted(client)
    assert made.current_workflow_state.workflow == Workflow.objects.get(name="Review")
    assert not made.live
    client.force_login(people.person("editor", role="Editors"))
    approve(client, made)
    made.refresh_from_db()
    assert made.live
    assert QuestionVersion.objects.get().question_key == made.translation_key


def test_a_draft_that_was_spoilt_since_it_was_submitted_is_not_approved(client):
    made = submitted(client)
    client.force_login(people.person("editor", role="Editors"))
    spoilt = form(publish=False) | {"answer-0-value-options-1-value-reason": ""}
    client.post(address(Question, "edit", made.pk), spoilt)
    assert said(approve(client, made))[-1] == (
        "Not approved, and nothing was published. Answers 2, Reason, shown after the quiz: This field is required."
    )
    made.refresh_from_db()
    assert not made.live
    assert made.workflow_in_progress
    assert not QuestionVersion.objects.exists()
    # Nor by whoever changes and approves at once.
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    response = client.post(address(Question, "edit", made.pk), spoilt | action)
    assert said(response) == ["The question could not be saved due to errors."]
    assert made.workflow_in_progress


def test_what_was_scheduled_whole_is_published_in_its_time(editor):
    """A picture deleted since, or a rule made since, must not stop what else is due."""
    made = factory.question(live=False)
    revision = made.save_revision()
    revision.approved_go_live_at = factory.AT
    made.answer[0].value["options"][0]["reason"] = ""
    revision.content = made.serializable_data()
    revision.save()
    revision.publish()
    made.refresh_from_db()
    assert made.live


def test_a_locked_question_is_changed_by_nobody_else(client, editor):
    made = factory.question("Before?")
    made.locked, made.locked_by = True, people.person("other", role="Editors")
    made.save()
    client.post(address(Question, "edit", made.pk), form(prompt="After?"))
    made.refresh_from_db()
    assert made.prompt == "Before?"


# Preview


def test_a_question_is_previewed_asked_answered_and_left_open():
    made = factory.question()
    right = made.make_preview_request(preview_mode="").content.decode()
    left_open = made.make_preview_request(preview_mode="open").content.decode()
    assert "Your answer, and right" in right
    assert "Left open" not in right
    assert "Left open" in left_open
    assert "Your answer, and right" not in left_open


@pytest.mark.parametrize("kind", list(RAW))
def test_every_kind_is_previewed_left_open(kind):
    made = factory.question("Well?", kind, raw(kind))
    response = made.make_preview_request(preview_mode="open")
    assert response.status_code == 200
    assert "Left open" in response.content.decode()


# Keeping what others need


@pytest.mark.parametrize("way", [delete, delete_all])
def test_a_draft_that_a_quiz_names_stays_and_the_quiz_is_named(client, editor, way):
    made = factory.question(live=False)
    fixed(made, title="Gate quiz")
    assert said(way(client, made)) == [
        "Nothing was deleted. “Which seal goes on?”: It stands in “Gate quiz”, where everybody is asked it. "
        "Take it out there first."
    ]
    assert Question.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("way", [delete, delete_all])
def test_a_bank_with_banks_below_it_stays(client, editor, banks, way, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Bank.objects.create(title="Cables", parent=banks["Pests"])
    assert said(way(client, banks["Pests"])) == [
        "Nothing was deleted. “Pests”: Questions are in it, or banks are below it, or a quiz draws from it."
    ]
    assert Bank.objects.filter(title="Pests").exists()
