"""Grading again in the admin: the key is chosen, who changes is shown, passes go only by a decision."""

import re

import pytest
from django.urls import reverse

from quizzes.models import Attempt, Mark, Regrade

from . import factory
from .test_attempt_screens import enter, later, somebody, turned

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A version with a wrong key that one person met, another did not, and the version with the right one."""
    question = factory.question()
    wrong = factory.released(question)
    quiz = factory.quiz(count=1)
    passed = factory.take(somebody("passed", last_name="Alder"), 1, quiz)
    failed = factory.take(somebody("failed", last_name="Birch"), 0, quiz)
    question.answer = [("single_choice", {"options": turned()})]
    question.save()
    return wrong, factory.released(question, later(60)), passed, failed


def there(wrong, right=None):
    return reverse("regrade", args=[wrong.uuid]) + (f"?key_of={right.uuid}" if right else "")


def seen(client, *versions):
    return re.search(r'name="seen" value="(\w+)"', client.get(there(*versions)).content.decode())[1]


def results():
    return dict(Attempt.objects.values_list("person__number", "passed"))


def test_the_preview_shows_who_changes_and_changes_nothing(client, asked):
    wrong, right, _passed, _failed = asked
    enter(client, "Human resources")
    response = client.get(there(wrong))
    assert [str(choice[1]) for choice in response.context["keys"].fields["key_of"].choices] == [
        "Version 2: The strap marked I"
    ]
    assert response.context["rows"] is None
    response = client.get(there(wrong, right))
    assert [(row["attempt"].person.number, row["old"], row["new"]) for row in response.context["rows"]] == [
        ("passed", 1, 0),
        ("failed", 0, 1),
    ]
    assert response.context["sums"] == [
        "2 attempts change.",
        "1 of them passes now.",
        "1 of them would no longer pass.",
    ]
    assert results() == {"passed": True, "failed": False}
    assert not Regrade.objects.exists()


@pytest.mark.parametrize(("passes", "after"), [("keep", True), ("take", False)])
def test_a_pass_goes_only_by_a_decision_with_a_reason(client, asked, passes, after):
    wrong, right, *_attempts = asked
    hr = enter(client, "Human resources")
    data = {"seen": seen(client, wrong, right)}
    refused = client.post(there(wrong, right), data)
    assert sorted(refused.context["form"].errors) == ["passes", "reason"]
    assert results() == {"passed": True, "failed": False}
    response = client.post(there(wrong, right), data | {"passes": passes, "reason": "Wrong key."}, follow=True)
    assert results() == {"passed": after, "failed": True}
    deed = Regrade.objects.get()
    assert (deed.version, deed.key_of, deed.decided_by, deed.takes_away) == (wrong, right, hr, passes == "take")
    assert response.redirect_chain == [(reverse("regrade_result", args=[deed.uuid]), 302)]
    text = response.content.decode()
    assert "Alder" in text
    assert "Birch" in text
    assert ("Nobody lost a pass." in text) == after


def test_what_changed_meanwhile_is_shown_again_first(client, asked):
    wrong, right, passed, _failed = asked
    enter(client, "Human resources")
    data = {"seen": seen(client, wrong, right), "passes": "take", "reason": "Wrong key."}
    Attempt.objects.filter(pk=passed.pk).update(state="voided", voided_at=later(70), void_reason="Helped.")
    response = client.post(there(wrong, right), data)
    # Nobody loses a pass any more, so that there is nothing to decide about passes.
    assert response.context["form"].non_field_errors() == [
        "Meanwhile something changed. Look at the rows below again, then decide."
    ]
    assert not Regrade.objects.exists()
    again = re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]
    client.post(there(wrong, right), data | {"seen": again})
    assert results() == {"passed": True, "failed": True}
    assert Mark.objects.filter(regrade__isnull=False).count() == 1


def test_without_another_version_it_says_what_comes_first(client):
    version = factory.released(factory.question())
    enter(client, "Human resources")
    assert "There is no other version yet." in client.get(there(version)).content.decode()


def test_a_key_that_changes_nobody_is_no_deed(client, asked):
    wrong, right, *_attempts = asked
    enter(client, "Human resources")
    Attempt.objects.update(state="voided", voided_at=later(70), void_reason="All.")
    assert "By this key nobody's points change" in client.get(there(wrong, right)).content.decode()
    assert client.post(there(wrong, right), {"reason": "x", "seen": "x"}).status_code == 302
    assert not Regrade.objects.exists()


def test_a_key_of_another_question_is_refused(client, asked):
    wrong, _right, *_attempts = asked
    other = factory.released(factory.question("Another?"))
    enter(client, "Human resources")
    response = client.get(there(wrong, other))
    assert list(response.context["keys"].errors) == ["key_of"]
    assert response.context["rows"] is None


@pytest.mark.parametrize(
    ("role", "limited_to"),
    [("Compliance", None), ("Editors", None), ("Supervisors", None), ("Human resources", "YARD")],
)
def test_nobody_else_grades_again(client, asked, role, limited_to):
    """Nor whoever is limited: it changes the results of people whom they cannot see."""
    wrong, right, *_attempts = asked
    enter(client, role, limited_to)
    for page in (there(wrong), there(wrong, right)):
        assert client.get(page).status_code == 302
        response = client.post(page, {"passes": "take", "reason": "x", "seen": "x"})
        assert response.status_code == 302
    assert results() == {"passed": True, "failed": False}
    assert not Regrade.objects.exists()
