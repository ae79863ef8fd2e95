"""Files that evidence names: copies under their own hash, which neither an editor nor a clean-up can change.

A row is a picture or a document of the library.
"""

import hashlib

from django.core.files import File
from django.core.files.storage import default_storage

from .shown import PICTURE, described_file, described_picture, is_picture


def _source(row):
    """What has the file that learners get."""
    if not is_picture(row) or row.is_svg():
        return row
    return row.get_rendition(PICTURE)


def described(row):
    """The plain form of the row, all but where it is."""
    return described_picture(row, _source(row)) if is_picture(row) else described_file(row)


def place(row, folder):
    """`(path, SHA-256 in hex)` of the copy in that folder; nothing is kept yet."""
    source = _source(row)
    with source.file.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{folder}/{digest[:2]}/{digest}.{source.file.name.rsplit('.', 1)[-1].lower()}", digest


def keep(row, folder):
    """The same, and the copy is there."""
    path, digest = place(row, folder)
    if not default_storage.exists(path):
        with _source(row).file.open("rb") as file:
            # In pieces: a video does not fit into memory by courtesy.
            default_storage.save(path, File(file))
    return path, digest
