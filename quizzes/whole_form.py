"""What a person sent from a page with all questions: only what they changed is an answer."""

from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import pages
from .kinds import KINDS, Unreadable
from .models import QuestionVersion


class WholeForm:
    """`given` are answers to save, `{item: answer}`; `final` is the place of one to check, or None.

    Each question says by a fingerprint what its page showed. Equal means untouched: a page that was left open never
    writes over what was answered elsewhere. `problems` are (number, sentence); `stay` is the number of the question to
    come back to, or None when the person goes on to look the answers over.
    """

    def __init__(self, data, attempt):
        self.data, self.attempt = data, attempt
        self.given, self.problems, self.final, self.stay = {}, [], None, None
        check, clear, keep = (self._item(data.get(name)) for name in ("check", "clear", "keep"))
        for item in range(attempt.max_points):
            if item == clear:
                self.given[item] = None
            elif f"{pages.field(attempt, item)}-was" in data:
                self._read(item, wanted=item in (check, keep))
        if check in self.given and pages.may_check(attempt, check, self._kind(check), self.given[check]):
            self.final = check
        if data.get("go") != "review":
            self.stay = next((item for item in (check, clear, keep, self._moved) if item is not None), 0) + 1

    def _item(self, number):
        return pages.item_asked(number, range(self.attempt.max_points), self.attempt.max_points)

    @cached_property
    def _versions(self):
        return QuestionVersion.objects.shown(row["version"] for row in self.attempt.drawn)

    def _version(self, item):
        return self._versions[self.attempt.drawn[item]["version"]]

    def _kind(self, item):
        return KINDS[self._version(item).kind]

    @property
    def grow(self):
        """Places of the given answers that only grow."""
        return [item for item in self.given if self._kind(item).grows]

    @property
    def _moved(self):
        items = range(self.attempt.max_points)
        return next(
            (item for item in items if self._kind(item).moving(self.data, pages.field(self.attempt, item))), None
        )

    def _read(self, item, wanted):
        name = pages.field(self.attempt, item)
        shown = pages.in_language(self._version(item).shown, get_language())[1]
        was = self.data[f"{name}-was"]
        try:
            answer = self._kind(item).parse(self.data, shown, self.attempt.drawn[item], name)
        except Unreadable as error:
            self.problems.append((item + 1, str(error)))
            return
        if answer is None and (was or wanted):
            # Leaving a question empty takes nothing back: that is an act of its own.
            kept = _("Nothing is given here now, so the answer you had saved stays.")
            self.problems.append((item + 1, kept if was else _("Answer it first.")))
        elif answer is not None and (wanted or pages.fingerprint(answer) != was):
            self.given[item] = answer
