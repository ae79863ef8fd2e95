"""Search over what learners may read: published guides, and whatever upper rooms let them find (see `slots`)."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.models import Page, Site
from wagtail.search.query import And, Or, PlainText

from . import slots
from .guides import open_guides
from .models import CriteriaArea, GuidePage
from .models.pages import original_of

PER_PAGE = 10
KINDS = {"courses": _lazy("Courses"), "guides": _lazy("Guides")}
LONGEST = 100
WORDS = re.compile(r"\w+")


@dataclass
class Hit:
    """One line of the results, in the words that learners read."""

    kind: str
    title: str
    summary: str
    url: str
    language: str


def clean(query):
    """What is searched for: one line of reasonable length. PostgreSQL takes no NUL."""
    return " ".join(query.replace("\0", " ").split())[:LONGEST].strip()


def every_word(query):
    """A search for all words of the query, one or many of each: "seals" finds "seal". None when it has no word.

    Only words reach the index: SQLite's fails on a quotation mark, and plain SQLite knows no word stems.
    """
    words = WORDS.findall(query)
    return And([Or([PlainText(word), PlainText(_other_number(word))]) for word in words]) if words else None


def _other_number(word):
    return word[:-1] if len(word) > 3 and word.endswith("s") else f"{word}s"


def find(query, root, kind="", area=None):
    """A Paginator of Pages, best first; `hits` gives what to show of them. `kind` is one of KINDS or empty.

    The database counts and cuts: only the page that is shown is read.
    """
    wanted = every_word(query)
    if not wanted:
        return Paginator(Page.objects.none(), PER_PAGE)
    among = Q()
    if kind != "courses":
        guides = open_guides() if area is None else open_guides().filter(criteria__area__number=area)
        among |= Q(pk__in=guides.values("pk"))
    if kind != "guides":
        keys = [key for keys in slots.fill("search_keys", area=area) for key in keys]
        # Courses are open to whoever searches: their own pages ask who may start one.
        among |= Q(translation_key__in=keys)
    pages = Page.objects.live().filter(among)
    return Paginator(pages.filter(_in_tree(root, pages)).search(wanted), PER_PAGE)


def _in_tree(root, pages):
    """What is below that root, and the originals of what nobody has translated into its language."""
    if not (original := original_of(root)):
        return pages.descendant_of_q(root)
    translated = list(pages.descendant_of(root).values_list("translation_key", flat=True))
    return pages.descendant_of_q(root) | pages.descendant_of_q(original) & ~Q(translation_key__in=translated)


def tree(request):
    """The root of what is shown under this language's addresses, and so of what can be found there."""
    return Site.find_for_request(request).root_page.localized


def area_titles(language):
    """`{number: title}` of the criteria areas, in that language where they are translated."""
    rows = CriteriaArea.objects.filter(locale__language_code__in=("en", language)).select_related("locale")
    titles = {}
    for area in rows.order_by("number"):
        if area.number not in titles or area.locale.language_code == language:
            titles[area.number] = area.title
    return titles


def hits(pages, language):
    """The hits for these pages, in their order, in the words of what was released."""
    guides = GuidePage.objects.select_related("locale").in_bulk([page.pk for page in pages])
    keys = [page.translation_key for page in pages if page.pk not in guides]
    cards = {}
    for found in slots.fill("search_cards", keys=keys, language=language):
        cards |= {key: Hit(**card) for key, card in found.items()}
    shown = (_of_guide(guides[page.pk]) if page.pk in guides else cards.get(page.translation_key) for page in pages)
    return [hit for hit in shown if hit]


def _of_guide(guide):
    return Hit(
        kind=_("Guide"),
        title=guide.title,
        summary=guide.summary,
        url=guide.address,
        language=guide.locale.language_code,
    )
