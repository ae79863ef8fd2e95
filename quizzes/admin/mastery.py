"""What people master, for whoever decides what to teach again."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.permission_policies import ModelPermissionPolicy

from content.models import Criterion

from .. import results
from ..models import Attempt
from ..statistics import mastery
from . import words
from .desk import DeskMixin, FacilityForm, page_of
from .filters import quiz_choices

TITLE = _("Mastery")
# Under it, most of a group lacks what the objective asks.
WEAK = 0.7


class MasteryForm(FacilityForm):
    person = forms.CharField(label=_("Person: name or staff number"), required=False, max_length=120)
    quiz = forms.ChoiceField(label=_("Quiz"), required=False)
    by = forms.ChoiceField(
        label=_("By"), required=False, choices=[("objective", _("Objective")), ("criterion", _("Criterion"))]
    )

    field_order = ["by", "person", "facility", "quiz"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quiz"].choices = [("", _("All")), *quiz_choices()]

    def narrowed(self, attempts, on):
        attempts = super().narrowed(attempts, on)
        if not self.is_valid():
            return attempts
        if quiz := self.cleaned_data["quiz"]:
            attempts = attempts.filter(quiz_key=quiz)
        if said := self.cleaned_data["person"]:
            attempts = attempts.filter(person__in=_people(said))
        return attempts


def _people(said):
    """Whose number it is, else everybody in whose name or number it occurs."""
    people = get_user_model().objects
    number = people.filter(**{f"{get_user_model().USERNAME_FIELD}__iexact": said})
    return number if number.exists() else people.matching(said)


class MasteryView(DeskMixin, TemplateView):
    template_name = "quizzes/admin/mastery.html"
    page_title = TITLE
    header_icon = "success"
    permission_policy = ModelPermissionPolicy(Attempt)
    permission_required = "view"

    def get_context_data(self, **kwargs):
        form = MasteryForm(self.request.GET, user=self.request.user)
        seen = form.narrowed(Attempt.objects.visible_to(self.request.user, self.on), self.on)
        by_criterion = form.is_valid() and form.cleaned_data["by"] == "criterion"
        found = mastery.earned(seen, mastery.CRITERION if by_criterion else mastery.OBJECTIVE)
        pages = page_of(self.request, found)
        shown = pages["page_obj"].object_list
        texts = (criteria_in if by_criterion else results.objectives_in)([row.name for row in shown], get_language())
        people = seen.values("person").distinct().count() if found else 0
        return (
            super().get_context_data(**kwargs)
            | pages
            | {
                "form": form,
                "limited": bool(self.request.user.facility_limits),
                "narrowed": any(self.request.GET.get(name) for name in ("person", "facility", "quiz")),
                "by_criterion": by_criterion,
                "people": ngettext("%(number)d person", "%(number)d people", people) % {"number": people},
                "rows": [_row(row, texts) for row in shown],
            }
        )


def _row(row, texts):
    return {
        "name": row.name,
        "text": texts.get(row.name, ""),
        "share": row.share,
        "percent": words.percent(row.share),
        "points": number_format(row.points.normalize()),
        "asked": row.asked,
        "people": row.people,
        "weak": row.share < WEAK,
    }


def criteria_in(numbers, language):
    """`{number: summary}`, in that language where there is one."""
    found = {}
    rows = Criterion.objects.filter(number__in=numbers).values_list("locale__language_code", "number", "summary")
    for locale, number, summary in rows:
        if locale == language or number not in found:
            found[number] = summary
    return found
