"""What is wrong in a file, by row and column."""

from django.utils.translation import gettext as _

# A file that is wrong in every row says so once too often otherwise.
KEPT = 2000


class Errors:
    """The first errors and the number of all."""

    def __init__(self):
        self.count = 0
        self._kept = []

    def add(self, row, column, words):
        self.count += 1
        if len(self._kept) < KEPT:
            self._kept.append([row, column, words])

    def listed(self):
        return sorted(self._kept, key=lambda error: error[0] or 0)


def in_words(error):
    """One error as a sentence: "row 17, `manager_number`: 4711 is neither in the file nor in Gatehouse"."""
    row, column, words = error
    if not row:
        return words
    where = _("row %(row)s, `%(column)s`") if column else _("row %(row)s")
    return f"{where % {'row': row, 'column': column}}: {words}"
