"""What the page of a lesson shows, as plain data: its blocks, and the rule by which it is done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.blanks import filled
from content.shown import with_urls
from content.templatetags.look import minutes

from . import actions, checks


def context(slug, text, run, progress, at):
    """`text` is a player.StepText of the run, `progress` its StepProgress."""
    step = text.step
    blocks = {row.block: row for row in progress.blocks.all()} if _remembers(step) else {}
    questions = checks.of_step(step, blocks, run.uuid, text.language)
    texts = actions.show_blanks(
        progress=progress,
        step=step,
        declared=run.edition.content.get("blanks", {}),
        person=run.person,
        language=text.language,
        at=at,
    )
    rows = [
        row
        | {
            "question": questions.get(row["id"]),
            "check_url": reverse("courses:check", args=[slug, step["slug"], row["id"]]),
            "at": blocks[row["id"]].position if row["id"] in blocks else 0,
            "ended": run.ended,
        }
        if row["type"] in ("check", "video", "audio")
        else row
        for row in with_urls(filled(step["blocks"], texts) if texts else step["blocks"])
    ]
    now = actions.how_far(progress=progress, step=step, at=at, blocks=list(blocks.values()))
    return {
        "blocks": rows,
        "rule": rule(now),
        "opened_at": progress.opened_at,
        "beats": not run.ended and not progress.completed_at,
        "beat_url": reverse("courses:beat", args=[slug, step["slug"]]),
    }


def _remembers(step):
    return any(row["type"] in ("check", "video", "audio") for row in step["blocks"])


def rule(now):
    """The rule of a lesson and how far one is, in words; `now` is a completion.HowFar."""
    words = {
        "seen": _("Read it, then press the button."),
        "time": _("This lesson is done after %(need)s minutes with it."),
        "watched": _("This lesson is done when you have watched it: %(need)s minutes."),
        "answered": ngettext(
            "This lesson is done when you have answered the question on the page. Right or wrong does not matter.",
            "This lesson is done when you have answered the %(need)s questions on the page. "
            "Right or wrong does not matter.",
            now.need,
        ),
    }[now.rule]
    return {
        "name": now.rule,
        "words": words % {"need": _amount(now, now.need)},
        "have": now.have,
        "need": now.need,
        "so_far": so_far(now),
        "done": now.done,
        "is_time": now.is_time,
    }


def so_far(now):
    if now.done:
        return _("That is done. You can go on.")
    return _("%(have)s of %(need)s so far.") % {"have": _amount(now, now.have), "need": _amount(now, now.need)}


def missing(now):
    """For somebody who wanted to go on too early."""
    if now.is_time:
        return _("Not yet: %(missing)s minutes are still missing. Your place is kept.") % {
            "missing": minutes(now.missing)
        }
    sentence = ngettext(
        "Not yet: %(missing)d question on the page is still open.",
        "Not yet: %(missing)d questions on the page are still open.",
        now.missing,
    )
    return sentence % {"missing": now.missing}


def _amount(now, number):
    return minutes(number) if now.is_time else str(number)
