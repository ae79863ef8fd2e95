from .audience import Audience, AudienceVersion
from .company import Company, Employer, Facility, Position
from .person import Employment, Person, PositionHeld
from .role import RoleGrant

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
    "RoleGrant",
]
