"""A crew: Marta leads Luis and Ana at the yard; Sara and Paul are strangers to her."""

import re
from types import SimpleNamespace

from django.http import HttpResponse

from learning.people.models import Slip
from learning.people.signing_in import actions, kiosk_cookie

from .. import factory
from ..factory import AT, PASSWORD

PIN = "731958"
BADGE = "0004711223"


def crew():
    marta = factory.hire("2001", first_name="Marta", password=PASSWORD, title="Supervisor", role="Supervisors")
    luis = factory.hire("3071", first_name="Luis", last_name="Vega", badge=BADGE, language="es", on=factory.HIRED)
    luis.employments.update(manager=marta)
    sara = factory.hire("4001", first_name="Sara", code="DOCK")
    return SimpleNamespace(marta=marta, luis=luis, sara=sara)


def slip(person, kind=Slip.Kind.SUPERVISOR, by=None, at=AT):
    return actions.issue_slip(person=person, kind=kind, by=by, at=at)


def code_on(response):
    """The code on a printed page with one card."""
    (card,) = re.findall(r'<p class="slip__code">(.*?)</p>', response.content.decode(), re.DOTALL)
    return "".join(re.findall(r"<span>(\w{4})</span>", card))


def means(password="", pin=""):
    return {"password": password, "password_again": password, "pin": pin, "pin_again": pin}


def kiosk(client, facility=None, name="Dock 3", by=None):
    """Make the client's browser a kiosk."""
    row, token = actions.enrol_kiosk(
        facility=facility or factory.facility(), name=name, by=by or factory.person(f"by {name}"), at=AT
    )
    response = HttpResponse()
    kiosk_cookie.give(response, token)
    client.cookies.update(response.cookies)
    return row


def enter(client, number, pin):
    """Number and PIN at a kiosk; the answer to the PIN."""
    client.post("/kiosk/", {"number": number, "key": "go"})
    return client.post("/kiosk/pin/", {"pin": pin, "key": "go"})
