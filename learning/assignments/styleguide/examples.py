"""What the style guide shows, in files beside this one. In English: it tells designers what a part is like."""

from pathlib import Path

import yaml
from django.templatetags.static import static

NUMBERED = "gatehouse/styleguide/seal-numbered.svg"
# Without numbers in it, where the page draws them.
PLAIN = "gatehouse/styleguide/seal.svg"


def read(name):
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text())


def picture(name):
    return {
        "url": static(name),
        "width": 400,
        "height": 440,
        "title": "A bolt seal",
        "description": "The lower half of a door, with a bolt seal through the hasp of its handle.",
    }


def file(kind):
    """A file of the library; nothing is behind it, so that nothing plays and nothing downloads."""
    return {"url": "#", "title": "Seal log", "kind": kind, "bytes": 1_480_000}
