"""What people master: the share of points earned by objective and by criterion, in the attempts that count."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum

from ..models import Attempt, Mark
from .answers import ATTEMPTS


@dataclass(frozen=True)
class Earned:
    """`name` is an objective's code or a criterion's number; `points` of `asked` were earned by `people`."""

    name: str
    points: Decimal
    asked: int
    people: int

    @property
    def share(self):
        return float(self.points) / self.asked


OBJECTIVE, CRITERION = "version__objective", "version__criterion"


def earned(attempts, by):
    """`[Earned]` by OBJECTIVE or CRITERION, the weakest first; questions without one are left out.

    Of each person, quiz and context the attempt counts that the quiz's rule says, among the newest `ATTEMPTS`.
    """
    newest = attempts.filter(state=Attempt.State.GRADED).order_by("-pk").values("pk")[:ATTEMPTS]
    counted = Attempt.objects.filter(pk__in=newest).that_count()
    rows = (
        Mark.objects.newest()
        .filter(attempt__in=counted.values("pk"))
        .exclude(**{by: ""})
        .order_by()
        .annotate(name=F(by))
        .values("name")
        .annotate(points=Sum("credit"), asked=Count("pk"), people=Count("attempt__person", distinct=True))
    )
    found = [Earned(row["name"], row["points"], row["asked"], row["people"]) for row in rows]
    return sorted(found, key=lambda row: (row.share, row.name))
