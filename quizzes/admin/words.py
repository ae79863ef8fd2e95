"""Figures and flags as people read them."""

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..statistics import items

FLAGS = {
    items.TRAP: _("Trap"),
    items.GIVE_AWAY: _("Give-away"),
    items.DEAD: _("Dead answer"),
}
WEIGHT = {items.TRAP: 3, items.GIVE_AWAY: 2, items.DEAD: 1}
ADVICE = {
    items.TRAP: _(
        "People who did well in the rest got this wrong more often than the others. Check the key first, then whether "
        "the words can be read in two ways."
    ),
    items.GIVE_AWAY: _(
        "Nearly everybody answered it rightly. Keep it if it must be known by all; otherwise ask for more, or make the "
        "wrong answers more likely."
    ),
    items.DEAD: _(
        "A wrong answer was chosen by fewer than one in twenty. Replace it by a mistake that people really make."
    ),
}


def flags(found):
    return ", ".join(str(FLAGS[flag]) for flag in found)


def percent(share):
    """A share from 0 to 1; a dash where there is none."""
    return "–" if share is None else f"{number_format(round(share * 100))} %"


def coefficient(value):
    return "–" if value is None else number_format(round(value, 2), decimal_pos=2)


def duration(seconds):
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return gettext("%(seconds)d s") % {"seconds": rest}
    return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


def language(code):
    return dict(settings.LANGUAGES).get(code, code)


def figures(sums, median):
    """Rows of name, value and what it means, for the head of a question's page."""
    return [
        {
            "name": gettext("Answers"),
            "value": number_format(sums.answers),
            "means": gettext("First attempts only: whoever tries again has read the answers."),
        },
        {
            "name": gettext("Answered rightly"),
            "value": percent(sums.facility),
            "means": gettext("The mean credit (facility)."),
        },
        {
            "name": gettext("Tells apart"),
            "value": coefficient(sums.discrimination),
            "means": gettext(
                "From −1 to 1 (discrimination): how far people who are right here are right elsewhere. 0.3 and more is "
                "good; clearly below 0 something is wrong."
            ),
        },
        {"name": gettext("Time, median"), "value": duration(median), "means": gettext("Until the answer was saved.")},
    ]


def people(number):
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
