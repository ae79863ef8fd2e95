"""Mails of slips: the invitation with its link, and what HR is told. In the reader's language."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from ..context import CompanyName
from ..signing_in import slips


def invitation(row, code, connection):
    person = row.person
    context = {"person": person, "url": slips.address(code, person.language), "days": slips.DAYS}
    return _mail("invitation", person, f"{row.uuid}", row.send_at, context, connection)


def slip_issued(slip, reader, connection):
    """HR hears that a supervisor issued a slip."""
    with translation.override(settings.LANGUAGE_CODE):
        url = settings.GATEHOUSE_PUBLIC_URL + reverse("wagtailusers_users:edit", args=[slip.person.pk])
    context = {"person": reader, "slip": slip, "url": url}
    return _mail("slip_issued", reader, f"{slip.uuid}.{reader.uuid}", slip.issued_at, context, connection)


def _mail(name, reader, identity, at, context, connection):
    with translation.override(reader.language):
        context = context | {"language": reader.language, "company": str(CompanyName()), "demo": settings.DEMO}
        template = f"people/mail/{name}"
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{template}.txt", context),
            to=[reader.email],
            headers={
                "Message-ID": f"<{identity}@{urlsplit(settings.GATEHOUSE_PUBLIC_URL).hostname}>",
                "Date": format_datetime(at),
                "Auto-Submitted": "auto-generated",
            },
            connection=connection,
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context | {"subject": subject}), "text/html")
    return mail
