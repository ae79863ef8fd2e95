"""More time for a person: who has it and why, giving it, ending it."""

from django import forms
from django.contrib.auth import get_user_model
from django.forms import modelform_factory
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from .. import actions
from ..models import ExtraTime
from .attempts import instant
from .desk import DeskMixin, step

TITLE = _("Extra time")
policy = ModelPermissionPolicy(ExtraTime)


def seen(user, on):
    return ExtraTime.objects.filter(person__in=get_user_model().objects.visible_to(user, on))


class ExtraTimeListView(ReportView):
    """Who has more time, and who had."""

    model = ExtraTime
    page_title = TITLE
    no_results_message = _("Nobody has extra time.")
    header_icon = "time"
    index_url_name = "extra_time"
    index_results_url_name = "extra_time_results"
    permission_policy = policy
    any_permission_required = ["view"]
    is_searchable = True
    is_export = False
    paginate_by = 50

    @property
    def columns(self):
        may_end = self.user_has_permission("change")
        return [
            TitleColumn(
                "person",
                label=_("Person"),
                get_url=lambda row: reverse("extra_time_end", args=[row.pk]) if may_end and not row.ended_at else None,
            ),
            Column("percent", label=_("Percent")),
            Column("reason", label=_("Reason")),
            Column("given_at", label=_("Given"), accessor=instant("given_at")),
            Column("given_by", label=_("By")),
            Column("end_reason", label=_("Why it ended")),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: gettext("ended") if row.ended_at else gettext("holds"),
                primary=lambda row: not row.ended_at,
            ),
        ]

    @property
    def header_buttons(self):
        if not self.user_has_permission("add"):
            return []
        return [HeaderButton(gettext("Give extra time"), url=reverse("extra_time_give"), icon_name="plus")]

    def get_base_queryset(self):
        rows = seen(self.request.user, timezone.localdate()).select_related("person", "given_by")
        return rows.order_by("-pk")

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=get_user_model().objects.matching(self.search_query))


class GiveForm(WagtailAdminModelForm):
    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_person(self):
        person = self.cleaned_data["person"]
        if not self.people.filter(pk=person.pk).exists():
            # Shown again, the form must not say who that is.
            self.data = self.data.copy()
            self.data[self.add_prefix("person")] = ""
            raise forms.ValidationError(self.fields["person"].error_messages["invalid_choice"])
        return person


class GiveExtraTimeView(DeskMixin, FormView):
    template_name = "quizzes/admin/deed.html"
    page_title = _("Give extra time")
    header_icon = "time"
    permission_policy = policy
    permission_required = "add"

    def get_form_class(self):
        # Made when it is asked for: the room of people registers its chooser after this module is imported.
        return modelform_factory(ExtraTime, form=GiveForm, fields=["person", "percent", "reason"])

    def get_trail(self):
        return [step("extra_time", TITLE)]

    def get_form_kwargs(self):
        people = get_user_model().objects.visible_to(self.request.user, self.on)
        return super().get_form_kwargs() | {"people": people}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "heading": self.page_title,
            "happens": [
                _("It holds in every quiz with a time limit, from the next attempt on, until you end it."),
                _("An attempt that is under way keeps its deadline."),
            ],
            "button": self.page_title,
            "back": reverse("extra_time"),
        }

    def form_valid(self, form):
        try:
            actions.give_extra_time(**form.cleaned_data, by=self.request.user, at=timezone.now())
        except actions.HasExtraTime:
            form.add_error("person", _("This person has extra time already. End it first, then give another."))
            return self.form_invalid(form)
        said = gettext("%(person)s gets %(percent)d %% more time from the next attempt on.")
        messages.success(self.request, said % form.cleaned_data)
        return HttpResponseRedirect(reverse("extra_time"))


class EndForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class EndExtraTimeView(DeskMixin, FormView):
    template_name = "quizzes/admin/deed.html"
    page_title = _("End extra time")
    header_icon = "time"
    permission_policy = policy
    permission_required = "change"
    form_class = EndForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perm("quizzes.change_extratime"):
            rows = seen(request.user, self.on).running().select_related("person")
            self.extra_time = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        return [step("extra_time", TITLE)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "heading": str(self.extra_time.person),
            "facts": [
                gettext("%(percent)d %% more time") % {"percent": self.extra_time.percent},
                self.extra_time.reason,
            ],
            "happens": [_("From the next attempt on the person has the time that everybody has.")],
            "button": _("Yes, end it"),
            "back": reverse("extra_time"),
        }

    def form_valid(self, form):
        actions.end_extra_time(
            extra_time=self.extra_time, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
        )
        said = gettext("The extra time of %(person)s has ended.")
        messages.success(self.request, said % {"person": self.extra_time.person})
        return HttpResponseRedirect(reverse("extra_time"))
