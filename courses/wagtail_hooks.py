from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .admin_views import EditionView, EnrolmentReportView, ReleaseView, ReopenView
from .deleting import why_not
from .feedback_views import CloseView, FeedbackReportView
from .models import CoursePage
from .review_views import ReviewReportView, TickView


@hooks.register("register_admin_urls")
def register_courses_urls():
    report = EnrolmentReportView
    return [
        path("courses/<int:page_id>/release/", ReleaseView.as_view(), name="course_release"),
        path("reports/feedback/", FeedbackReportView.as_view(), name="feedback_report"),
        path(
            "reports/feedback/results/", FeedbackReportView.as_view(results_only=True), name="feedback_report_results"
        ),
        path("reports/feedback/<uuid:uuid>/close/", CloseView.as_view(), name="feedback_close"),
        path("reports/reviews/", ReviewReportView.as_view(), name="reviews_report"),
        path("reports/reviews/results/", ReviewReportView.as_view(results_only=True), name="reviews_report_results"),
        path("reports/reviews/<uuid:uuid>/tick/", TickView.as_view(), name="review_tick"),
        path("editions/<uuid:uuid>/", EditionView.as_view(), name="course_edition"),
        path("reports/enrolments/", report.as_view(), name="enrolments_report"),
        path("reports/enrolments/results/", report.as_view(results_only=True), name="enrolments_report_results"),
        path("reports/enrolments/<uuid:uuid>/reopen/", ReopenView.as_view(), name="enrolment_reopen"),
    ]


def _release_button(course, user, priority):
    if course and course.permissions_for_user(user).can_publish():
        yield Button(_("Release"), reverse("course_release", args=[course.pk]), icon_name="success", priority=priority)


@hooks.register("register_page_header_buttons")
def release_in_the_header(page, user, view_name, next_url=None):
    """On a course, and on its lessons and quiz, which reach learners with it."""
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    return _release_button(course, user, priority=5)


@hooks.register("register_page_listing_more_buttons")
def release_in_the_listing(page, user, next_url=None):
    return _release_button(page if isinstance(page, CoursePage) else None, user, priority=3)


@hooks.register("before_delete_page")
def keep_what_was_released(request, page):
    if reason := why_not([page]):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_what_was_released_in_bulk(request, action_type, objects, action_class_instance):
    if action_type == "delete" and issubclass(action_class_instance.model, Page) and (reason := why_not(objects)):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", objects[0].get_parent().pk)


class EnrolmentsMenuItem(MenuItem):
    def is_shown(self, request):
        return EnrolmentReportView.permission_policy.user_has_any_permission(request.user, ["view", "change"])


@hooks.register("register_reports_menu_item")
def register_enrolments_menu_item():
    return EnrolmentsMenuItem(
        _("Enrollments"), reverse("enrolments_report"), name="enrolments", icon_name="group", order=110
    )


class FeedbackMenuItem(MenuItem):
    def is_shown(self, request):
        return FeedbackReportView.permission_policy.user_has_any_permission(request.user, ["view", "change"])


@hooks.register("register_reports_menu_item")
def register_feedback_menu_item():
    return FeedbackMenuItem(
        _("Feedback"), reverse("feedback_report"), name="course-feedback", icon_name="comment", order=120
    )


class ReviewsMenuItem(MenuItem):
    def is_shown(self, request):
        return ReviewReportView.permission_policy.user_has_any_permission(request.user, ["view", "change"])


@hooks.register("register_reports_menu_item")
def register_reviews_menu_item():
    return ReviewsMenuItem(
        _("Points to review"), reverse("reviews_report"), name="course-reviews", icon_name="tasks", order=130
    )


@hooks.register("register_permissions")
def register_enrolment_permissions():
    codenames = ["view_enrolment", "change_enrolment", "view_edition", "view_feedback", "change_feedback"]
    codenames += ["view_reviewpoint", "change_reviewpoint"]
    return Permission.objects.filter(content_type__app_label="courses", codename__in=codenames)
