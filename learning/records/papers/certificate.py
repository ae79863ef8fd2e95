"""The certificate of one record as one sheet. Its facts are those of the page (`shown.certificate`), and no more."""

from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.people import qr

from .. import shown, typesetting
from ..models import Checkpoint
from . import logos


def pdf(record):
    """The file, as bytes, in the active language. `record` has its `status`.

    The same record in the same state gives the same bytes, whoever asks and whenever.
    """
    return typesetting.pdf("certificate", _data(record), at=record.recorded_at)


def _data(record):
    says = shown.certificate(record)
    return {
        "title": _("Certificate: %(course)s") % {"course": says["course"]},
        "language": get_language(),
        "author": says["company"] or "Gatehouse",
        "notices": [*([_("Demo, not a real certificate")] if settings.DEMO else []), *_worth(says)],
        "kind": _("Certificate of training"),
        "name": says["name"] or _("Name erased"),
        "company": says["company"],
        "logo": logos.drawn(record.company_uuid),
        "course": says["course"],
        "course_language": says["language"],
        "completed": _("was present at {course}") if says["presence_only"] else _("completed {course}"),
        "result": _result(says),
        "area_word": _("Area"),
        "area": f"{says['area']:02d}" if says["area"] else "",
        "topics": f"{capfirst(says['topics'])}." if says["topics"] else "",
        "criteria": _("Minimum security criteria %(criteria)s.") % says if says["criteria"] else "",
        "facts": _facts(says),
        "check": _("Check it at %(form_address)s. No account is needed.") % says,
        "checkpoint": checkpoint_line(record),
        "qr": qr.svg(says["address"]),
        "qr_alt": _("QR code with the address for checking this certificate"),
    }


def _worth(says):
    """What it is worth today, where that is less than it says."""
    sentences = {
        "expired": _("Expired: it was good until %(expires_on)s.") % says,
        "superseded": _("Superseded: a newer record takes its place."),
        "withdrawn": _("Withdrawn: this certificate counts for nothing."),
    }
    worth = [sentences[says["status"]]] if says["status"] in sentences else []
    if says["imported"]:
        worth.append(_("Imported: this training was entered from a file, and nothing here has checked it."))
    return worth


def _result(says):
    if says["score"] is None:
        return _("on %(day)s") % {"day": says["completed_on"]}
    score = number_format(says["score"].normalize())
    return _("on %(day)s with %(score)s %%") % {"day": says["completed_on"], "score": score}


def _facts(says):
    edition = says["edition"] and f"{says['edition']}, {says['edition_hash']}"
    rows = [
        (_("Position"), says["position"]),
        (_("Facility"), says["facility"]),
        (_("Pass mark"), says["pass_mark"] and f"{says['pass_mark']} %"),
        (_("Language"), capfirst(says["language_name"])),
        (_("Edition"), edition),
        (_("Record"), says["record"], "code"),
        (_("Good until"), says["expires_on"]),
        (_("Check code"), says["code"], "code"),
    ]
    return [row for row in rows if row[1]]


def checkpoint_line(record):
    """Where the record stands in the ledger: its index, and the first signed head that it is under."""
    place = getattr(record.entry, "place", None)
    head = place and Checkpoint.objects.filter(epoch=place.epoch, size__gt=place.index).order_by("size").first()
    if not head:
        return _("Not yet under a signed head of the ledger.")
    return _("Entry %(index)d of %(origin)s, under its signed head of size %(size)d: %(root)s") % {
        "index": place.index,
        "origin": head.origin,
        "size": head.size,
        "root": head.root,
    }
