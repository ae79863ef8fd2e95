"""The answers that item analysis counts, summed up by the database."""

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, F, FloatField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast

from ..kinds import KINDS
from ..models import Mark, QuestionVersion, Response
from ..pages import in_language
from . import items

# What a page looks at is bounded: more answers would take longer and change no figure that can be seen.
ATTEMPTS = 20_000
TIMED = 500

CREDIT = Cast("credit", FloatField())
# The share of points in the other questions of the attempt; none where there are no others.
REST = Case(
    When(
        attempt__max_points__gt=1,
        then=(Cast("attempt__points", FloatField()) - CREDIT) / (Cast("attempt__max_points", FloatField()) - 1.0),
    ),
    output_field=FloatField(),
)
PAIRED = Q(attempt__max_points__gt=1)


def of_newest(attempts):
    """The marks that count of the newest first tries among these attempts."""
    newest = attempts.first_tries().order_by("-pk").values("pk")[:ATTEMPTS]
    return Mark.objects.newest().filter(attempt__in=newest).order_by()


def of_version(attempts, version):
    """The same of one version, however long ago it was asked."""
    newest = attempts.first_tries().filter(marks__version=version).order_by("-pk").values("pk")[:ATTEMPTS]
    return Mark.objects.newest().filter(version=version, attempt__in=newest).order_by()


def workplace(user, on):
    """Where who answered works on that local date, for `sums`; of facilities only those that the user sees."""
    return get_user_model().objects.workplace("attempt__person", on, user)


def sums(marks, by):
    """`{value of the field or expression `by`: items.Sums}`."""
    rows = (
        marks.annotate(group=F(by) if isinstance(by, str) else by, share=CREDIT, rest=REST)
        .values("group")
        .annotate(
            answers=Count("pk"),
            got=Sum("share"),
            paired=Count("pk", filter=PAIRED),
            x=Sum("share", filter=PAIRED),
            y=Sum("rest"),
            xx=Sum(F("share") * F("share"), filter=PAIRED),
            yy=Sum(F("rest") * F("rest")),
            xy=Sum(F("share") * F("rest")),
        )
    )
    moments = ("x", "y", "xx", "yy", "xy")
    return {
        row["group"]: items.Sums(row["answers"], row["got"], row["paired"], *(row[name] or 0.0 for name in moments))
        for row in rows
    }


def _with_answer(marks):
    counted = Response.objects.filter(attempt=OuterRef("attempt"), item=OuterRef("item"))
    return marks.annotate(answer=Subquery(counted.order_by("-final", "-id").values("answer")[:1]))


def chosen(marks, versions, counted, language):
    """`{version id: [items.Option]}` of versions that offer something to choose; `counted` is of `sums`."""
    offered = {
        version.pk: KINDS[version.kind].offered(in_language(version.shown, language)[1], version.key["right"])
        for version in versions
    }
    picks = _picks(marks, [version for version in versions if offered[version.pk]])
    return {
        version.pk: items.options(offered[version.pk], picks.get(version.pk, []), counted[version.pk].answers)
        for version in versions
    }


def _picks(marks, versions):
    """`{version id: [(ids picked, how many answers, sum of their share of points elsewhere)]}`."""
    if not versions:
        return {}
    asked = {version.pk: version for version in versions}
    rows = (
        _with_answer(marks.filter(version__in=list(asked)))
        .annotate(rest=REST)
        .values("version", "answer")
        .annotate(number=Count("pk"), elsewhere=Sum("rest"))
    )
    found = {}
    for row in rows:
        version, answer = asked[row["version"]], row["answer"]
        picked = [] if answer is None else KINDS[version.kind].picked(answer, version.key["right"])
        found.setdefault(row["version"], []).append((picked, row["number"], row["elsewhere"] or 0.0))
    return found


def typed(marks, most=10):
    """What people typed, most frequent first: rows of answer, credit and number."""
    rows = _with_answer(marks).values("answer", "credit").annotate(number=Count("pk")).order_by("-number", "-credit")
    return [row for row in rows[: most + 1] if isinstance(row["answer"], str)][:most]


def seconds(marks):
    """How long people took for it, in seconds, in the newest of these answers."""
    newest = list(marks.order_by("-attempt").values_list("attempt", "item", "attempt__started_at")[:TIMED])
    saves = {}
    rows = Response.objects.filter(attempt__in=[attempt for attempt, _item, _began in newest]).order_by("id")
    for attempt, item, saved_at in rows.values_list("attempt", "item", "saved_at"):
        saves.setdefault(attempt, []).append((item, saved_at))
    taken = (items.seconds(began, saves.get(attempt, []), item) for attempt, item, began in newest)
    return [each for each in taken if each is not None]


def analysed(marks, language):
    """Every version that these marks are about: rows of version, sums, flags."""
    counted = sums(marks, "version")
    versions = list(QuestionVersion.objects.filter(pk__in=list(counted)).select_related("bank"))
    distracting = [version for version in versions if KINDS[version.kind].distracts]
    options = chosen(marks, distracting, counted, language)
    return [
        {
            "version": version,
            "sums": counted[version.pk],
            "flags": items.flags(counted[version.pk], options.get(version.pk, ())),
        }
        for version in versions
    ]
