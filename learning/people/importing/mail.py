"""HR hears of an import that failed while nobody was looking."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from ..local_days import company_day
from ..models import Person

logger = logging.getLogger(__name__)


def readers(at):
    """HR with a mailbox who may see the whole company."""
    hr = Person.objects.staying(company_day(at)).filter(groups__name="Human resources", is_active=True)
    return hr.filter(limited_to__isnull=True).exclude(email="").order_by("pk")


def tell_hr(*, file_name, source, words, at):
    """Mail why the file was not imported; returns to how many. A mail server that is away must not hide the reason."""
    told = 0
    for reader in readers(at):
        with translation.override(reader.language):
            context = {"file": file_name, "source": source, "words": words, "person": reader, "at": at}
            context["address"] = settings.GATEHOUSE_PUBLIC_URL + reverse("imports:index")
            subject = " ".join(render_to_string("people/mail/import_failed.subject.txt", context).split())
            body = render_to_string("people/mail/import_failed.txt", context)
        try:
            EmailMessage(subject, body, to=[reader.email], headers={"Auto-Submitted": "auto-generated"}).send()
            told += 1
        except (OSError, SMTPException) as error:
            logger.warning("HR could not be told of a failed import: %s", type(error).__name__)
    return told
