"""The pages that the next release of a course takes."""

from .models import Edition


def to_release(course):
    """The course and its steps in order: new drafts too, but not what was unpublished, which is how editors drop it.

    A page that never was published looks the same as an unpublished one, but for its history.
    """
    released = Edition.objects.filter(course_key=course.translation_key).step_keys()

    def dropped(page):
        return not page.live and (page.first_published_at or str(page.translation_key) in released)

    return [course, *(page for page in course.get_children().specific() if not dropped(page))]


def as_released(page):
    """The page as a release would publish it."""
    return page.get_latest_revision_as_object() if page.has_unpublished_changes or not page.live else page
