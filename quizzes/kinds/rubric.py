"""What the kinds share that a person marks: a rubric, and points for each part of it."""

from django.utils.translation import gettext as _

from ..grading import share


class Marked:
    """The key is `{"parts": [{"id", "points"}]}`; the words of the parts are reasons, for no learner before the mark.

    A mark gives whole points for each part, `{part id: points}`.
    """

    by_hand = True

    def partial(self, key):
        return True

    def choices(self, points):
        """What may be given for a part that is worth so many points: `[(points, words)]`."""
        return [(given, str(given)) for given in range(points + 1)]

    def said(self, given, points):
        return _("%(given)d of %(points)d") % {"given": given, "points": points}

    def rubric(self, key, reasons, given=None):
        """Rows for who marks and, once there is a mark, for who was marked: id, text, description, choices, said."""
        return [
            {
                "id": part["id"],
                "text": reasons.get(part["id"], ""),
                "description": reasons.get(f"{part['id']} full", ""),
                "choices": self.choices(part["points"]),
                "said": self.said(given[part["id"]], part["points"]) if given else "",
            }
            for part in key["parts"]
        ]

    def all_points(self, key):
        return {part["id"]: part["points"] for part in key["parts"]}

    def credit_for(self, given, key):
        """The part of the point for `{part id: points}`, in hundredths, rounded down. ValueError for another rubric."""
        wanted = self.all_points(key)
        if given.keys() != wanted.keys() or not all(0 <= given[name] <= wanted[name] for name in wanted):
            raise ValueError(given)
        return share(sum(given.values()), sum(wanted.values()))
