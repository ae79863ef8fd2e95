"""The starter row of this room."""

from .audiences import actions, rules
from .models import Audience

EVERYBODY = "Everybody who holds a position"


def everybody(at):
    """The audience of all who hold any position, as it stands; made when it is missing."""
    audience, created = Audience.objects.get_or_create(name=EVERYBODY)
    if created:
        actions.set_audience_rule(
            audience=audience, rule=rules.positions_and_facilities(positions=[], facilities=[]), at=at
        )
    return audience
