"""Two workers at the same moment."""

from django.core import mail

from learning.reminders.actions import plan_notices, send_notices
from learning.reminders.models import Notice
from tests.threads import together

from . import factory
from .factory import AT, TODAY


def owe_many(number):
    key = factory.course()
    for place in range(number):
        factory.owe(factory.hire(str(place), email=f"{place}@example.com"), TODAY, key, title=str(place))


def test_two_senders_send_each_notice_once(committed_database):
    owe_many(60)
    plan_notices(at=AT)
    counts = together(*[lambda: send_notices(at=AT)] * 2)
    assert sum(count["sent"] for count in counts) == 60
    assert sum(count["failed"] + count["dropped"] for count in counts) == 0
    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"{place}@example.com" for place in range(60))
    assert Notice.objects.filter(sent_at=AT).count() == 60


def test_two_planners_plan_each_occasion_once(committed_database):
    owe_many(20)
    outcomes = together(*[lambda: plan_notices(at=AT)] * 3)
    assert all(isinstance(outcome, int) for outcome in outcomes), outcomes
    assert Notice.objects.count() == 20
