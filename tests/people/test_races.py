"""A form of the admin sent several times at once, as by an impatient finger: one deed, and words for the rest."""

import pytest
from django.test import Client

from learning.people.models import Audience, Person, Position
from tests.threads import together

from . import factory

pytestmark = pytest.mark.usefixtures("committed_database")


@pytest.mark.parametrize(
    ("address", "posted", "rows"),
    [
        ("/admin/people/new/", {"number": "100", "first_name": "Ana", "language": "en"}, Person.objects),
        ("/admin/positions/new/", {"title": "Guard"}, Position.objects),
        ("/admin/audiences/new/", {"name": "All"}, Audience.objects),
    ],
)
def test_a_form_sent_several_times_at_once(address, posted, rows):
    hr = factory.person("hr", role="Human resources")
    before = rows.count()

    def send():
        client = Client()
        client.force_login(hr)
        return client.post(address, posted)

    answers = together(*[send] * 6)
    assert {getattr(answer, "status_code", answer) for answer in answers} <= {200, 302}
    assert rows.count() == before + 1
