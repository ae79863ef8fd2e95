from .audience import Audience, AudienceVersion
from .company import Company, Employer, Facility, Position
from .person import Person, Tag
from .role import RoleGrant
from .signing_in import Invitation, Kiosk, Pin, Slip
from .work import Employment, LeavePeriod, PositionHeld

__all__ = [
    "Audience",
    "AudienceVersion",
    "Company",
    "Employer",
    "Employment",
    "Facility",
    "Invitation",
    "Kiosk",
    "LeavePeriod",
    "Person",
    "Pin",
    "Position",
    "PositionHeld",
    "RoleGrant",
    "Slip",
    "Tag",
]
