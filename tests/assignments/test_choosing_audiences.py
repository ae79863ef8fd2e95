"""Where a requirement names its audience, its page says how many people that is."""

import pytest
import time_machine

from . import factory
from .factory import AT
from .test_screens import with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    with time_machine.travel(AT, tick=False):
        factory.hire("1")
        factory.hire("2", title="<b>Guard</b>")
        required = factory.requirement(
            factory.course(), audience=factory.audience("Both", ("Dock hand", "<b>Guard</b>"))
        )
        hr = with_role("Human resources", "hr")
        client.force_login(hr)
        yield lambda: client.get(f"/admin/requirements/edit/{required.pk}/").content.decode()


def test_the_page_of_a_requirement_counts_its_audience(page):
    assert "2 people today: &lt;b&gt;Guard&lt;/b&gt; or Dock hand." in page()
