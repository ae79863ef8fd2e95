"""GIFT, as Moodle documents it (docs.moodle.org, "GIFT format"): questions as text, an empty line between two."""

from .reading import read

__all__ = ["read"]
