import datetime
import uuid
import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.people import names
from learning.people.models import Facility

from ..models import TrainingSession
from ..models.session import SessionKind
from ..models.words import Check
from . import subjects, uploads

QUIZ_ON_DEVICE = "quiz_on_device"
CHECKS = [
    (QUIZ_ON_DEVICE, _("The quiz of the course, on their phones or a shared tablet")),
    (Check.QUIZ.value, _("A quiz on paper: I enter the scores")),
    (Check.OBSERVED.value, _("I watched each person do it")),
    (Check.NONE.value, _("None: people were present, and no more")),
]
YEAR = datetime.timedelta(days=366)
USUAL_MINUTES = 15


def text_input(**attributes):
    return forms.TextInput({"class": "input", "autocomplete": "off", **attributes})


def _select():
    return forms.Select({"class": "input"})


class UploadField(forms.FileField):
    """A photo or scan; its value is an `uploads.Upload`, or None."""

    widget = forms.FileInput({"class": "input", "accept": "image/jpeg,image/png,application/pdf"})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return uploads.checked(file)
        except uploads.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class SessionForm(forms.Form):
    """What a session is, who gave it, and who was (or will be) there. `token` is the uuid that the session will have.

    `given` says that it has happened already.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind, widget=_select())
    course = forms.ChoiceField(label=_("Course"), required=False, widget=_select())
    topic = forms.CharField(
        label=_("Or another topic"), required=False, max_length=200, widget=text_input(), help_text=_("In a few words.")
    )
    criteria = forms.CharField(
        label=_("Criteria of that topic, if you know them"),
        required=False,
        max_length=200,
        widget=text_input(),
        help_text=_("Numbers such as 6.1, 12.4."),
    )
    day = forms.DateField(
        label=_("Date"), widget=forms.DateInput({"class": "input", "type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Began at"), widget=forms.TimeInput({"class": "input", "type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=24 * 60,
        initial=USUAL_MINUTES,
        widget=forms.NumberInput({"class": "input", "inputmode": "numeric"}),
    )
    facility = forms.ModelChoiceField(
        label=_("Facility"), queryset=Facility.objects.none(), empty_label=_("Choose one"), widget=_select()
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=_select())
    given_by = forms.CharField(
        label=_("Given by"),
        max_length=200,
        widget=text_input(),
        help_text=_("A name, or the staff number of somebody who works here."),
    )
    check_kind = forms.ChoiceField(label=_("How it is checked"), choices=CHECKS, widget=forms.RadioSelect)
    no_check_reason = forms.CharField(
        label=_("If there is no check: why?"),
        required=False,
        max_length=300,
        widget=text_input(),
        help_text=_("Without a check people still owe the course. The record says “none”."),
    )
    walk_ins = forms.BooleanField(
        label=_("Others may check in, too"),
        required=False,
        initial=True,
        help_text=_("Whoever scans the code without being expected comes onto the roster."),
        widget=forms.CheckboxInput,
    )
    people = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    sheet = UploadField(
        label=_("Photo of the signed sheet"), required=False, help_text=_("JPEG, PNG or PDF, up to 10 MB.")
    )
    material = UploadField(
        label=_("What was shown, if it was on paper"), required=False, help_text=_("JPEG, PNG or PDF, up to 10 MB.")
    )

    def __init__(self, *args, user, at, facilities, people, candidates, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.at, self.given, self.candidates = user, at, given, candidates
        self.fields["course"].choices = [("", _("Another topic")), *subjects.courses()]
        self.fields["facility"].queryset = facilities
        self.fields["people"].choices = [(str(person.uuid), person) for person in people]
        # Who came along to a talk that is over is ticked; before one there is no sheet.
        del self.fields["walk_ins" if given else "sheet"]
        usual = {"token": uuid.uuid4(), "given_by": user.get_full_name(), "language": get_language()}
        self.initial = usual | {"kind": SessionKind.TOOLBOX_TALK} | self.initial
        if len(only := list(facilities[:2])) == 1:
            self.initial.setdefault("facility", only[0])

    def clean_criteria(self):
        numbers = self.cleaned_data["criteria"].replace(",", " ").replace(";", " ").split()
        if unknown := subjects.unknown(numbers):
            raise forms.ValidationError(
                _("No criterion has this number: %(numbers)s."), params={"numbers": ", ".join(unknown)}
            )
        return list(dict.fromkeys(numbers))

    def clean_given_by(self):
        """(a person or None, a name): who gave it."""
        said = " ".join(self.cleaned_data["given_by"].split())
        if said == self.user.number or names.folded(said) == names.folded(self.user.get_full_name()):
            return self.user, self.user.get_full_name()
        if person := self.candidates.filter(number__iexact=said).first():
            return person, person.get_full_name()
        if said.isdecimal():
            raise forms.ValidationError(_("None of your people has this staff number. Write the name."))
        return None, said

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("course") and not cleaned.get("topic") and "course" not in self.errors:
            self.add_error("topic", _("Choose the course, or write the topic."))
        if cleaned.get("check_kind") == Check.NONE and not cleaned.get("no_check_reason", "").strip():
            self.add_error("no_check_reason", _("Say why there is no check."))
        if cleaned.get("check_kind") == QUIZ_ON_DEVICE and "course" not in self.errors:
            self._clean_quiz(cleaned)
        if all(name in cleaned for name in ("day", "time", "facility")):
            self._clean_happened_at(cleaned)
        return cleaned

    def _clean_quiz(self, cleaned):
        if not cleaned.get("course"):
            self.add_error("check_kind", _("A quiz on a phone is that of a course. Choose the course, or paper."))
        elif not subjects.has_quiz(self.about()["edition"]):
            self.add_error("check_kind", _("This course has no quiz. Choose another check."))

    def _clean_happened_at(self, cleaned):
        zone = zoneinfo.ZoneInfo(cleaned["facility"].time_zone)
        happened_at = datetime.datetime.combine(cleaned["day"], cleaned["time"], zone).astimezone(datetime.UTC)
        if self.given and happened_at > self.at:
            self.add_error("time", _("This has not happened yet. Plan it as a new session instead."))
        elif not self.at - YEAR < happened_at < self.at + YEAR:
            self.add_error("day", _("This is more than a year away. Look at the year."))
        cleaned["happened_at"] = happened_at

    def about(self):
        """What the session is about, as its fields say it."""
        said = self.cleaned_data
        if said["course"]:
            return subjects.of_course(said["course"], said["language"])
        return subjects.of_topic(said["topic"].strip(), said["criteria"], said["token"])

    def says(self):
        """The fields of the session, as the action takes them."""
        said, about = self.cleaned_data, self.about()
        instructor, instructor_name = said["given_by"]
        names_ = ("kind", "language", "happened_at", "minutes", "facility")
        says = {name: said[name] for name in names_} | about | self._check(about["edition"])
        return says | {
            "instructor": instructor,
            "instructor_name": instructor_name,
            "walk_ins": said.get("walk_ins", True),
        }

    def _check(self, edition):
        nothing = {"quiz_way": "", "pass_mark": None, "no_check_reason": ""}
        kind = self.cleaned_data["check_kind"]
        if kind in (Check.QUIZ, QUIZ_ON_DEVICE):
            way = TrainingSession.Way.PAPER if kind == Check.QUIZ else TrainingSession.Way.DEVICE
            mark = subjects.pass_mark_of(edition, self.cleaned_data["language"])
            return nothing | {"check_kind": Check.QUIZ, "quiz_way": way, "pass_mark": mark}
        if kind == Check.NONE:
            return nothing | {"check_kind": kind, "no_check_reason": self.cleaned_data["no_check_reason"].strip()}
        return nothing | {"check_kind": kind}


class FileForm(forms.Form):
    """A file for a session that is there already."""

    file = UploadField(label=_("Photo or scan"), help_text=_("JPEG, PNG or PDF, up to 10 MB."))


class NameForm(forms.Form):
    """Somebody types their name to say that they were there: as it stands above, accents and capitals aside."""

    typed_name = forms.CharField(
        label=_("Type your name"), max_length=241, widget=text_input(autofocus=True, autocapitalize="words")
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_typed_name(self):
        typed = self.cleaned_data["typed_name"]
        theirs = names.folded(self.person.get_full_name()).split()
        words = names.folded(typed).split()
        if not set(words) <= set(theirs) or len(set(words)) < min(2, len(set(theirs))):
            raise forms.ValidationError(_("This is not the name above. Type it as it stands there."))
        return " ".join(typed.split())
