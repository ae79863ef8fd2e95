"""A company's logo as it came from outside: only what can be drawn again is kept, never the file itself."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 25_000_000
# Sharp on paper at 60 × 13 mm, and small in every certificate.
LARGEST = (900, 300)
FORMATS = ("PNG", "JPEG")


def drawn_again(file):
    """`(PNG bytes, width, height)` of an uploaded PNG or JPEG picture, at most `LARGEST`, without what else was in it.

    Raises ValidationError, in words, for anything else: an SVG drawing can hold scripts and addresses.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 2 MB. Choose a smaller one."))
    try:
        with Image.open(file, formats=FORMATS) as picture:
            # Before it is unpacked: a small file can say that it is enormous.
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("This picture is too large. Choose one of at most 5000 × 5000 points."))
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_("This is no PNG or JPEG picture. Save your logo as PNG and choose that file."))
    drawn.thumbnail(LARGEST)
    png = io.BytesIO()
    # A picture of the points alone: profiles, places and comments stay behind.
    Image.frombytes("RGBA", drawn.size, drawn.tobytes()).save(png, "PNG", optimize=True)
    return png.getvalue(), *drawn.size
