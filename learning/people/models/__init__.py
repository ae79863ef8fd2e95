from .audience import Audience, AudienceVersion
from .company import Company, Employer, Facility, Position
from .person import Employment, Person, PositionHeld

__all__ = [
    "Audience",
    "AudienceVersion",
    "Company",
    "Employer",
    "Employment",
    "Facility",
    "Person",
    "Position",
    "PositionHeld",
]
