"""Moodle XML, as Moodle documents it (docs.moodle.org, "Moodle XML format")."""

from .reading import read

__all__ = ["read"]
