"""The questions that a listing shows, as a file in the columns of the template; and the template itself."""

import tempfile

from django.db.models import QuerySet
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from ..exchange.template import writing
from ..models import Question


def as_file(questions, file_format, name):
    """A response with the questions (a queryset) in that format, csv or xlsx."""
    rows = writing.rows(questions)
    if file_format == "csv":
        response = StreamingHttpResponse(writing.for_excel(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    # A workbook is finished at its end, so it goes through a file, which is gone once it is sent.
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    writing.write_xlsx(rows, file.name)
    return FileResponse(file, as_attachment=True, content_type=writing.XLSX, filename=f"{name}.xlsx")


class QuestionIndexView(IndexView):
    """Wagtail's listing with its own export, whose rows are ours: what is searched and filtered is what comes out."""

    # That there is something to export; its columns are those of the template.
    list_export = ["id"]

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if not isinstance(queryset, QuerySet):
            queryset = Question.objects.filter(pk__in=[question.pk for question in queryset])
        return as_file(queryset.order_by("bank__title", "pk"), spreadsheet_format, "questions")

    @property
    def header_buttons(self):
        found = list(super().header_buttons)
        if self.user_has_permission("add"):
            found.append(HeaderButton(_("Import"), url=reverse("questions_import"), icon_name="upload"))
        return found


class TemplateView(PermissionCheckedMixin, View):
    """The empty template: a heading, and in a workbook a sheet that says what goes where."""

    permission_policy = ModelPermissionPolicy(Question)
    permission_required = "add"

    def get(self, request, file_format):
        if file_format not in ("csv", "xlsx"):
            raise Http404
        return as_file(Question.objects.none(), file_format, "questions-template")
