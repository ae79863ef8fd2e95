"""What learners say about courses, for those who write them."""

import django_filters
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from . import actions
from .models import CoursePage, Feedback

policy = ModelPermissionPolicy(Feedback)


class FeedbackFilterSet(WagtailFilterSet):
    """`mine`: of the courses whose page belongs to whoever looks."""

    open = django_filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull", label=_("Still open"))
    mine = django_filters.BooleanFilter(method="of_mine", label=_("Of my courses"))

    class Meta:
        model = Feedback
        fields = ["kind", "open", "mine"]

    def of_mine(self, rows, name, value):
        keys = CoursePage.objects.filter(owner=self.request.user).values("translation_key")
        found = rows.filter(enrolment__course_key__in=keys)
        return found if value else rows.exclude(enrolment__course_key__in=keys)


class DealtWithColumn(Column):
    cell_template_name = "courses/admin/dealt_with_cell.html"


class FeedbackReportView(ReportView):
    """Newest first, without names: what is wrong with a lesson does not depend on who says it."""

    model = Feedback
    page_title = _("Feedback")
    header_icon = "comment"
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    filterset_class = FeedbackFilterSet
    permission_policy = policy
    any_permission_required = ["view", "change"]
    is_export = False
    paginate_by = 50
    columns = [
        DateColumn("sent_at", label=_("Sent")),
        Column("course_title", label=_("Course")),
        Column("lesson_title", label=_("Lesson")),
        Column("says", label=_("Says")),
        Column("text", label=_("Text")),
        Column("edition", label=_("Edition"), accessor="edition.number"),
        DealtWithColumn("close_url", label=_("Action")),
    ]

    def get_base_queryset(self):
        return Feedback.objects.select_related("edition").defer("edition__manifest").order_by("-sent_at", "-pk")

    def get_table(self, object_list):
        may_close = self.user_has_permission("change")
        for row in object_list:
            outline = row.edition.in_language(get_language())
            titles = {step["key"]: step["title"] for step in outline.steps}
            row.course_title = outline.title
            row.lesson_title = titles.get(str(row.step_key), "")
            row.says = row.get_useful_display() or row.get_kind_display()
            open_one = may_close and not row.closed_at and row.kind != Feedback.Kind.RATING
            row.close_url = reverse("feedback_close", args=[row.uuid]) if open_one else ""
        return super().get_table(object_list)


class CloseView(PermissionCheckedMixin, View):
    permission_policy = policy
    permission_required = "change"

    def get(self, request, uuid):
        return redirect("feedback_report")

    def post(self, request, uuid):
        feedback = get_object_or_404(Feedback.objects.exclude(kind=Feedback.Kind.RATING), uuid=uuid)
        actions.close_feedback(feedback=feedback, by=request.user, at=timezone.now())
        messages.success(request, gettext("Marked as dealt with."))
        return redirect("feedback_report")
