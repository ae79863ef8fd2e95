"""Marking by hand: what waits and for whom, one answer beside its rubric, then the next; and what the learner reads."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from quizzes import actions
from quizzes.models import Mark
from tests.people import factory as people
from tests.queries import queries

from . import answers, factory
from .factory import AT, minutes

pytestmark = pytest.mark.django_db

SECRET = "Reason of"


@pytest.fixture
def hr(client):
    """HR, signed in."""
    user = people.person("hr", role="Human resources")
    client.force_login(user)
    return user


def written(prompt="What do you do?", bank="Essays"):
    return factory.released(
        factory.question(prompt, "long_answer", answers.RAW["long_answer"](), where=factory.bank(bank))
    )


def handed_in(who, words="I compare the numbers.", at=AT, made=None, **rules):
    """An attempt at every question of the bank Essays, answered with these words and handed in."""
    quiz = made or factory.quiz("Essays", factory.bank("Essays"), count=9)
    attempt = factory.begin(who, quiz, at=at, **rules)
    for item in range(attempt.max_points):
        actions.save_answer(attempt=attempt, item=item, answer=words, at=at)
    return actions.submit_attempt(attempt=attempt, at=at, attribution="password")


def listing(client, **query):
    response = client.get(reverse("marking"), query)
    return [str(row.person) for row in response.context["object_list"]]


def mark(client, attempt, number=1, points=(1, 2), note="", query=""):
    data = {f"part-{place}": str(given) for place, given in enumerate(points)} | {"note": note}
    return client.post(reverse("marking_mark", args=[attempt.uuid, number]) + query, data)


def test_an_answer_is_marked_by_its_rubric_and_the_learner_reads_mark_and_note(client, hr):
    written()
    who = people.hire("1", first_name="Daniel")
    attempt = handed_in(who, pass_mark=60)
    assert attempt.waits_for_marks
    page = client.get(reverse("marking_next", args=[attempt.uuid]), follow=True).content.decode()
    assert [
        word
        for word in ("What do you do?", "I compare the numbers.", "Reason of Supervisor told, in full")
        if word not in page
    ] == []
    response = mark(client, attempt, points=(1, 1), note="Say whom you tell.")
    assert response.headers["Location"] == reverse("marking")

    made = Mark.objects.get()
    first, second = (row["id"] for row in answers._rubric())
    assert (made.credit, made.parts, made.note) == (Decimal("0.66"), {first: 1, second: 1}, "Say whom you tell.")
    assert (made.marked_by, made.marked_at > AT) == (hr, True)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.points, attempt.passed) == ("graded", Decimal("0.66"), True)

    client.force_login(who)
    result = client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    for words in ("Partly right: 0.66 of the point", "Say whom you tell.", "1 of 2", "Reason of Numbers compared"):
        assert words in result


@pytest.mark.parametrize("feedback", ["each", "submit", "pass"])
def test_until_it_is_marked_the_learner_reads_that_it_waits_and_nothing_of_the_rubric(client, feedback):
    written()
    who = people.hire("1")
    attempt = handed_in(who, feedback=feedback)
    client.force_login(who)
    page = client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    assert "Handed in. A person marks it." in page
    assert SECRET not in page


def test_mark_and_note_follow_the_release_rule_of_the_quiz(client, hr):
    written()
    who = people.hire("1")
    attempt = handed_in(who, feedback="pass", attempts_allowed=2)
    mark(client, attempt, points=(0, 0), note="Not yet.")
    client.force_login(who)
    page = client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    assert "0 of 1. You need" in page
    assert [words for words in (SECRET, "Not yet.") if words in page] == []


def test_after_one_answer_comes_the_next_then_the_next_person_then_the_list(client, hr):
    written("First?")
    written("Second?")
    quiz = factory.quiz("Essays", factory.bank("Essays"), count=2)
    one, two = (handed_in(people.hire(number), at=AT + minutes(int(number)), made=quiz) for number in "12")
    assert mark(client, one, 1).headers["Location"] == reverse("marking_mark", args=[one.uuid, 2])
    assert mark(client, one, 2).headers["Location"] == reverse("marking_next", args=[two.uuid])
    mark(client, two, 1)
    assert mark(client, two, 2).headers["Location"] == reverse("marking")
    assert listing(client) == []


def test_one_question_is_marked_through_all_attempts(client, hr):
    first, second = written("First?"), written("Second?")
    quiz = factory.quiz("Essays", factory.bank("Essays"), count=2)
    one, two = (handed_in(people.hire(number), at=AT + minutes(int(number)), made=quiz) for number in "12")
    place = {row["version"]: number for number, row in enumerate(one.drawn, 1)}[str(second.uuid)]
    query = f"?question={second.question_key}"
    assert mark(client, one, place, query=query).headers["Location"] == reverse("marking_next", args=[two.uuid]) + query
    assert listing(client, question=str(second.question_key)) == [str(two.person)]
    assert listing(client, question=str(first.question_key)) == [str(one.person), str(two.person)]


def test_the_list_is_chosen_by_quiz_and_oldest_first(client, hr):
    written()
    quiz = factory.quiz("Essays", factory.bank("Essays"), count=1)
    late, soon = (
        handed_in(people.hire(number), at=AT + minutes(wait), made=quiz) for number, wait in (("1", 9), ("2", 1))
    )
    other = handed_in(people.hire("3"))
    assert listing(client, quiz=str(quiz.translation_key)) == [str(soon.person), str(late.person)]
    assert listing(client, quiz=str(other.quiz_key)) == [str(other.person)]


@pytest.mark.parametrize(
    ("points", "sentence"), [((1,), "This field is required."), ((2, 2), "Select a valid choice.")]
)
def test_what_the_rubric_does_not_have_is_refused_in_words(client, hr, points, sentence):
    written()
    attempt = handed_in(people.hire("1"))
    assert sentence in mark(client, attempt, points=points).content.decode()
    assert not Mark.objects.exists()


def test_a_second_mark_counts_and_the_first_is_kept(client, hr):
    written("First?")
    written("Second?")
    attempt = handed_in(people.hire("1"))
    mark(client, attempt, 1, points=(0, 0))
    page = client.get(reverse("marking_mark", args=[attempt.uuid, 1])).content.decode()
    assert "0.00 of the point. A new mark counts instead; both are kept." in page
    mark(client, attempt, 1, points=(1, 2))
    mark(client, attempt, 2, points=(1, 2))
    attempt.refresh_from_db()
    assert (attempt.points, Mark.objects.filter(attempt=attempt, item=0).count()) == (2, 2)


def test_who_comes_too_late_is_told_so_and_changes_nothing(client, hr):
    written()
    attempt = handed_in(people.hire("1"))
    stale = actions.mark_by_hand
    factory.mark_fully(attempt)
    with pytest.raises(actions.NothingToMark):
        stale(attempt=attempt, item=0, parts={}, note="", by=hr, at=AT)
    assert mark(client, attempt).status_code == 404
    assert Mark.objects.count() == 1


# Who may mark


@pytest.mark.parametrize(
    ("role", "limited", "status"),
    [
        ("Human resources", None, 200),
        ("Administrators", None, 200),
        ("Human resources", "YARD", 200),
        ("Human resources", "PORT", 404),
        ("Compliance", None, 404),
        ("Editors", None, 404),
    ],
)
def test_who_may_mark_whom(client, role, limited, status):
    written()
    attempt = handed_in(people.hire("1", code="YARD"))
    people.facility("PORT")
    user = people.person("u", role=role)
    if limited:
        user.limited_to.add(people.facility(limited))
    client.force_login(user)
    there = reverse("marking_mark", args=[attempt.uuid, 1])
    assert client.get(there).status_code == status
    mark(client, attempt)
    assert Mark.objects.filter(marked_by=user).exists() == (status == 200)


def test_whoever_was_given_the_permission_without_seeing_people_marks_the_own_line_only(client):
    written()
    trainer = people.person("trainer", role="Editors")
    trainer.user_permissions.add(Permission.objects.get(codename="add_mark"))
    mine, stranger = people.person("1"), people.hire("2")
    people.employ(mine, manager=trainer)
    client.force_login(trainer)
    assert [
        client.get(reverse("marking_mark", args=[handed_in(who).uuid, 1])).status_code for who in (mine, stranger)
    ] == [
        200,
        404,
    ]
    assert listing(client) == [str(mine)]


def test_nobody_marks_their_own_answers(client, hr):
    written()
    attempt = handed_in(hr)
    assert listing(client) == []
    assert client.get(reverse("marking_mark", args=[attempt.uuid, 1])).status_code == 404
    with pytest.raises(actions.NothingToMark):
        actions.mark_by_hand(attempt=attempt, item=0, parts={}, note="", by=hr, at=AT)


@pytest.mark.parametrize("number", [0, 2, 9])
def test_what_no_person_marks_has_no_page(client, hr, number):
    written()
    factory.released(factory.true_false(where=factory.bank("Essays")))
    quiz = factory.quiz("Essays", factory.bank("Essays"), count=2, shuffle=False)
    attempt = factory.begin(people.hire("1"), quiz)
    by_hand = next(item for item, row in enumerate(attempt.drawn) if "options" not in row)
    actions.save_answer(attempt=attempt, item=by_hand, answer="Words.", at=AT)
    actions.submit_attempt(attempt=attempt, at=AT, attribution="password")
    number = 2 - by_hand if number == 2 else number
    assert client.get(f"/admin/marking/{attempt.uuid}/{number}/").status_code == 404


def test_the_list_costs_the_same_with_one_row_and_with_many(client, hr):
    written()
    quiz = factory.quiz("Essays", factory.bank("Essays"), count=1)
    handed_in(people.hire("1"), made=quiz)
    client.get(reverse("marking"))
    one = len(queries(lambda: client.get(reverse("marking"))))
    for number in range(2, 30):
        handed_in(people.hire(str(number)), made=quiz)
    assert len(listing(client)) == 29
    assert len(queries(lambda: client.get(reverse("marking")))) == one
