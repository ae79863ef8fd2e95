"""How much a course asks, in the words that people read, in the active language."""

from django.utils.translation import ngettext


def minutes(number):
    """ "1 minute", "12 minutes"."""
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", number) % {"minutes": number}


def size(lessons, quizzes):
    """ "3 lessons and a quiz", "1 lesson and 2 quizzes", "4 lessons"."""
    if quizzes == 1:
        words = ngettext("%(lessons)s lesson and a quiz", "%(lessons)s lessons and a quiz", lessons)
    elif quizzes:
        words = ngettext(
            "%(lessons)s lesson and %(quizzes)s quizzes", "%(lessons)s lessons and %(quizzes)s quizzes", lessons
        )
    else:
        words = ngettext("%(lessons)s lesson", "%(lessons)s lessons", lessons)
    return words % {"lessons": lessons, "quizzes": quizzes}
