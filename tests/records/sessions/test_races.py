"""Two who close at once, and somebody who signs while it is closed."""

from learning.records.models import Attendance, LedgerEntry, TrainingRecord
from learning.records.sessions import actions, closing, quizzing
from quizzes import actions as quizzes
from tests.threads import together

from .. import factory as records
from . import factory
from .factory import AT


def _ready(count=3):
    marta = factory.boss()
    people = [factory.crew(str(number), marta) for number in range(count)]
    session = factory.session(people)
    actions.sign_for(session=session, people=[str(person.uuid) for person in people], by=marta, at=AT)
    return marta, people, session


def test_of_two_who_close_at_once_one_writes_the_records(committed_database):
    marta, _people, session = _ready()

    def close():
        return closing.close_session(session=session, by=marta, at=AT)

    assert sorted(together(close, close)) == [0, 3]
    assert TrainingRecord.objects.count() == 3
    assert LedgerEntry.objects.filter(kind=LedgerEntry.Kind.SESSION).count() == 1


def test_who_presses_twice_at_once_is_checked_in_once(committed_database):
    marta = factory.boss()
    ana = factory.crew("1", marta)
    session = factory.session(present=False, happened_at=AT - factory.minutes(5))

    def check_in():
        return actions.check_in(session=session, person=ana, attribution="password", at=AT)

    assert sorted(together(*[check_in] * 6)) == [0, 0, 0, 0, 0, 1]
    rows = session.attendances.values_list("person", "attested", "walk_in", "present")
    assert list(rows) == [(ana.pk, "check_in", True, True)]


def test_who_checks_in_while_it_is_closed_has_a_record_or_is_told(committed_database):
    marta, _people, session = _ready()
    late = factory.crew("late", marta)

    def close():
        return closing.close_session(session=session, by=marta, at=AT)

    def check_in():
        return actions.check_in(session=session, person=late, attribution="password", at=AT)

    closed, came = together(close, check_in)
    recorded = TrainingRecord.objects.filter(person=late).count()
    if came == 1:
        assert (closed, recorded, session.attendances.count()) == (4, 1, 4)
    else:
        assert (closed, isinstance(came, actions.NotDone), recorded) == (3, True, 0)
        assert session.attendances.count() == 3


def test_a_quiz_handed_in_while_it_is_closed_is_recorded_once(committed_database):
    marta = factory.boss()
    ana = factory.crew("1", marta)
    says = {"check_kind": "quiz", "quiz_way": "device", "pass_mark": 75}
    session = factory.session([ana], present=False, edition=records.edition(), **says)
    actions.check_in(session=session, person=ana, attribution="password", at=AT - factory.minutes(20))
    attempt = quizzing.start(session=session, person=ana, language="en", at=AT, attribution="password")
    for item in range(4):
        quizzes.save_answer(attempt=attempt, item=item, answer=["yes"], at=AT)

    def close():
        return closing.close_session(session=session, by=marta, at=AT)

    def hand_in():
        return quizzes.submit_attempt(attempt=attempt, at=AT, attribution="password")

    outcomes = together(close, hand_in)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert TrainingRecord.objects.filter(check_kind="quiz", score=100).count() == 1
    assert TrainingRecord.objects.exclude(check_kind="quiz").count() in (0, 1)


def test_nobody_comes_onto_a_roster_while_its_records_are_written(committed_database):
    marta, _people, session = _ready()
    late = factory.crew("late", marta)

    def close():
        return closing.close_session(session=session, by=marta, at=AT)

    def come():
        actions.add_people(session=session, people=[late], present=True, at=AT)
        return "came"

    closed, came = together(close, come)
    present = Attendance.objects.filter(present=True).count()
    if came == "came":
        # Before the closing, which then names them.
        assert (isinstance(closed, actions.NotDone), TrainingRecord.objects.count(), present) == (True, 0, 4)
    else:
        assert (closed, isinstance(came, actions.NotDone)) == (3, True)
        assert (TrainingRecord.objects.count(), present) == (3, 3)
