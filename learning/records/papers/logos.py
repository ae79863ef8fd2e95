"""The logo of a company on paper: that of today. What it is called stands on the evidence, how it looks does not."""

from learning.people.models import CompanyLogo

from .. import typesetting


def drawn(company):
    """The logo of the company with that uuid, as text that data can carry; "" without one."""
    logo = CompanyLogo.objects.filter(company__uuid=company).first()
    if not logo:
        return ""
    return typesetting.picture(bytes(logo.png), media_type="image/png", width=logo.width, height=logo.height)
