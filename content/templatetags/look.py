"""The parts of the look that are more than a class: icons, plates, rings, tallies, gauges."""

import functools

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
UNITS = {state: f'<span class="is-{state}"></span>' for state in ("done", "now")}


@register.simple_tag
@functools.cache
def icon(name):
    """A symbol of the sprite, hidden from screen readers: the words beside it say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("gatehouse/icons.svg"), name
    )


@register.simple_tag
def plate(area, size=""):
    """The number of a criteria area, painted on steel. `size` is "l", "s" or nothing."""
    return _plate(int(area), size, get_language())


@functools.cache
def _plate(area, size, language):
    label = "" if size == "s" else format_html("<small>{}</small>", _("Area"))
    return format_html(
        '<span class="plate{}"><span class="vh">{}</span>'
        '<span class="plate__no" aria-hidden="true">{}<span>{}</span></span></span>',
        f" plate--{size}" if size else "",
        _("Area %(number)d") % {"number": area},
        label,
        f"{area:02d}",
    )


@register.simple_tag
def ring(done, total):
    """How much is done, as a ring; the words beside it say it to screen readers."""
    percent = 100 * done // total if total else 0
    return format_html(
        '<span class="ring{}" aria-hidden="true"><svg viewBox="0 0 88 88">'
        '<circle class="ring__off" cx="44" cy="44" r="39"/>'
        '<circle class="ring__on" cx="44" cy="44" r="39" pathLength="100" stroke-dasharray="{} 100"/></svg>'
        "<span>{}/{}<small>{}</small></span></span>",
        " ring--done" if percent == 100 else "",
        percent,
        done,
        total,
        _("steps"),
    )


@register.simple_tag
def tally(states):
    """Steps as units on a train; `states` are "done", "now" or anything else for what is still ahead."""
    units = "".join(UNITS.get(state, "<span></span>") for state in states)
    return mark_safe(f'<span class="tally" aria-hidden="true">{units}</span>')


@register.simple_tag
def gauge(percent, pass_mark):
    """A score against its pass mark, both in percent."""
    return format_html(
        '<svg class="gauge" aria-hidden="true"><rect class="gauge__track" x="0" y="6" width="100%" height="16"/>'
        '<rect x="0" y="6" width="{0}%" height="16"/><line class="gauge__pass" x1="{1}%" x2="{1}%" y1="0" y2="28"/>'
        '<text x="{1}%" y="46" text-anchor="{2}">{3}</text></svg>',
        _number(percent),
        _number(pass_mark),
        "end" if pass_mark > 70 else "middle" if pass_mark > 30 else "start",
        _("pass mark %(number)s %%") % {"number": _number(pass_mark)},
    )


@register.filter
def under(cells, head):
    """Pairs of heading and cell of one row of a table."""
    return list(zip(head, cells, strict=False))


@register.filter
def minutes(seconds):
    """Seconds as a clock shows them: 70 is "1:10"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _number(value):
    """Without trailing zeros and with a point in every language, as attributes need it."""
    return f"{float(value):g}"


@register.simple_tag(takes_context=True)
def current(context, address):
    """The attribute that marks the link of the page one is on, or of the part of the site it belongs to."""
    request = context.get("request")
    path = request.path if request else ""
    if not path.startswith(address):
        return ""
    return format_html(' aria-current="{}"', "page" if path == address else "true")


@register.simple_tag
def demo():
    """Whether this is the demo; for pages that are shown without a context."""
    return settings.DEMO
