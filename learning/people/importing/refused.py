"""What stops an import as a whole."""


class Refused(Exception):
    """The file, or the import as it stands, cannot be used; the words say why and what to do."""
