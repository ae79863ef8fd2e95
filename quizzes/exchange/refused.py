"""What stops the import of a file as a whole."""


class Refused(Exception):
    """The file cannot be read as questions; the words say why and what to do."""
