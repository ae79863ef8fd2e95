"""A record says how its person was known: what the session noted at sign-in, from the door to the ledger."""

import json

import pytest

from learning.people.signing_in import attribution
from learning.records.models import LedgerEntry, TrainingRecord
from learning.records.models.words import Attribution
from tests.courses import factory as courses
from tests.people.factory import PASSWORD
from tests.people.signing_in import doors

from . import factory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", Attribution.values)
def test_every_word_can_be_written(word):
    assert factory.record(attribution=word).attribution == word


def test_every_word_that_a_door_gives_is_one_of_a_record():
    ours = {*attribution.WORDS.values(), "passkey", "password_2fa"}
    assert ours <= set(Attribution.values)


def _by_password(client, mailoutbox):
    doors.sign_in(client, "307114")


def _by_mailed_code(client, mailoutbox):
    client.post("/sign-in/code/", {"email": "307114"})
    client.post("/sign-in/code/confirm/", {"code": doors.code_in(doors.arrived(mailoutbox))})


def _by_password_and_recovery_code(client, mailoutbox):
    doors.sign_in(client, "307114")
    _secret, codes = doors.set_up_app(client)
    client.post("/sign-out/")
    doors.sign_in(client, "307114")
    client.post("/sign-in/second-factor/", {"code": codes[0]})


@pytest.mark.parametrize(
    ("enter", "word"),
    [(_by_password, "password"), (_by_mailed_code, "mail_code"), (_by_password_and_recovery_code, "password_2fa")],
)
def test_a_course_done_behind_a_door_says_which(client, mailoutbox, enter, word):
    who = factory.hire("307114", email="daniel@corvina.example")
    who.set_password(PASSWORD)
    who.save(update_fields=["password"])
    courses.released_course(lessons=("One",), quiz=False)
    enter(client, mailoutbox)
    client.post("/courses/seal-security/start/")
    client.post("/courses/seal-security/steps/one/done/")
    record = TrainingRecord.objects.get(person=who)
    assert record.attribution == word
    assert json.loads(LedgerEntry.objects.get(record=record).body)["data"]["attribution"] == word
