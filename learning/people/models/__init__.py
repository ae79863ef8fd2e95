from .audience import Audience, AudienceVersion
from .company import Company, CompanyLogo, Employer, Facility, Position
from .imports import DateFormat, ImportLine, ImportPart, ImportSource, PeopleImport
from .person import Person, Tag
from .role import RoleGrant
from .signing_in import Invitation, Kiosk, Pin, Slip
from .work import Employment, LeavePeriod, PositionHeld

__all__ = [
    "Audience",
    "AudienceVersion",
    "Company",
    "CompanyLogo",
    "DateFormat",
    "Employer",
    "Employment",
    "Facility",
    "ImportLine",
    "ImportPart",
    "ImportSource",
    "Invitation",
    "Kiosk",
    "LeavePeriod",
    "PeopleImport",
    "Person",
    "Pin",
    "Position",
    "PositionHeld",
    "RoleGrant",
    "Slip",
    "Tag",
]
