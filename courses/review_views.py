"""What of the courses the company should hold against its own rules, and who has done so."""

import django_filters
from django.db.models import OuterRef, Subquery
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
from .models import CoursePage, ReviewPoint

policy = ModelPermissionPolicy(ReviewPoint)


def titles():
    """`{course key: title}` of the courses that there are, in the active language where they speak it."""
    pages = CoursePage.objects.select_related("locale").order_by("draft_title")
    rows = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    return {page.translation_key: page.draft_title for page in rows}


class ReviewFilterSet(WagtailFilterSet):
    open = django_filters.BooleanFilter(field_name="ticked_at", lookup_expr="isnull", label=_("Still open"))
    course_key = django_filters.ChoiceFilter(
        label=_("Course"), choices=lambda: [(str(key), title) for key, title in titles().items()]
    )

    class Meta:
        model = ReviewPoint
        fields = ["course_key", "open"]


class TickColumn(Column):
    cell_template_name = "courses/admin/tick_cell.html"


class ReviewReportView(ReportView):
    """By course, as courses are arranged. A course that was deleted asks nothing more."""

    model = ReviewPoint
    page_title = _("Points to review")
    header_icon = "tasks"
    index_url_name = "reviews_report"
    index_results_url_name = "reviews_report_results"
    filterset_class = ReviewFilterSet
    permission_policy = policy
    any_permission_required = ["view", "change"]
    is_export = False
    paginate_by = 50
    columns = [
        Column("course_title", label=_("Course")),
        Column("wording", label=_("To review")),
        DateColumn("ticked_at", label=_("Ticked")),
        Column("ticked_by", label=_("By")),
        TickColumn("tick_url", label=_("Action")),
    ]

    def get_base_queryset(self):
        pages = CoursePage.objects.filter(translation_key=OuterRef("course_key")).order_by("path")
        points = ReviewPoint.objects.annotate(path=Subquery(pages.values("path")[:1])).filter(path__isnull=False)
        return points.select_related("ticked_by").order_by("path", "place", "pk")

    def get_table(self, object_list):
        named, may_tick = titles(), self.user_has_permission("change")
        for row in object_list:
            row.course_title = named[row.course_key]
            row.tick_url = reverse("review_tick", args=[row.uuid]) if may_tick else ""
        return super().get_table(object_list)


class TickView(PermissionCheckedMixin, View):
    """Posted with `again` it is open once more."""

    permission_policy = policy
    permission_required = "change"

    def get(self, request, uuid):
        return redirect("reviews_report")

    def post(self, request, uuid):
        point = get_object_or_404(ReviewPoint, uuid=uuid)
        if "again" in request.POST:
            actions.untick(point=point)
            messages.success(request, gettext("Open again."))
        else:
            actions.tick(point=point, by=request.user, at=timezone.now())
            messages.success(request, gettext("Ticked."))
        return redirect(f"{reverse('reviews_report')}?course_key={point.course_key}")
