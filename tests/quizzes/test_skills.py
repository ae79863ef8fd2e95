"""A skill that is watched: who may sign it, what is kept, and what the learner reads meanwhile."""

from decimal import Decimal

import pytest
from django.urls import reverse

from quizzes import actions
from quizzes.models import Attempt, Mark
from tests.people import factory as people
from tests.queries import queries

from . import answers, factory
from .factory import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return people.hire("boss", first_name="Bo")


@pytest.fixture
def learner(boss):
    who = people.person("1", first_name="Daniel")
    people.employ(who, manager=boss)
    people.place(who)
    return who


def begin(who, credit="each", **rules):
    bank = factory.bank("Skills")
    if not bank.versions.exists():
        raw = answers.RAW["observed_skill"]() | {"credit": credit}
        factory.released(factory.question("Fit a bolt seal.", "observed_skill", raw, where=bank))
    return factory.begin(who, factory.quiz("Seals by hand", bank, count=1), **rules)


def hand_in(attempt):
    return actions.submit_attempt(attempt=attempt, at=AT, attribution="password")


def sign(client, attempt, done=(1, 1), note="", number=1, **more):
    there = reverse("quizzes:sign", args=[attempt.uuid, number])
    data = {f"part-{place}": str(given) for place, given in enumerate(done)} | {"note": note, "signed": "on"} | more
    return client.post(there, {name: value for name, value in data.items() if value is not None})


@pytest.mark.parametrize("first", ["sign", "hand in"])
def test_it_is_graded_once_it_is_signed_and_handed_in_in_either_order(client, boss, learner, first):
    attempt = begin(learner)
    client.force_login(boss)
    if first == "hand in":
        assert hand_in(attempt).state == "submitted"
    assert sign(client, attempt, (1, 0), "Pull harder.").headers["Location"] == reverse("quizzes:skills")
    if first == "sign":
        assert Attempt.objects.get().state == "in_progress"
        hand_in(attempt)
    graded = Attempt.objects.get()
    assert (graded.state, graded.points, graded.passed) == ("graded", Decimal("0.50"), False)
    mark = Mark.objects.get()
    assert (mark.marked_by, mark.attempt.person, mark.note) == (boss, learner, "Pull harder.")
    assert list(mark.parts.values()).count(1) == 1


def test_the_learner_reads_that_it_waits_then_who_signed_then_the_checklist(client, boss, learner):
    attempt = begin(learner)
    client.force_login(learner)
    page = reverse("quizzes:attempt", args=[attempt.uuid]) + "?question=1"
    asked = client.get(page).content.decode()
    assert "Waits to be watched." in asked
    assert "Reason of" not in asked
    client.force_login(boss)
    sign(client, attempt, (1, 0), "Pull harder.")
    client.force_login(learner)
    asked = client.get(page).content.decode()
    assert "by Bo" in asked
    assert [words for words in ("Reason of", "Pull harder.") if words in asked] == []
    client.post(reverse("quizzes:submit", args=[attempt.uuid]))
    result = client.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    for words in (
        "Reason of Looks at it",
        "Not done",
        "Pull harder.",
        "Watched and signed by Bo",
        "Partly right: 0.50 of the point",
    ):
        assert words in result


def test_the_learner_has_nothing_to_answer_and_leaves_nothing_open(client, learner):
    attempt = begin(learner)
    client.force_login(learner)
    response = client.post(reverse("quizzes:save", args=[attempt.uuid, 1]), {"answer": "done", "part-0": "1"})
    assert response.headers["Location"] == reverse("quizzes:review", args=[attempt.uuid])
    assert not attempt.responses.exists()
    review = client.get(reverse("quizzes:review", args=[attempt.uuid])).content.decode()
    assert "Somebody watches and signs" in review
    assert "still open" not in review


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"signed": None}, "Only who watched it can sign it."),
        ({"part-1": None}, "This field is required."),
        ({"part-1": "2"}, "Select a valid choice."),
    ],
)
def test_what_is_not_said_or_not_signed_is_refused_in_words(client, boss, learner, change, sentence):
    attempt = begin(learner)
    client.force_login(boss)
    response = sign(client, attempt, **change)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Mark.objects.exists()


def test_a_second_signature_counts_and_the_first_is_kept(client, boss, learner):
    attempt = begin(learner)
    client.force_login(boss)
    sign(client, attempt, (0, 0))
    there = reverse("quizzes:sign", args=[attempt.uuid, 1])
    assert "yours counts instead; both are kept." in client.get(there).content.decode()
    sign(client, attempt, (1, 1))
    assert hand_in(attempt).points == 1
    assert Mark.objects.count() == 2
    assert sign(client, attempt, (0, 0)).status_code == 404


# Who may sign


def other_boss():
    stranger = people.hire("boss2")
    people.employ(people.person("9"), manager=stranger)
    return stranger


def above(boss):
    top = people.hire("top")
    boss.employments.update(manager=top)
    return top


def hr(facility=None, role="Human resources"):
    user = people.person("hr", role=role)
    if facility:
        user.limited_to.add(people.facility(facility))
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda boss, learner: boss, 200),
        (lambda boss, learner: above(boss), 200),
        (lambda boss, learner: other_boss(), 404),
        (lambda boss, learner: people.hire("2"), 404),
        (lambda boss, learner: learner, 404),
        (lambda boss, learner: hr(), 200),
        (lambda boss, learner: hr("YARD"), 200),
        (lambda boss, learner: hr("PORT"), 404),
        (lambda boss, learner: hr(role="Compliance"), 404),
        (lambda boss, learner: hr(role="Editors"), 404),
        (lambda boss, learner: hr(role="Administrators"), 200),
    ],
)
def test_who_may_sign(client, boss, learner, who, status):
    attempt = begin(learner)
    user = who(boss, learner)
    client.force_login(user)
    assert client.get(reverse("quizzes:sign", args=[attempt.uuid, 1])).status_code == status
    sign(client, attempt)
    assert Mark.objects.filter(marked_by=user).exists() == (status == 200)
    listed = client.get(reverse("quizzes:skills")).content.decode()
    assert ("Fit a bolt seal." in listed) == (status == 200)


def test_nobody_signs_for_themselves(client):
    user = hr()
    attempt = begin(user)
    client.force_login(user)
    assert sign(client, attempt).status_code == 404
    with pytest.raises(actions.NothingToMark):
        actions.mark_by_hand(attempt=attempt, item=0, parts={}, note="", by=user, at=AT)


def test_hr_finds_it_among_what_is_to_mark_and_signs_there(client, learner):
    attempt = begin(learner)
    user = hr()
    client.force_login(user)
    listed = client.get(reverse("marking")).context["object_list"]
    assert list(listed) == [attempt]
    there = reverse("marking_mark", args=[attempt.uuid, 1])
    assert "Only who watched it can sign it." in client.post(there, {"part-0": "1", "part-1": "1"}).content.decode()
    client.post(there, {"part-0": "1", "part-1": "1", "signed": "on"})
    assert Mark.objects.get().marked_by == user
    assert list(client.get(reverse("marking")).context["object_list"]) == []


def test_of_two_skills_the_second_still_waits_when_the_first_is_signed(client, learner):
    where = factory.bank("Skills")
    for prompt in ("Fit a bolt seal.", "Take it off again."):
        factory.released(factory.question(prompt, "observed_skill", answers.RAW["observed_skill"](), where=where))
    attempt = factory.begin(learner, factory.quiz("Seals by hand", where, count=2))
    client.force_login(hr())
    first, second = (reverse("marking_mark", args=[attempt.uuid, number]) for number in (1, 2))
    form = {"part-0": "1", "part-1": "1", "signed": "on"}
    assert client.post(first, form).headers["Location"] == second
    assert list(client.get(reverse("marking")).context["object_list"]) == [attempt]
    assert client.post(second, form).headers["Location"] == reverse("marking")
    assert list(client.get(reverse("marking")).context["object_list"]) == []


@pytest.mark.parametrize("number", [0, 2])
def test_what_is_not_watched_has_no_checklist(client, boss, learner, number):
    attempt = begin(learner)
    client.force_login(boss)
    assert client.get(f"/team/skills/{attempt.uuid}/{number}/").status_code == 404


def test_the_list_costs_the_same_with_one_row_and_with_many(client, boss, learner):
    begin(learner)
    client.force_login(boss)
    there = reverse("quizzes:skills")
    client.get(there)
    one = len(queries(lambda: client.get(there)))
    for number in range(10, 40):
        who = people.person(str(number))
        people.employ(who, manager=boss)
        begin(who)
    assert len(client.get(there).context["rows"]) == 31
    assert len(queries(lambda: client.get(there))) == one
    assert one <= 12
