"""Whoever ordered a long export hears that it is there, with a link that is signed and expires."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

logger = logging.getLogger(__name__)
SALT = "records.export"


def link(this):
    """The path of the file, signed; it also asks who is signed in."""
    return reverse("export_file", args=[signing.dumps(str(this.uuid), salt=SALT)])


def named_by(signed, max_age):
    """The uuid in a signed link, or None for one that is not ours or has expired."""
    try:
        return signing.loads(signed, salt=SALT, max_age=max_age)
    except signing.BadSignature:
        return None


def tell(this):
    """Mail the link. A mail server that is away costs the mail and not the export: its page has the link too."""
    if not this.by.email:
        return
    with translation.override(this.by.language):
        context = {"person": this.by, "export": this, "address": settings.GATEHOUSE_PUBLIC_URL + link(this)}
        subject = " ".join(render_to_string("records/mail/export_ready.subject.txt", context).split())
        body = render_to_string("records/mail/export_ready.txt", context)
    try:
        EmailMessage(subject, body, to=[this.by.email], headers={"Auto-Submitted": "auto-generated"}).send()
    except (OSError, SMTPException) as error:
        logger.warning("nobody could be told of an export: %s", type(error).__name__)
