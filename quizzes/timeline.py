"""What became of one attempt, in order: for whoever may look into it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from content import slots

from .kinds import KINDS
from .pages import in_language

# Whoever types slowly saves often; the page stays readable, and says that there is more.
MOST = 500


def events(attempt, versions, language):
    """Rows of at, text and detail, oldest first.

    `versions` is `{uuid as text: version}` of the questions drawn; without, what was answered is not told. Nor is it of
    an attempt under way: until it is over nobody need know.
    """
    found = [
        _event(attempt.started_at, _began(attempt)),
        *_saves(attempt, versions, language),
        *_refused(attempt),
        *_end(attempt),
        *_marks(attempt),
    ]
    if attempt.voided:
        found.append(_event(attempt.voided_at, _by(_("Voided"), attempt.voided_by), attempt.void_reason))
    for events in slots.fill("attempt_events", attempt=attempt):
        found += events
    # Of one instant, in the order in which they stand here.
    return sorted(found, key=lambda event: event["at"])


def _event(at, text, detail=""):
    return {"at": at, "text": text, "detail": detail}


def _by(what, who):
    return _("%(what)s by %(who)s") % {"what": what, "who": who} if who else what


def _began(attempt):
    if not attempt.deadline:
        return _("Began, without a time limit")
    minutes = round((attempt.deadline - attempt.started_at).total_seconds() / 60)
    return _("Began, with %(minutes)d minutes") % {"minutes": minutes}


def _saves(attempt, versions, language):
    answered = set()
    for response in attempt.responses.order_by("id")[:MOST]:
        number = {"number": response.item + 1}
        if response.answer is None:
            text = _("Question %(number)d: answer taken back") % number
        elif response.final:
            text = _("Question %(number)d: answered and checked") % number
        elif response.item in answered:
            text = _("Question %(number)d: answer changed") % number
        else:
            text = _("Question %(number)d: answered") % number
        answered.add(response.item)
        words = [_answer(attempt, versions, response, language)] if versions and not attempt.in_progress else []
        if response.waited:
            words.append(_("the line was away; sent again after %(seconds)d s") % {"seconds": response.waited})
        yield _event(response.saved_at, text, " · ".join(filter(None, words)))


def _answer(attempt, versions, response, language):
    if response.answer is None:
        return ""
    version = versions[attempt.drawn[response.item]["version"]]
    return KINDS[version.kind].in_words(response.answer, in_language(version.shown, language)[1], version.key["right"])


def _refused(attempt):
    for row in attempt.refused_saves.order_by("id")[:MOST]:
        where = _("Answers") if row.item is None else _("Question %(number)d") % {"number": row.item + 1}
        yield _event(row.refused_at, _("%(what)s: not kept, %(why)s") % {"what": where, "why": row.get_why_display()})


def _end(attempt):
    if attempt.submitted_at:
        yield _event(attempt.submitted_at, _("Time was up") if attempt.ran_out else _("Handed in"))


def _marks(attempt):
    """Marks of the machine in one line, those of people and of regrades each in one."""
    before, by_machine = {}, []
    rows = attempt.marks.select_related("marked_by", "regrade__key_of", "version").defer("version__shown")
    for mark in rows.order_by("id"):
        if mark.regrade or mark.marked_by:
            yield _changed(mark, before.get(mark.item))
        else:
            by_machine.append(mark)
        before[mark.item] = mark.credit
    if by_machine:
        points = sum(mark.credit for mark in by_machine)
        says = {"points": _points(points), "total": len(by_machine)}
        yield _event(by_machine[-1].marked_at, _("Marked: %(points)s of %(total)s points") % says)


def _changed(mark, before):
    says = {"number": mark.item + 1, "credit": _points(mark.credit)}
    if mark.regrade:
        says |= {"before": _points(before), "version": mark.regrade.key_of.number}
        text = _("Question %(number)d graded again by the key of version %(version)d: %(before)s → %(credit)s") % says
    else:
        text = _("Question %(number)d marked: %(credit)s") % says
    return _event(mark.marked_at, _by(text, mark.marked_by), mark.note)


def _points(points):
    return "–" if points is None else number_format(points.normalize())
