"""The logo of a company: that of today. What it is called stands on the evidence, how it looks does not."""

import base64

from learning.people.models import CompanyLogo

from .. import typesetting


def _of(company):
    return CompanyLogo.objects.filter(company__uuid=company).first() if company else None


def drawn(company):
    """On paper: the logo of the company with that uuid, as text that data can carry; "" without one."""
    logo = _of(company)
    if not logo:
        return ""
    return typesetting.picture(bytes(logo.png), media_type="image/png", width=logo.width, height=logo.height)


def address(company):
    """On a page: `{"src", "width", "height"}` of the picture, which comes within the page; None without one."""
    logo = _of(company)
    if not logo:
        return None
    encoded = base64.b64encode(bytes(logo.png)).decode()
    return {"src": f"data:image/png;base64,{encoded}", "width": logo.width, "height": logo.height}
