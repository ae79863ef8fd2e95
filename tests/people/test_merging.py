"""Two accounts of one person become one; evidence stays where it was made."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from wagtail.models import ModelLogEntry

from learning.people.merging import twice
from learning.people.merging.actions import merge
from learning.people.models import Employment, LeavePeriod, Person, PositionHeld
from tests.threads import together

from . import factory
from .factory import AT, HIRED, TODAY, days

LATER = AT + days(1)


def one(kept, merged, **fields):
    return merge(kept=kept, merged=merged, at=LATER, **({"reason": "Same badge, two numbers"} | fields))


@pytest.fixture
def both(db):
    """Ana as payroll knows her, and as the agency entered her a month before."""
    kept = factory.hire("100", first_name="Ana")
    merged = factory.hire("A-7", on=HIRED - days(30), first_name="Ana", email="ana@example.com", badge="B-1")
    return kept, merged


def test_the_merged_account_names_the_other_and_signs_in_no_more(both, heard):
    kept, merged = both
    merged.groups.add(factory.person("x", role="Compliance").groups.get())
    one(kept, merged, by=factory.person("hr"))
    for person in both:
        person.refresh_from_db()
    assert (merged.merged_into, merged.is_active) == (kept, False)
    assert merged.session_generation > kept.session_generation == 0
    assert (kept.groups.count(), merged.groups.count()) == (0, 0)
    assert (kept.email, kept.badge, merged.email, merged.badge) == ("ana@example.com", "B-1", "", "")
    assert heard == [[kept.pk, merged.pk]]
    for person in both:
        (entry,) = ModelLogEntry.objects.for_instance(person)
        assert entry.message.startswith("Merged; Ana · A-7 → Ana · 100")
        assert entry.message.endswith("Reason: Same badge, two numbers")
        assert entry.user.number == "hr"


def test_what_both_say_of_the_same_days_is_one_row_and_the_rest_moves(both):
    kept, merged = both
    factory.place(merged, "Guard", "GATE")
    factory.away(merged, TODAY, TODAY + days(3))
    factory.employ(merged, HIRED - days(400), HIRED - days(300))
    tag = factory.tag()
    merged.tags.add(tag)
    one(kept, merged)
    jobs = kept.employments.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(jobs) == [(HIRED - days(400), HIRED - days(300)), (HIRED - days(30), None)]
    held = kept.positions_held.order_by("starts_on", "pk").values_list("position__title", "starts_on")
    assert list(held) == [("Dock hand", HIRED - days(30)), ("Guard", HIRED)]
    assert (LeavePeriod.objects.get().person, list(kept.tags.all())) == (kept, [tag])
    assert not Employment.objects.filter(person=merged).exists()
    assert PositionHeld.ever.filter(superseded_at=LATER).count() == 2


def test_the_line_of_the_merged_account_goes_on_under_the_other(both):
    kept, merged = both
    mo = factory.hire("3", first_name="Mo")
    mo.employments.update(manager=merged)
    kept.employments.update(manager=merged)
    one(kept, merged)
    assert list(Person.objects.under(kept, TODAY)) == [mo]
    assert kept.employments.get().manager is None
    assert Employment.objects.on(TODAY, known_at=AT).get(person=mo).manager == merged


def test_a_merge_that_would_put_somebody_above_themselves_is_refused_whole(both):
    kept, merged = both
    mo = factory.hire("3", first_name="Mo")
    mo.employments.update(manager=merged)
    kept.employments.update(manager=mo)
    with pytest.raises(ValidationError) as refused:
        one(kept, merged)
    assert refused.value.messages == ["Mo would be in Ana's own line: change the manager first."]
    assert not Person.objects.filter(merged_into__isnull=False).exists()
    assert mo.employments.get().manager == merged


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((0, 0), "These are the same account."),
        ((0, 2), "Zoe · 9 was merged into another account already."),
        ((2, 1), "Zoe · 9 was merged into another account already."),
    ],
)
def test_accounts_that_cannot_be_merged(both, pair, words):
    people = [*both, factory.person("9", "Zoe", merged_into=both[0])]
    with pytest.raises(ValidationError) as refused:
        one(*(people[index] for index in pair))
    assert refused.value.messages == [words]


def test_no_merge_without_a_reason(both):
    with pytest.raises(ValidationError) as refused:
        one(*both, reason=" ")
    assert refused.value.message_dict == {"reason": ["Say why these are the same person."]}


def test_a_chain_of_merges_leads_to_the_last_at_once(both):
    kept, merged = both
    one(kept, merged)
    last = factory.hire("200", first_name="Ana")
    one(last, kept)
    assert set(Person.objects.filter(merged_into=last)) == {kept, merged}
    assert set(Person.objects.accounts_of(last)) == {last, kept, merged}


def test_merged_both_ways_at_the_same_moment_one_way_wins(committed_database):
    a, b = factory.hire("1"), factory.hire("2")
    answers = together(lambda: one(a, b), lambda: one(b, a))
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1
    assert Person.objects.filter(merged_into__isnull=False).count() == 1
    assert not Person.objects.filter(merged_into=F("pk")).exists()
    assert Employment.objects.count() == 1


class Row:
    def __init__(self, name, starts_on, ends_on, employer_id=1):
        self.name, self.starts_on, self.ends_on, self.employer_id = name, starts_on, ends_on, employer_id

    def __repr__(self):
        return self.name


@pytest.mark.parametrize(
    ("mine", "theirs", "gone", "grown"),
    [
        ([(0, 10)], [(10, 20)], [], []),
        ([(0, 10)], [(9, 20)], ["theirs0"], [("mine0", (0, 20))]),
        ([(5, None)], [(0, 7)], ["theirs0"], [("mine0", (0, None))]),
        ([(0, None)], [(3, 7)], ["theirs0"], []),
        ([(0, 4), (8, None)], [(2, 9)], ["theirs0", "mine1"], [("mine0", (0, None))]),
        ([], [(0, 5), (3, 9)], ["theirs1"], [("theirs0", (0, 9))]),
    ],
)
def test_stretches_that_overlap_are_joined(mine, theirs, gone, grown):
    def made(whose, pairs):
        return [
            Row(f"{whose}{index}", HIRED + days(first), last if last is None else HIRED + days(last))
            for index, (first, last) in enumerate(pairs)
        ]

    joined = twice.joined(made("mine", mine), made("theirs", theirs), ("employer_id",))
    assert [row.name for row in joined.gone] == gone
    expected = [(name, (HIRED + days(a), b if b is None else HIRED + days(b))) for name, (a, b) in grown]
    assert [(row.name, span) for row, span in joined.grown] == expected


def test_another_employer_on_the_same_days_is_another_row():
    mine, theirs = Row("mine", HIRED, None), Row("theirs", HIRED, None, employer_id=2)
    assert twice.joined([mine], [theirs], ("employer_id",)) == twice.Joined()
