"""The pages of an attempt: plain views, since saving and turning pages is what a whole shift does at once."""

from .asking import attempt, review
from .ending import result, submit
from .saving import claim, save, save_all
from .skills import sign, skills
from .timeline import of_person, timeline

__all__ = [
    "attempt",
    "claim",
    "of_person",
    "result",
    "review",
    "save",
    "save_all",
    "sign",
    "skills",
    "submit",
    "timeline",
]
