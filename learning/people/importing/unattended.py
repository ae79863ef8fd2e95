"""An import without anybody to ask: the nightly run. What would be a question in the admin ends it, with words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import PeopleImport
from . import actions
from .errors import in_words
from .lookups import unknown_words
from .refused import Refused

State = PeopleImport.State
TRIES = 3


def import_file(*, file, name, at, source=None, changes_only=False, max_leavers=None, each=None, told=None, **order):
    """Import a file from beginning to end; the PeopleImport that is kept. Nothing is written unless all of it can be.

    Raises Refused, with the words in the PeopleImport as well.
    """
    file.seek(0, 2)
    this = PeopleImport.objects.create(
        source=source,
        file_name=name[-255:],
        sha256=actions.sha256(file),
        size=file.tell(),
        started_at=at,
        changes_only=changes_only,
        state=State.CHECKING,
        claimed_at=at,
    )
    for _try in range(TRIES):
        if _once(this, file, at, max_leavers, each, told, order):
            this.refresh_from_db()
            return this
    return _give_up(this, at, [_("Somebody changes people all the time: nothing was written. Run it again.")])


def _once(this, file, at, max_leavers, each, told, order):
    outcome = actions.check(this=this, at=at, file=_Kept(file), each=each, **order)
    this.refresh_from_db()
    if this.state == State.REFUSED:
        raise Refused(summary(this))
    if this.state == State.ASKING:
        _give_up(this, at, questions_in_words(this.questions))
    if words := refused_by_brake(outcome, max_leavers):
        _give_up(this, at, [words])
    actions.confirm(this=this, at=at, leaving=outcome.counts["leaving"])
    return actions.write(this=this, at=at, created=outcome.lookups.created, each=each, told=told)


class _Kept:
    """A file that is checked again after a race, so that nobody closes it before."""

    def __init__(self, file):
        self._file = file

    def __enter__(self):
        return self._file

    def __exit__(self, *raised):
        pass


def _give_up(this, at, sentences):
    this.errors, this.error_count = [[None, "", words] for words in sentences], len(sentences)
    this.state, this.finished_at = State.REFUSED, at
    this.save(update_fields=["errors", "error_count", "state", "finished_at"])
    this.lines.all().delete()
    raise Refused(summary(this))


def summary(this):
    """One line: the first error, and how many more."""
    first = in_words(this.errors[0])
    more = this.error_count - 1
    if not more:
        return first
    return ngettext("%(first)s (and %(more)d more)", "%(first)s (and %(more)d more)", more) % {
        "first": first,
        "more": more,
    }


def refused_by_brake(outcome, max_leavers):
    """Why so many must not leave unasked, or None."""
    leaving = outcome.counts["leaving"]
    stops = leaving > max_leavers if max_leavers is not None else outcome.brake
    if not stops:
        return None
    return _(
        "%(leaving)d of %(employed)d people would leave: nothing is written. If that is so, say --max-leavers "
        "%(leaving)d."
    ) % {"leaving": leaving, "employed": outcome.counts["employed"]}


def questions_in_words(questions):
    said = [
        f"{unknown_words(about)}: "
        + _("match it or make it in the administration, or say --create %(column)s.") % about
        if about["column"] != "facility"
        else f"{unknown_words(about)}: " + _("match it or make it in the administration.")
        for about in questions.get("unknown", [])
    ]
    if dates := questions.get("dates"):
        said.insert(
            0,
            _("row %(row)d, `%(column)s`: %(text)s can be two days. Say --date-format dmy (day first) or mdy.") % dates,
        )
    if since := questions.get("since"):
        said.append(
            ngettext(
                "row %(row)d: the file does not say from when. Say --position-from DATE.",
                "row %(row)d and %(more)d more: the file does not say from when. Say --position-from DATE.",
                since["count"],
            )
            % (since | {"more": since["count"] - 1})
        )
    return said
