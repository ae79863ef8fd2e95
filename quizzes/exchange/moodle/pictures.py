"""The picture that a question's text shows, taken out of it: it stands beside the question here."""

import base64
import binascii
import io
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.translation import gettext as _
from PIL import Image

from .elements import words

TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
PLACE = "@@PLUGINFILE@@/"
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000


def shown(file):
    """A picture that came along (`Found.picture_file`), for the page that asks its question before it is imported."""
    data = base64.b64decode(file["data"])
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        size = {"width": picture.width, "height": picture.height}
        url = f"data:{Image.MIME[picture.format]};base64,{file['data']}"
    return {"type": "picture", "value": size | {"url": url, "description": file["description"]}}


class _Attributes(HTMLParser):
    def handle_starttag(self, tag, attributes):
        self.found = {name: value or "" for name, value in attributes}

    handle_startendtag = handle_starttag


def take(question, element):
    """Give the question the first picture of its text that we can show. Others stay in it, and are listed."""
    inner = element.find("text") if element is not None else None
    if inner is None:
        return
    files = {file.get("name"): file for file in element.iterfind("file")}
    for tag in TAG.finditer(words(element)):
        about = _about(tag[0])
        name = unquote(about.get("src", "").partition("?")[0]).removeprefix(PLACE)
        data = _data(files.get(name))
        if data:
            inner.text = words(element).replace(tag[0], " ", 1)
            element.remove(files[name])
            question.picture_file = {"name": name[-80:], "data": data, "description": about.get("alt", "")[:500]}
            question.note(_("The picture “%(name)s” comes with it.") % {"name": name})
            if not about.get("alt", "").strip():
                question.note(_("Say in words what the picture shows, before you publish the question."))
            return


def _about(tag):
    parser = _Attributes()
    parser.feed(tag)
    return getattr(parser, "found", {})


def _data(file):
    """The picture as base64, when it is one that browsers show and of a sensible size."""
    if file is None or file.get("encoding") != "base64":
        return None
    try:
        data = base64.b64decode("".join((file.text or "").split()), validate=True)
        if len(data) > MAX_BYTES:
            return None
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            picture.verify()
    except (binascii.Error, ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        return None
    return base64.b64encode(data).decode()
