"""Which guides serve whom: those whose criteria name a training role that the person's position carries."""

from collections import defaultdict

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction

from .models import GuidePage
from .prepared import Prepared

EVERYBODY = "all_personnel"
MOST = 6


def open_guides():
    """Published guides that everybody may read; what closes them or a page above them is asked in the same query."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    closed = PageViewRestriction.objects.annotate(guide=path).filter(guide__startswith=F("page__path"))
    return GuidePage.objects.live().filter(~Exists(closed)).select_related("locale")


_asked = Prepared(
    lambda: open_guides().defer("body").annotate(named=F("criteria__roles")).order_by("title", "pk"),
)


def guides_for(roles, language):
    """At most six, those first whose criteria name the roles most: `[{"title", "summary", "url", "language"}]`."""
    guides, named = {}, defaultdict(list)
    for guide in _asked():
        named[guide.translation_key].append(set(guide.named or ()))
        if guide.translation_key not in guides or guide.locale.language_code == language:
            guides[guide.translation_key] = guide
    fitting = [key for key in guides if any((roles | {EVERYBODY}) & asked for asked in named[key])]
    fitting.sort(key=lambda key: -sum(bool(roles & asked) for asked in named[key]))
    return [_card(guides[key]) for key in fitting[:MOST]]


def _card(guide):
    said = {"title": guide.title, "summary": guide.summary, "url": guide.address}
    return said | {"language": guide.locale.language_code}
