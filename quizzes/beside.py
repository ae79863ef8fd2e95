"""What may stand beside a question: a picture, a video or a sound, each with words for who cannot see or hear it.

Files are kept with the version by their hash, and their titles are left out: no name can tell anything.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content import kept_files
from content.blocks.files import AudioBlock, VideoBlock
from content.blocks.plain import plain as plain_value
from content.shown import with_urls

FOLDER = "questions"
WORDLESS = _("Say in words what the picture shows, for people who cannot see it.")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    description = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("What it shows"),
        help_text=_("Read to people who cannot see it. Empty means the picture's own description. Give nothing away."),
    )

    def clean(self, value):
        value = super().clean(value)
        # A draft may have no picture yet.
        if value["image"] and not _words(value):
            raise blocks.StructBlockValidationError(block_errors={"description": ValidationError(WORDLESS)})
        return value


def _words(value):
    return value["description"].strip() or value["image"].text_alternative.strip()


BLOCKS = [
    ("picture", PictureBlock(icon="image", label=_("Picture"))),
    ("video", VideoBlock(icon="media", label=_("Video"))),
    ("audio", AudioBlock(icon="media", label=_("Sound"))),
]
NEEDED = {"picture": ["image"], "video": ["video", "captions"], "audio": ["audio"]}


def kept_picture(value):
    """The plain form of a picture block's value; its file is kept as it is now, for the preview too."""
    return _kept(value["image"]) | {"description": _words(value)}


def _kept(row):
    described = kept_files.described(row)
    del described["title"]
    return {"path": kept_files.keep(row, FOLDER)[0]} | described


def plain(stream):
    """`{"type", "value"}` of what stands beside a question; None without, or when its file was deleted since."""
    if not stream:
        return None
    name, value = stream[0].block_type, stream[0].value
    if not all(value[part] for part in NEEDED[name]):
        return None
    return {"type": name, "value": kept_picture(value) if name == "picture" else plain_value(value, _kept)}


def with_url(row):
    """The same with a `url` beside each path; None stays None."""
    return row and with_urls([row])[0]
