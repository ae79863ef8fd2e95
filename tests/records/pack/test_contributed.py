"""A scope that this room knows nothing about: an upper room says what it is, through the registry."""

import pytest
from django.db.models import Q
from django.urls import reverse

from content import slots
from learning.records.pack import actions
from learning.records.pack.verify import verify

from .. import factory
from ..factory import AT, minutes
from .making import copy, issue, members
from .test_report import read

pytestmark = pytest.mark.django_db
BREACH = "3f1c"


@pytest.fixture
def breach(monkeypatch):
    """What followed from a breach: one of two people did the refresher of one of two courses."""
    seals, doors = factory.edition("Seals"), factory.edition("Doors")
    luis, eva = factory.hire("700", last_name="Vega"), factory.hire("701", last_name="Mora")
    factory.finish(factory.enrol(luis, seals), answers=(4,))
    factory.finish(factory.enrol(eva, doors), answers=(4,))
    concerns = {"records": Q(course_key=seals.course_key), "people": Q(number="700")}
    about = {"title": "Breach of 3 May", "courses": {str(seals.course_key)}} | concerns

    def scope(kind, value, user):
        return about if (kind, value) == ("breach", BREACH) else None

    monkeypatch.setitem(slots._fillers, "evidence_scope", [scope])
    monkeypatch.setitem(
        slots._fillers, "evidence_scopes", [lambda user: ("Breach", [(f"breach:{BREACH}", "Breach of 3 May")])]
    )


def test_its_pack_holds_what_the_upper_room_says(breach, tmp_path):
    pack = issue("breach", BREACH, at=AT + minutes(60))
    path = copy(pack, tmp_path / "pack.zip")
    assert (verify(path).rows, pack.title) == (1, "Breach of 3 May, up to 24 November 2026")
    said = read(path)
    assert b",700,Daniel Vega," in members(path)["records.csv"]
    assert "Mora" not in said and "Doors" not in said
    with pytest.raises(actions.NotIssued, match=r"There is no breach 0000\."):
        issue("breach", "0000", at=AT + minutes(61))


def test_the_form_offers_it_and_offers_none_without_that_room(breach, client, monkeypatch):
    client.force_login(factory.person("boss", is_superuser=True))
    order = reverse("evidence_pack_order")
    offered = f'<option value="breach:{BREACH}">Breach of 3 May</option>'
    assert offered in client.get(order).content.decode()
    says = {"about": f"breach:{BREACH}", "to_whom": "CBP", "why": "Visit"}
    assert client.post(order, says).status_code == 302
    monkeypatch.setitem(slots._fillers, "evidence_scopes", [])
    assert "reach" not in client.get(order).content.decode()
    assert "Select a valid choice" in client.post(order, says).content.decode()
