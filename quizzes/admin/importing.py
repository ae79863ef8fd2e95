"""The way of a file of questions through the admin: upload, look, confirm, result."""

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from .. import actions
from ..exchange.moodle import pictures
from ..exchange.refused import Refused
from ..kinds import KINDS
from ..models import Bank, ImportedQuestion, Question, QuestionImport
from .desk import DeskMixin, page_of, step

TITLE = _("Import questions")
RowState, State = ImportedQuestion.State, QuestionImport.State


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT (.txt, .gift), Moodle XML (.xml), or our template as CSV or XLSX. At most 20 MB."),
    )
    bank = forms.ModelChoiceField(label=_("Into the bank"), queryset=Bank.objects.all())
    language = forms.ChoiceField(
        label=_("Language of the questions"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        help_text=_("Where the file does not say it."),
    )


class OfImportsMixin(DeskMixin):
    permission_policy = ModelPermissionPolicy(Question)
    permission_required = "add"
    header_icon = "upload"
    page_title = TITLE

    def get_trail(self):
        return [(reverse(Question.snippet_viewset.get_url_name("list")), _("Questions"))]


class UploadView(OfImportsMixin, FormView):
    """A file comes in. It is read here and now, so that one which cannot be read is refused at once."""

    template_name = "quizzes/admin/importing/upload.html"
    form_class = UploadForm

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            this = actions.receive_import(
                data=file.read(),
                name=file.name,
                bank=form.cleaned_data["bank"],
                language=form.cleaned_data["language"],
                at=timezone.now(),
                by=self.request.user,
            )
        except Refused as refused:
            form.add_error("file", str(refused))
            return self.form_invalid(form)
        return redirect("question_import", this.uuid)

    def get_context_data(self, **kwargs):
        earlier = QuestionImport.objects.select_related("bank", "by")
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media} | page_of(self.request, earlier)


class OneImportMixin(OfImportsMixin):
    """One import, of anybody who may write questions."""

    def dispatch(self, request, *args, **kwargs):
        if self.permission_policy.user_has_permission(request.user, "add"):
            found = QuestionImport.objects.select_related("bank", "by")
            self.this = get_object_or_404(found, uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.this.file_name

    def get_trail(self):
        return [*super().get_trail(), step("questions_import", TITLE)]

    def back(self):
        return HttpResponseRedirect(reverse("question_import", args=[self.this.uuid]))


class ShowView(OneImportMixin, TemplateView):
    """What an import would do, or what came of it; question by question."""

    template_name = "quizzes/admin/importing/show.html"

    def get_context_data(self, **kwargs):
        rows = self.this.rows.all()
        state = self.request.GET.get("what", "")
        counts = dict.fromkeys(RowState.values, 0)
        for found in rows.values_list("state", flat=True):
            counts[found] += 1
        page = page_of(self.request, rows.filter(state=state) if state in counts else rows)
        for row in page["page_obj"]:
            row.kind = KINDS[row.content["kind"]].label if row.content["kind"] else ""
        return super().get_context_data(**kwargs) | {
            "this": self.this,
            "counts": [(state, state.label, counts[state]) for state in RowState],
            "new": counts[RowState.NEW],
            "wrong": counts[RowState.WRONG],
            "what": state,
            "earlier": self._earlier(),
            "edit_url_name": Question.snippet_viewset.get_url_name("edit"),
            **page,
        }

    def _earlier(self):
        """The import by which this very file came in before."""
        if self.this.state != State.PLANNED:
            return None
        return QuestionImport.objects.filter(sha256=self.this.sha256, bank=self.this.bank, state=State.DONE).first()


class AskedView(OneImportMixin, TemplateView):
    """One question of the file as a learner would be asked it, and as they would be told what is right."""

    template_name = "quizzes/question_preview.html"

    def get_context_data(self, **kwargs):
        states = [RowState.NEW, RowState.KNOWN]
        row = get_object_or_404(self.this.rows, number=self.kwargs["number"], state__in=states)
        locale = Locale.objects.get(language_code=row.content["language"])
        question = actions.drafted(row, self.this.bank, locale)
        context = question.get_preview_context(self.request, "")
        if file := row.content["picture_file"]:
            context["asked"]["beside"] = pictures.shown(file)
        return context


class ConfirmView(OneImportMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        leave_out = "leave_out" in request.POST
        try:
            number = actions.confirm_import(this=self.this, at=timezone.now(), by=request.user, leave_out=leave_out)
        except Refused as refused:
            messages.error(request, str(refused))
            return self.back()
        words = ngettext("%(number)d question came in as a draft.", "%(number)d questions came in as drafts.", number)
        messages.success(request, words % {"number": number})
        return self.back()


class CancelView(OneImportMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            actions.cancel_import(this=self.this, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return self.back()
        messages.success(request, _("Nothing was imported."))
        return redirect("questions_import")
