from .criteria import CriteriaArea, Criterion, Objective
from .pages import GuideIndexPage, GuidePage, HomePage
from .pictures import Picture, PictureRendition

__all__ = [
    "CriteriaArea",
    "Criterion",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "Objective",
    "Picture",
    "PictureRendition",
]
