"""Panels on the pages of editors."""

from wagtail.admin.panels import HelpPanel

from .models.review import ReviewPoint


class ReviewPanel(HelpPanel):
    """What of this course the company should hold against its own rules; absent where nothing is asked."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and self._points().exists()

        def _points(self):
            return ReviewPoint.objects.filter(course_key=self.instance.translation_key)

        def get_context_data(self, parent_context=None):
            points = list(self._points().select_related("ticked_by"))
            return super().get_context_data(parent_context) | {
                "points": points,
                "still_open": sum(point.ticked_at is None for point in points),
                "course_key": self.instance.translation_key,
            }
