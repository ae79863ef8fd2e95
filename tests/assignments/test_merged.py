"""What was done under an account that was merged since: it counts for the one that stays."""

import pytest

from learning.assignments import shown
from learning.assignments.actions import apply_requirements
from learning.assignments.models import Assignment
from learning.people.merging.actions import merge
from learning.records.models import TrainingRecord

from . import factory
from .factory import AT, TODAY, days

pytestmark = pytest.mark.django_db

LATER = AT + days(1)


@pytest.fixture
def owed():
    """Ana owes the course under both numbers; under the second one she did it."""
    key = factory.course()
    kept, merged = factory.hire("1"), factory.hire("2")
    factory.requirement(key)
    apply_requirements(on=TODAY, at=AT)
    record = factory.record(merged, key, AT - days(3), recorded_at=AT)
    return kept, merged, record


def rows(person):
    return list(person.assignments.order_by("cycle").values_list("cycle", "due_on", "record", "withdrawn_on"))


def test_records_of_both_are_the_persons_own_and_satisfy_what_is_open(owed):
    kept, merged, record = owed
    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    a_year_on = TODAY.replace(year=2027) - days(3)
    assert rows(kept) == [(1, TODAY + days(7), record.pk, None), (2, a_year_on, None, None)]
    assert [row[2:] for row in rows(merged)] == [(record.pk, None), (None, TODAY + days(1))]
    assert list(shown.records_of(kept, TODAY)) == [record]
    # Where it was made, it stays.
    assert TrainingRecord.objects.get().person == merged
    assert apply_requirements(on=TODAY + days(1), at=LATER) == dict.fromkeys(
        ["assigned", "satisfied", "withdrawn", "restored"], 0
    )


def test_who_comes_into_the_audience_later_has_done_it_already(owed):
    kept, merged, record = owed
    Assignment.objects.filter(person=kept).delete()
    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    assert [row[:1] + row[2:] for row in rows(kept)] == [(1, record.pk, None), (2, None, None)]


def test_the_newer_of_both_counts(owed):
    kept, merged, _record = owed
    own = factory.record(kept, _record.course_key, AT - days(1), tell=False)
    Assignment.objects.filter(person=kept).delete()
    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    assert kept.assignments.get(cycle=1).record == own


def test_a_record_that_arrives_late_for_the_merged_account_satisfies_the_one_that_stays(owed):
    kept, merged, record = owed
    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    merged.refresh_from_db()
    late = factory.record(merged, record.course_key, AT + days(360))
    assert kept.assignments.get(cycle=2).record == late


def test_statements_do_not_grow_with_merged_accounts(owed, django_assert_max_num_queries):
    kept, merged, record = owed

    def sweep():
        with django_assert_max_num_queries(100) as captured:
            apply_requirements(on=TODAY + days(2), at=LATER + days(1))
        return len(captured)

    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    one = sweep()
    for number in range(10, 20):
        other = factory.person(str(number), merged_into=kept)
        factory.record(other, record.course_key, AT - days(50), tell=False)
    assert sweep() == one


def test_the_certificate_of_both_is_ones_own(owed, client):
    kept, merged, record = owed
    merge(kept=kept, merged=merged, reason="One person", at=LATER)
    client.force_login(kept)
    assert client.get(f"/records/{record.uuid}/certificate/").context["own"] is True
    client.force_login(factory.hire("3"))
    assert client.get(f"/records/{record.uuid}/certificate/").status_code == 404
