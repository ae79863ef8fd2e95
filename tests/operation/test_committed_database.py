"""The ground that tests of races stand on."""

import pytest
from django.db import DatabaseError, connection, transaction

from learning.people.models import AudienceVersion, Position
from learning.records import guards
from tests.assignments import factory
from tests.threads import together


def titles():
    return sorted(Position.objects.values_list("title", flat=True))


def test_threads_see_commits_and_their_own_are_kept(committed_database):
    Position.objects.create(title="Dock hand")
    seen = together(titles, titles)
    assert seen == [["Dock hand"], ["Dock hand"]]

    together(*[lambda title=title: Position.objects.create(title=title) for title in ("Guard", "Driver", "Office")])
    assert titles() == ["Dock hand", "Driver", "Guard", "Office"]


def test_what_was_committed_is_gone_in_the_next_test(committed_database):
    assert titles() == []
    assert not connection.in_atomic_block


def test_on_commit_runs(committed_database):
    ran = []
    with transaction.atomic():
        transaction.on_commit(lambda: ran.append("then"))
        ran.append("first")
    assert ran == ["first", "then"]


def test_the_copy_has_its_guards(committed_database):
    assert guards.missing(connection) == []
    factory.audience()
    with pytest.raises(DatabaseError, match="UPDATE is refused"):
        AudienceVersion.objects.update(number=2)


def test_a_race_has_one_winner(committed_database):
    outcomes = together(*[lambda: Position.objects.create(title="Dock hand")] * 4)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError"] * 3 + ["Position"]
    assert titles() == ["Dock hand"]


@pytest.mark.django_db
def test_the_ordinary_database_is_back_afterwards():
    assert connection.in_atomic_block
    assert titles() == []
