from .blank import Blank
from .criteria import CriteriaArea, Criterion, Objective
from .pages import GuideIndexPage, GuidePage, HomePage
from .pictures import Picture, PictureRendition
from .starter import StarterRow

__all__ = [
    "Blank",
    "CriteriaArea",
    "Criterion",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "Objective",
    "Picture",
    "PictureRendition",
    "StarterRow",
]
