"""Blocks that show or offer a file of one's own. What a file says it is, its first bytes must say too."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .words import PROSE, line

# By the ending: how many bytes come first, and what stands then. ISO 14496-12, Matroska, ID3 and MPEG frames, Ogg.
BEGINS = {
    "mp4": [(4, b"ftyp")],
    "m4a": [(4, b"ftyp")],
    "webm": [(0, b"\x1a\x45\xdf\xa3")],
    "mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")],
    "ogg": [(0, b"OggS")],
    "vtt": [(0, b"WEBVTT"), (0, b"\xef\xbb\xbfWEBVTT")],
}
VIDEO, AUDIO, CAPTIONS = ("mp4", "webm"), ("mp3", "m4a", "ogg"), ("vtt",)
ARROW = b"-->"


def kind_of(document):
    return document.file_extension.lower()


def is_what_it_says(document):
    """Whether the file begins like one of its kind; True for kinds of which nothing is known."""
    expected = BEGINS.get(kind_of(document))
    with document.open_file() as file:
        head = file.read(16)
    return not expected or any(head[at : at + len(mark)] == mark for at, mark in expected)


def has_cues(document):
    """Whether a WebVTT file says anything: it may be a header alone."""
    with document.open_file() as file:
        return ARROW in file.read()


class OfFilesBlock(blocks.StructBlock):
    """Refuses in words a file of the wrong kind. `wanted` maps names of children to endings."""

    wanted = {}

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        for name, endings in self.wanted.items():
            if value[name] and (sentence := self._problem(value[name], endings)):
                errors[name] = ValidationError(sentence)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    def _problem(self, document, endings):
        if kind_of(document) not in endings:
            return _("This is a file of the kind “%(kind)s”; here goes one of: %(kinds)s.") % {
                "kind": kind_of(document),
                "kinds": ", ".join(endings),
            }
        try:
            if not is_what_it_says(document):
                return _("The file is named .%(kind)s, but it is no such file inside.") % {"kind": kind_of(document)}
            if endings == CAPTIONS and not has_cues(document):
                return _("There is no caption in this file. Each begins with a line such as 00:01.000 --> 00:04.000.")
        except FileNotFoundError:
            return _("The file is no longer there. Upload it again.")


def seconds_block():
    return blocks.IntegerBlock(label=_("Length in seconds"), min_value=1, max_value=3600)


def transcript_block(help_text):
    return blocks.RichTextBlock(features=PROSE, label=_("Transcript"), help_text=help_text)


class VideoBlock(OfFilesBlock):
    wanted = {"video": VIDEO, "captions": CAPTIONS}

    title = blocks.CharBlock(label=_("What it shows"), max_length=160)
    video = DocumentChooserBlock(label=_("Video"), help_text=_("MP4 or WebM, uploaded here, not on another site."))
    seconds = seconds_block()
    poster = ImageChooserBlock(label=_("Picture before it plays"), required=False)
    captions = DocumentChooserBlock(
        label=_("Captions"),
        help_text=_("A WebVTT file in the language of this page. Who cannot hear, or stands in a loud yard, needs it."),
    )
    transcript = transcript_block(_("All that is said, and what is seen that matters."))


class AudioBlock(OfFilesBlock):
    wanted = {"audio": AUDIO}

    title = blocks.CharBlock(label=_("What one hears"), max_length=160)
    audio = DocumentChooserBlock(label=_("Sound"), help_text=_("MP3, M4A or OGG."))
    seconds = seconds_block()
    transcript = transcript_block(_("All that is said, word for word."))


class DocumentBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    document = DocumentChooserBlock(label=_("Document"))
    text = line(label=_("What it is for"), required=False)
