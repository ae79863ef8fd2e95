"""A photo or scan that somebody sends from a phone: looked at, and written anew before it is kept. Pure.

A picture keeps nothing of the file that it came in: neither where it was taken nor anything hidden behind it. A PDF is
kept as it is, and is only ever handed out as a download.
"""

import hashlib
import io
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 10 * 1024 * 1024
# A phone of today takes 50 million; whatever claims more is made to fill the memory.
MOST_PIXELS = 60_000_000
# Enough to read handwriting on a whole sheet.
LONGEST_SIDE = 2400
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class Refused(ValueError):
    """What is wrong with the file, in words."""


class Upload(NamedTuple):
    """What is kept: `content` in bytes, with the hashes (SHA-256, hex) of it and of the file as it was sent."""

    media_type: str
    content: bytes
    sha256: str
    sent_sha256: str


def checked(file):
    """The Upload that a file (with `size` and `read`) amounts to. Raises Refused."""
    if file.size > LARGEST:
        raise Refused(_("The file is larger than 10 MB. Send a smaller photo."))
    sent = file.read(LARGEST + 1)
    if sent.startswith(b"%PDF-"):
        if b"%%EOF" not in sent[-2048:]:
            raise Refused(_("The PDF is cut off. Send it once more."))
        return _upload("application/pdf", sent, sent)
    media_type, content = _picture(sent)
    return _upload(media_type, content, sent)


def _upload(media_type, content, sent):
    return Upload(media_type, content, hashlib.sha256(content).hexdigest(), hashlib.sha256(sent).hexdigest())


def _picture(sent):
    try:
        with Image.open(io.BytesIO(sent), formats=list(PICTURES)) as picture:
            kind = picture.format
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("The picture has too many pixels. Send a smaller photo."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(_("This is not a photo or scan: send a JPEG, PNG or PDF file.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.info.clear()
    written = io.BytesIO()
    upright.save(written, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return PICTURES[kind], written.getvalue()
