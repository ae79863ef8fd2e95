"""Two workers, two people of HR, at the same moment."""

import pytest
from django.core import mail

from learning.people.inviting import actions
from learning.people.models import Invitation, Person
from tests.threads import together

from .. import factory
from ..factory import AT

pytestmark = pytest.mark.usefixtures("committed_database")


def crew(number):
    hr = factory.hire("hr", role="Human resources")
    for one in range(number):
        factory.hire(f"3{one:03d}", email=f"p{one}@corvina.example")
    return hr, Person.objects.exclude(pk=hr.pk)


def test_of_several_workers_each_mail_is_sent_by_one():
    hr, people = crew(60)
    actions.invite(people=people, channel=Invitation.Channel.MAIL, send_at=AT, by=hr, at=AT)
    answers = together(*[lambda: actions.send_invitations(at=AT)] * 3)
    assert sum(answer["sent"] for answer in answers) == 60
    assert len({tuple(message.to) for message in mail.outbox}) == len(mail.outbox) == 60


def test_invited_twice_at_once_a_person_is_asked_once():
    hr, people = crew(5)
    answers = together(
        *[lambda: actions.invite(people=people, channel=Invitation.Channel.MAIL, send_at=AT, by=hr, at=AT)] * 4
    )
    assert answers == [5] * 4
    assert Invitation.objects.filter(cancelled_at__isnull=True).count() == 5
