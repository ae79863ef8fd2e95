"""The blocks that lessons and guides share. Each is shown by `content/blocks/<name>.html` and has a plain form.

A room above may add blocks of its own to `LESSON` (`courses/blocks.py` does); its template is found by the same name.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .files import AudioBlock, DocumentBlock, VideoBlock
from .pictures import AnnotatedBlock, FigureBlock
from .plain import plain, plain_stream
from .words import (
    PROSE,
    AccordionBlock,
    ChecklistBlock,
    MondayBlock,
    PairBlock,
    StepsBlock,
    TableBlock,
    TermBlock,
    WarningBlock,
)

__all__ = ["GUIDE", "LESSON", "SHARED", "block", "plain", "plain_stream"]


def block(cls, name, icon, label, **kwargs):
    """A row of a StreamField's blocks."""
    return (name, cls(template=f"content/blocks/{name}.html", icon=icon, label=label, **kwargs))


SHARED = [
    block(blocks.RichTextBlock, "text", "pilcrow", _("Text"), features=PROSE),
    block(FigureBlock, "figure", "image", _("Picture")),
    block(AnnotatedBlock, "annotated", "crosshairs", _("Picture with points to open")),
    block(StepsBlock, "steps", "list-ol", _("Steps")),
    block(PairBlock, "pair", "check", _("Do and do not")),
    block(WarningBlock, "warning", "warning", _("Warning")),
    block(TermBlock, "term", "help", _("Word to know")),
    block(AccordionBlock, "accordion", "collapse-down", _("Parts to open")),
    block(TableBlock, "table", "table", _("Table")),
    block(VideoBlock, "video", "media", _("Video")),
    block(AudioBlock, "audio", "media", _("Sound")),
    block(DocumentBlock, "document", "doc-full", _("Document")),
    block(ChecklistBlock, "checklist", "tasks", _("Checklist")),
]
LESSON = [*SHARED, block(MondayBlock, "monday", "calendar-check", _("What you do on Monday"))]
GUIDE = SHARED
