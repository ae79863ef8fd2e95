"""Screens for audiences in the Wagtail admin."""

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin import messages
from wagtail.admin.views import generic

from ..filters import today
from ..kept import DeedCreateView, DeedEditView, ReadView
from ..models import Audience, AudienceVersion
from . import differences, drafts, naming, rules, words
from .forms import DayForm
from .preview import preview, seen

NEWEST, PER_PAGE = 5, 20


def in_words(versions):
    """Versions of audience rules with what they say in `words`."""
    names = naming.names(version.rule for version in versions)
    for version in versions:
        version.words = words.sentence(version.rule, names)
    return versions


def versions_of(audience):
    return audience.versions.select_related("recorded_by").order_by("-number")


class AudienceIndexView(generic.IndexView):
    def get_base_queryset(self):
        newest = AudienceVersion.objects.filter(audience=OuterRef("pk")).order_by("-number")
        return Audience.objects.annotate(newest_id=Subquery(newest.values("pk")[:1]))

    def get_table(self, object_list):
        rows = list(object_list)
        newest = in_words(list(AudienceVersion.objects.filter(pk__in=[row.newest_id for row in rows])))
        newest = {version.pk: version for version in newest}
        for row in rows:
            row.newest = newest.get(row.newest_id)
        return super().get_table(rows)


class EditorMixin:
    """The form with the rule; every button in the rule sends the form and brings it back, as does a script."""

    def post(self, request, *args, **kwargs):
        if "rule:do" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if self.kwargs.get(self.pk_url_kwarg) else None
        form = self.get_form()
        draft = form["rule"].value()
        try:
            draft, go_on_at = drafts.do(draft, request.POST["rule:do"], request.POST, "rule")
        except drafts.NotHere:
            go_on_at = None
        # As it was sent, but not judged yet: somebody is still at it.
        shown = self.get_form_class()(
            instance=form.instance,
            for_user=request.user,
            initial={"name": request.POST.get("name", ""), "rule": draft, "on": request.POST.get("on", "")},
        )
        shown.fields["rule"].widget.go_on_at = go_on_at
        if request.POST["rule:do"] == "look":
            shown.fields["rule"].widget.problems = rules.problems(draft) or naming.unknown(draft)
        self.form, self.has_unsaved_changes = shown, True
        return self.render_to_response(self.get_context_data())

    def get_template_names(self):
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return ["people/audiences/draft.html"]
        return super().get_template_names()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | self._preview(form["rule"].value(), form["on"].value(), form.version)

    def _preview(self, draft, on, version):
        day = DayForm({"on": on})
        problems = rules.problems(draft) or naming.unknown(draft)
        if problems or not day.is_valid():
            return {"preview": None, "problems": [rules.name_of(*problem[:2]) for problem in problems]}
        (said,) = in_words([AudienceVersion(rule=draft)])
        return {
            "preview": preview(draft, on=day.cleaned_data["on"], user=self.request.user, version=version),
            "said": said.words,
        }


class AudienceCreateView(EditorMixin, DeedCreateView):
    pass


class AudienceEditView(EditorMixin, DeedEditView):
    def form_valid(self, form):
        if form.changes_rule and self.request.POST.get("rule:seen") != seen(form.cleaned_data["rule"], form.version):
            messages.warning(
                self.request,
                _("Not saved yet: look at who comes in and who drops out, which changes what they owe. Then save."),
            )
            self.form = form
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        newest = in_words(list(versions_of(self.object)[:NEWEST]))
        return super().get_context_data(**kwargs) | {"versions": newest}


class AudienceInspectView(ReadView):
    """What an audience says and said, and whom it selects on a date."""

    def get_context_data(self, **kwargs):
        page = Paginator(versions_of(self.object), PER_PAGE).get_page(self.request.GET.get("p"))
        versions = in_words(list(page.object_list))
        newest = self.object.versions.order_by("-number").first()
        day = DayForm(self.request.GET if "on" in self.request.GET else {"on": today()})
        context = {"page": page, "versions": versions, "day": day, "preview": None}
        if newest and day.is_valid():
            (said,) = in_words([newest])
            context["said"] = said.words
            context["preview"] = preview(newest.rule, on=day.cleaned_data["on"], user=self.request.user)
        return super().get_context_data(**kwargs) | context


class AudienceCompareView(ReadView):
    """Two versions of a rule, line by line, and who is in one of them only."""

    page_title = _lazy("Compare versions")
    template_name = "people/audiences/compare.html"

    def get_context_data(self, **kwargs):
        old, new = self._version("old"), self._version("new")
        day = DayForm(self.request.GET if "on" in self.request.GET else {"on": today()})
        in_words([old, new])
        context = {"old": old, "new": new, "day": day, "preview": None}
        context["lines"] = differences.compare(old.rule, new.rule, naming.names([old.rule, new.rule]))
        if day.is_valid():
            on = day.cleaned_data["on"]
            context["preview"] = preview(new.rule, on=on, user=self.request.user, version=old)
        return super().get_context_data(**kwargs) | context

    def _version(self, which):
        number = self.request.GET.get(which, "")
        if not (number.isascii() and number.isdecimal() and len(number) < 9):
            raise Http404
        return get_object_or_404(self.object.versions, number=number)
