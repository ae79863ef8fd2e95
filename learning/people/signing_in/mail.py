"""Mails of sign-in: in the person's language, and on their way aside from the request.

Nobody may learn from an answer, nor from the time it took, whether a number or address belongs to somebody. So a mail
to nobody is written like any other and then dropped, and those to people are handed to a thread that sends them.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ..context import CompanyName
from ..models import Person
from . import standing

logger = logging.getLogger(__name__)

_aside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sign-in-mail")


def nobody():
    """Stands in where there is no person: everything takes the same work."""
    return Person(pk=0, number="0", first_name="-", email="nobody@example.invalid", password="!")


def send(template, person, context):
    """Write the mail of `template` to a person, or to nobody."""
    goes = person is not None and bool(person.email) and standing.may_sign_in(person, timezone.now())
    message = _written(template, person or nobody(), context)
    if goes:
        _aside.submit(_deliver, message)


def _written(template, person, context):
    with translation.override(person.language):
        context = context | {
            "person": person,
            "language": person.language,
            "company": str(CompanyName()),
            "demo": settings.DEMO,
        }
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        context["subject"] = subject
        text = render_to_string(f"{template}_message.txt", context)
        message = EmailMultiAlternatives(subject, text, to=[person.email])
        message.attach_alternative(render_to_string(f"{template}_message.html", context), "text/html")
    return message


def _deliver(message):
    try:
        message.send()
    except Exception as error:
        # The error's own words may name the address, and its trace the code.
        logger.error("a mail of sign-in was not accepted: %s", type(error).__name__)
