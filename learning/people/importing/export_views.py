"""The people that a listing shows, as a file in the columns of an import."""

import tempfile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from .. import sheets
from ..filters import PersonFilterSet, today
from ..models import Person
from . import exporting

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def buttons(request):
    """For the listing of people: what it shows as a file."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        Button(label, url=reverse("people_export", args=[kind]) + asked, icon_name="download")
        for kind, label in (("csv", _("Download CSV")), ("xlsx", _("Download XLSX")))
    ]


class ExportView(PermissionCheckedMixin, View):
    """Those whom the user may see, searched and filtered as the listing is."""

    permission_policy = ModelPermissionPolicy(Person)
    any_permission_required = ["add", "change", "view"]

    def get(self, request, file_format):
        people = self._people(request)
        if file_format == "csv":
            response = StreamingHttpResponse(
                sheets.for_excel(exporting.csv_text(people)), content_type="text/csv; charset=utf-8"
            )
            response["Content-Disposition"] = 'attachment; filename="people.csv"'
            return response
        if file_format != "xlsx":
            raise Http404
        # A workbook is finished at its end, so it goes through a file, which is gone once it is sent.
        file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
        exporting.write(people, file.name, file_format="xlsx")
        return FileResponse(file, as_attachment=True, content_type=XLSX, filename="people.xlsx")

    def _people(self, request):
        seen = Person.objects.filter(merged_into__isnull=True).visible_to(request.user, today())
        filters = PersonFilterSet(request.GET, queryset=seen, request=request)
        # A filter that was not understood must not end in a file of everybody.
        return filters.qs.matching(request.GET.get("q", "")) if filters.is_valid() else seen.none()
