"""The way of a file through the admin: upload, columns, questions, preview, confirm, result."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from .. import sheets
from ..filters import today
from ..models import ImportLine, ImportSource, PeopleImport
from ..names import folded
from . import actions, checking, columns, forms, jobs
from .errors import in_words
from .lookups import Lookups
from .refused import Refused

State = PeopleImport.State
policy = ModelPermissionPolicy(PeopleImport)
PAGE = 50
# Seconds between two looks at how far a job is.
REFRESH = 2


class ImportIndexView(generic.IndexView):
    def get_base_queryset(self):
        return PeopleImport.objects.visible_to(self.request.user).select_related("source", "by")

    def get_edit_url(self, instance):
        return reverse("imports:show", args=[instance.uuid])


class UploadView(generic.CreateView):
    """A file comes in. It is looked at here and now, so that one which cannot be read is refused at once."""

    submit_button_label = _("Look at the file")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["source"].queryset = ImportSource.objects.order_by("name")
        return form

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        this = actions.receive(
            file=file,
            name=file.name,
            changes_only=form.cleaned_data["changes_only"],
            at=timezone.now(),
            by=self.request.user,
            source=form.cleaned_data["source"],
        )
        return redirect("imports:show", this.uuid)


class OneImportMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """One import that the user may look at, in one of `states`; in any other state, its page says where it is."""

    permission_policy = policy
    permission_required = "add"
    header_icon = "upload"
    states = ()

    def dispatch(self, request, *args, **kwargs):
        if policy.user_has_any_permission(request.user, ["add", "change", "view"]):
            found = PeopleImport.objects.visible_to(request.user).select_related("source", "by")
            self.this = get_object_or_404(found, uuid=kwargs["uuid"])
            if self.states and self.this.state not in self.states:
                return redirect("imports:show", self.this.uuid)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.this.file_name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("imports:index"), "label": _("Imports")},
            {"url": "", "label": self.this.file_name},
        ]

    def get_success_url(self):
        return reverse("imports:show", args=[self.this.uuid])

    def moved_on(self, refused):
        """Somebody else was quicker: the page of the import says where it is."""
        messages.error(self.request, str(refused))
        return HttpResponseRedirect(self.get_success_url())


class ShowView(OneImportMixin, TemplateView):
    """Where an import is: what to do next, how far the job is, or what came of it."""

    permission_required = None
    any_permission_required = ["add", "change", "view"]
    page_title = _("Import")

    NEXT = {State.UPLOADED: "imports:columns", State.ASKING: "imports:questions"}

    def get(self, request, *args, **kwargs):
        address = self.NEXT.get(self.this.state)
        if address and policy.user_has_permission(request.user, "add"):
            return redirect(address, self.this.uuid)
        response = super().get(request, *args, **kwargs)
        if self.this.state in PeopleImport.WAITING:
            # A header, as a page that reloads itself by its own words is one that nobody can stop.
            response["Refresh"] = str(REFRESH)
        return response

    def get_template_names(self):
        waits = self.this.state in PeopleImport.WAITING
        return ["people/importing/progress.html" if waits else "people/importing/show.html"]

    def get_context_data(self, **kwargs):
        this = self.this
        may_act = policy.user_has_permission(self.request.user, "add")
        return super().get_context_data(**kwargs) | {
            "this": this,
            "may_act": may_act,
            "percent": this.done * 100 // this.total if this.total else None,
            "counts": [(kind, kind.label, this.counts.get(kind, 0)) for kind in ImportLine.Kind]
            if this.state in (State.PLANNED, State.WRITING, State.DONE)
            else [],
            "unchanged": this.counts.get("unchanged"),
            "brake": checking.brake(this.counts) if this.state == State.PLANNED else 0,
            "form": self.form,
            "errors": [in_words(error) for error in this.errors[:PAGE]],
            "more_errors": max(0, this.error_count - PAGE),
            **self._lines(),
        }

    @cached_property
    def form(self):
        return forms.ConfirmForm(brake=checking.brake(self.this.counts)) if self.this.state == State.PLANNED else None

    def _lines(self):
        kind, words = self.request.GET.get("what", ""), self.request.GET.get("q", "")[:100]
        lines = self.this.lines.order_by("pk").defer("writes")
        if kind in ImportLine.Kind.values:
            lines = lines.filter(kind=kind)
        for word in folded(words).split():
            lines = lines.filter(search_key__contains=word)
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("p"))
        return {"page": page, "kinds": ImportLine.Kind.choices, "kind": kind, "words": words}


class ColumnsView(OneImportMixin, FormView):
    states = (State.UPLOADED, State.ASKING, State.PLANNED)
    template_name = "people/importing/columns.html"
    form_class = forms.ColumnsForm
    page_title = _("Columns")

    def get_form_kwargs(self):
        headings = self.this.head["headings"]
        remembered = self.this.source.mapping if self.this.source else {}
        known = {column: heading for column, heading in remembered.items() if heading in headings}
        mapping = self.this.answers.get("mapping") or known or columns.suggested(headings)
        return super().get_form_kwargs() | {"head": self.this.head, "mapping": mapping}

    def get_context_data(self, **kwargs):
        head = self.this.head
        notes = [*head["notes"], *columns.notes(columns.suggested(head["headings"]), head["headings"])]
        return super().get_context_data(**kwargs) | {"this": self.this, "head": head, "notes": notes}

    def form_valid(self, form):
        try:
            this = actions.choose_columns(this=self.this, mapping=form.mapping(), at=timezone.now())
        except Refused as refused:
            return self.moved_on(refused)
        jobs.wake(this)
        return super().form_valid(form)


class QuestionsView(OneImportMixin, FormView):
    states = (State.ASKING,)
    template_name = "people/importing/questions.html"
    form_class = forms.QuestionsForm
    page_title = _("Questions")

    def get_form_kwargs(self):
        questions, answers = self.this.questions, self.this.answers
        unasked = "position_from" not in answers.get("mapping", {}) and "since" not in answers
        return super().get_form_kwargs() | {
            "questions": questions,
            "lookups": Lookups(),
            "ask_since": "since" in questions or unasked,
            "today": today(),
            # A position or facility counts for everybody's people.
            "may_create": not self.request.user.facility_limits,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"this": self.this, "media": context["form"].media}

    def form_valid(self, form):
        given = form.cleaned_data
        try:
            this = actions.answer(
                this=self.this,
                date_format=given.get("date_format", ""),
                since=given.get("since"),
                words=form.answers(),
            )
        except Refused as refused:
            return self.moved_on(refused)
        jobs.wake(this)
        return super().form_valid(form)


class ConfirmView(OneImportMixin, FormView):
    states = (State.PLANNED,)
    http_method_names = ["post"]
    form_class = forms.ConfirmForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"brake": checking.brake(self.this.counts)}

    def form_invalid(self, form):
        messages.error(self.request, _("Type the number of those who leave. Nothing was written."))
        return HttpResponseRedirect(self.get_success_url())

    def form_valid(self, form):
        try:
            this = actions.confirm(this=self.this, at=timezone.now(), leaving=form.cleaned_data.get("leaving"))
        except Refused as refused:
            return self.moved_on(refused)
        except actions.Brake:
            return self.form_invalid(form)
        jobs.wake(this)
        return super().form_valid(form)


class CancelView(OneImportMixin, View):
    states = PeopleImport.OPEN
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.cancel(this=self.this, at=timezone.now())
        except Refused as refused:
            return self.moved_on(refused)
        messages.success(request, _("Nothing was imported."))
        return redirect("imports:index")


class ErrorsView(OneImportMixin, View):
    """The list of errors, to be worked through beside the file."""

    permission_required = None
    any_permission_required = ["add", "change", "view"]

    def get(self, request, *args, **kwargs):
        out = io.StringIO(sheets.BOM, newline="")
        out.seek(0, io.SEEK_END)
        writer = csv.writer(out)
        writer.writerow(["row", "column", "error"])
        writer.writerows([sheets.inert(cell) for cell in (row or "", *rest)] for row, *rest in self.this.errors)
        if more := self.this.error_count - len(self.this.errors):
            writer.writerow(["", "", _("and %(more)d more") % {"more": more}])
        response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-errors-{self.this.pk}.csv"'
        return response
