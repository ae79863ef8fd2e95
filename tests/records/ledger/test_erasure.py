"""A lawful erasure takes the personal values of one person, and nothing else: every proof holds afterwards."""

import json

import pytest
from django.apps import apps

from learning.records.actions import NotErased, erase_subjects
from learning.records.ledger import actions
from learning.records.ledger.merkle import Tree, leaf_hash, verify_inclusion
from learning.records.ledger.verification import verify
from learning.records.models import LedgerEntry, LedgerPosition, RecordSubject, TrainingRecord

from .. import factory
from ..factory import AT
from . import spoiling

pytestmark = pytest.mark.django_db

PLANTED = {"first_name": "Xóchitl", "last_name": "Zyxwvut", "email": "planted@corvina.example"}


@pytest.fixture
def who():
    person = factory.hire("PLANTED77", **PLANTED)
    for _record in range(3):
        factory.record(who=person)
    factory.record(who=factory.hire(last_name="Vega"))
    actions.sequence(at=AT)
    return person


@pytest.fixture
def hr():
    return factory.hr()


def erase(who, hr, **other):
    facts = {"reason": "Request of the 24th", "asked_by": hr, "approved_by": factory.hr()}
    return erase_subjects(person=who, at=AT, **facts | other)


def everything():
    """All that the tables of this room say, as text."""
    models = apps.get_app_config("records").get_models()
    return "\n".join(str(list(model._default_manager.values_list())) for model in models)


def test_what_was_planted_is_found_nowhere_in_the_records(who, hr):
    salts = list(RecordSubject.objects.filter(number="PLANTED77").values_list("salt", flat=True))
    planted = ["PLANTED77", *PLANTED.values(), *salts]
    assert [text for text in planted if text not in everything()] == []
    assert erase(who, hr) == 3
    assert [text for text in planted if text in everything()] == []
    assert [subject.last_name for subject in RecordSubject.objects.all()] == ["Vega"]


def test_every_proof_holds_afterwards(who, hr):
    before = [place.leaf for place in LedgerPosition.objects.all()]
    erase(who, hr)
    actions.sequence(at=AT)
    assert [str(finding) for finding in verify(at=AT)[1]] == []
    places = list(LedgerPosition.objects.select_related("entry"))
    assert [place.leaf for place in places][:-1] == before
    tree = Tree([bytes.fromhex(place.leaf) for place in places])
    for place in places:
        leaf = leaf_hash(place.entry.body.encode())
        proof = tree.inclusion(place.index)
        assert verify_inclusion(leaf=leaf, index=place.index, size=len(tree), proof=proof, root=tree.root())


def test_the_ledger_says_which_records_why_and_by_whom(who, hr):
    other = factory.hr()
    erase(who, hr, approved_by=other)
    entry = LedgerEntry.objects.get(kind="erasure")
    records = TrainingRecord.objects.filter(person=who).order_by("pk")
    assert json.loads(entry.body)["data"] == {
        "records": [str(record.uuid) for record in records],
        "reason": "Request of the 24th",
        "asked_by": str(hr.uuid),
        "approved_by": str(other.uuid),
    }


def test_it_takes_a_reason_and_a_second_person(who, hr):
    for other, words in (
        ({"reason": " "}, "Say by what right"),
        ({"approved_by": hr}, "Somebody else must approve"),
        ({"person": factory.person()}, "nothing to erase"),
    ):
        with pytest.raises(NotErased, match=words):
            erase(other.pop("person", who), hr, **other)
    assert (RecordSubject.objects.count(), LedgerEntry.objects.filter(kind="erasure").count()) == (4, 0)


def test_values_that_somebody_took_out_without_saying_so_are_missed(who):
    subject = RecordSubject.objects.first()
    spoiling.take_guards_off()
    spoiling.take_out(subject)
    (finding,) = verify(at=AT)[1]
    assert (finding.code, finding.facts) == ("subject_missing", {"record": str(subject.record.uuid)})
