"""What the pages of this room show, as plain data."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, override, pgettext

from learning.people import codes, dates, qr

from .ledger import notes
from .models import Checkpoint


def language_name(code):
    """In the active language; the code itself for one that Django does not know."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def long_date(day):
    return date_format(day, pgettext("date format: 24 November 2026", "j F Y"))


def short_date(day):
    """The month in letters: a day in figures alone is read in two ways along the border."""
    return date_format(day, pgettext("date format: 15 Jan 2027", "j M Y"))


def public_address(code):
    """Where anybody checks a code: without a language, so that the reader's own decides."""
    with override(settings.LANGUAGE_CODE):
        return settings.GATEHOUSE_PUBLIC_URL + reverse("records:verify_code", args=[code])


def public_form():
    """Where a code is typed, as it is printed: host and path."""
    with override(settings.LANGUAGE_CODE):
        address = urlsplit(settings.GATEHOUSE_PUBLIC_URL + reverse("records:verify"))
    return f"{address.netloc}{address.path}".rstrip("/")


def public_key():
    """The key that signs the ledger, for whoever holds a pack: as verify.py prints it, and as its file says it.

    None while nothing is signed.
    """
    head = Checkpoint.objects.order_by("-number").first()
    return head and {
        "hex": head.public_key,
        "verifier": notes.verifier_key(head.origin, bytes.fromhex(head.public_key)),
        "size": head.size,
        "signed_on": head.signed_at,
    }


def certificate(record):
    """A certificate, for its owner and for whoever checks it: the same facts for both."""
    address = public_address(record.code)
    return {
        "name": record.name,
        "company": record.company,
        "course": record.course,
        "area": record.area,
        "topics": "; ".join(record.topics),
        "criteria": ", ".join(record.criteria),
        "language": record.language,
        "language_name": language_name(record.language),
        "language_differs": record.language != get_language(),
        "completed_on": long_date(dates.local_date(record.completed_at, record.facility_zone)),
        "expires_on": record.expires_on and long_date(record.expires_on),
        "score": record.score,
        "pass_mark": record.pass_mark,
        "position": record.position,
        "facility": record.facility,
        "edition": record.edition_number,
        "edition_hash": " ".join(codes.groups(record.edition_hash[:8])),
        "uuid": record.uuid,
        "record": str(record.uuid)[:8],
        "code": codes.spoken(record.code),
        "status": record.status,
        "presence_only": record.presence_only,
        "imported": record.imported,
        "address": address,
        "form_address": public_form(),
        "qr": qr.drawing(address),
    }
