"""PDF files: a template of ours (`papers/<paper>.typ`) set with plain data, never markup made of data.

The same paper, data and instant give the same bytes. A file is PDF/A-2a and PDF/UA-1: tagged, its fonts inside. Fonts
are those of `papers/fonts` and whatever the operator adds in GATEHOUSE_FONTS; those of the machine do not matter.
"""

import base64
import functools
import json
import logging
from pathlib import Path

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

logger = logging.getLogger(__name__)

PAPERS = Path(__file__).parent / "papers"
STANDARDS = ["a-2a", "ua-1"]


def pdf(paper, data, *, at):
    """The file, as bytes.

    `data` is what Django's JSON can say, in the reader's language; `papers/house.typ` says what all papers need.
    `at` is the instant that the file says it was made. A sign that no font has makes a file with an empty box in its
    place, untagged and without the claim of a standard: a name must never be the reason that there is no certificate.
    """
    inputs = {"data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)}
    compiler = typst.Compiler(root=PAPERS, font_paths=_fonts(settings.PAPER_FONTS), ignore_system_fonts=True)
    compiled = functools.partial(
        compiler.compile, PAPERS / f"{paper}.typ", format="pdf", sys_inputs=inputs, timestamp=int(at.timestamp())
    )
    try:
        return compiled(pdf_standards=STANDARDS)
    except typst.TypstError:
        # What typst complains of quotes the text, which may be a name: it must not reach the log.
        file = compiled(pdf_tags=False)
    logger.warning("paper %s breaks %s; most likely a sign is in no font", paper, " and ".join(STANDARDS))
    return file


def picture(data, *, media_type, width, height):
    """A PNG or JPEG picture as text that data can carry: `image(bytes(data.logo), format: "svg", alt: …)`.

    `width` and `height` are those of the picture, in pixels.
    """
    encoded = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:d}" height="{height:d}">'
        f'<image width="{width:d}" height="{height:d}" href="data:{media_type};base64,{encoded}"/></svg>'
    )


@functools.cache
def _fonts(folder):
    """Read once: looking through a folder takes longer than setting a certificate."""
    folders = [PAPERS / "fonts", *([folder] if folder else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
