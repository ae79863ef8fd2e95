"""A notice as mail: subject, text and HTML in the person's language, its Message-ID from the notice."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from courses.models import Edition
from learning.assignments import wording


class Courses:
    """Current editions by course key, each read once in a sweep."""

    def __init__(self):
        self._editions = {}

    def outline(self, course_key, language):
        if course_key not in self._editions:
            self._editions[course_key] = Edition.objects.current().outlines().get(course_key=course_key)
        return self._editions[course_key].in_language(language)


def message(*, notice, employment, outline, today, at, connection):
    """The mail of a notice. `outline` is the course in the person's language."""
    with translation.override(notice.person.language):
        context = _context(notice, employment, outline, today)
        template = f"reminders/mail/{notice.stage}"
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{template}.txt", context),
            to=[notice.person.email],
            headers={
                "Message-ID": message_id(notice),
                "Date": format_datetime(at),
                "Auto-Submitted": "auto-generated",
            },
            connection=connection,
        )
        mail.attach_alternative(render_to_string(f"{template}.html", context | {"subject": subject}), "text/html")
    return mail


def message_id(notice):
    return f"<{notice.uuid}@{urlsplit(settings.GATEHOUSE_PUBLIC_URL).hostname}>"


def _context(notice, employment, outline, today):
    due_on = notice.assignment.due_on
    return {
        "demo": settings.DEMO,
        "person": notice.person,
        "company": employment.company.name,
        "manager": employment.manager,
        "course": outline,
        "area": f"{outline.area:02d}",
        "due_day": wording.day(due_on, today),
        "due_words": wording.due(due_on, today),
        "is_late": due_on < today,
        "language": notice.person.language,
        "course_url": _address("courses:course", outline.slug),
        "me_url": _address("assignments:me"),
        "others": [
            {"code": code, "name": name, "url": _address_in(code, "assignments:me")}
            for code, name in settings.LANGUAGES
            if code != notice.person.language
        ],
    }


def _address(name, *args):
    return settings.GATEHOUSE_PUBLIC_URL + reverse(name, args=args)


def _address_in(language, name):
    with translation.override(language):
        return _address(name)
