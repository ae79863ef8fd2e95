"""Two who close at once, and somebody who signs while it is closed."""

from learning.records.models import Attendance, LedgerEntry, TrainingRecord
from learning.records.sessions import actions, closing
from tests.threads import together

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
