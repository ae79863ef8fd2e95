"""Changing and cancelling an open session: each with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import shown
from .forms import QUIZ_ON_DEVICE, SessionForm, text_input


def _reason(label):
    return forms.CharField(
        label=label, max_length=300, widget=text_input(), help_text=_("It is kept with the session.")
    )


class ChangeForm(SessionForm):
    """What a session is, without its people and papers. What is not touched stays as it is: the edition, too."""

    reason = _reason(_("Why is it changed?"))
    TAKEN_OUT = ("people", "material", "sheet")

    def __init__(self, *args, session, facilities, **kwargs):
        self.session = session
        super().__init__(*args, initial=_initial(session), facilities=facilities, people=[], given=False, **kwargs)
        for name in self.TAKEN_OUT:
            self.fields.pop(name, None)
        if session.edition and str(session.course_key) not in dict(self.fields["course"].choices):
            self.fields["course"].choices += [(str(session.course_key), session.title)]

    def clean_given_by(self):
        said = " ".join(self.cleaned_data["given_by"].split())
        if said == self.session.instructor_name:
            return self.session.instructor, said
        return super().clean_given_by()

    def about(self):
        said, session = self.cleaned_data, self.session
        if said["course"] == _course(session) and said["language"] == session.language and session.edition:
            names = ("course_key", "edition", "title", "area", "topics", "criteria")
            return {name: getattr(session, name) for name in names}
        return super().about()


def _course(session):
    return str(session.course_key) if session.edition else ""


def _initial(session):
    began = shown.local(session.happened_at, session.zone)
    names = ("kind", "minutes", "facility", "language", "no_check_reason", "walk_ins")
    return {name: getattr(session, name) for name in names} | {
        "token": session.uuid,
        "course": _course(session),
        "topic": "" if session.edition else session.title,
        "criteria": "" if session.edition else ", ".join(session.criteria),
        "day": began.date(),
        "time": began.time(),
        "given_by": session.instructor_name,
        "check_kind": QUIZ_ON_DEVICE if session.quiz_on_device else session.check_kind,
    }


class CancelForm(forms.Form):
    reason = _reason(_("Why is it cancelled?"))
