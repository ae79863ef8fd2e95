"""Giving a course to learners: one deed, one edition."""

from django.db import transaction
from wagtail.search import index

from .. import changes, manifest, outline, readiness, tree
from ..models import Edition


class NotReady(Exception):
    """The course cannot be released; the message says what is missing."""


@transaction.atomic
def release(*, course_page, by, at, kind, note=""):
    """Publish the course's whole tree and write an edition of it; the current one again when nothing changed.

    Raises NotReady when learners would get stuck, and then nothing is published.
    """
    # The lock makes two people who release at once number their editions one after the other.
    course_page = type(course_page).objects.select_for_update().get(pk=course_page.pk)
    for page in tree.to_release(course_page):
        if page.has_unpublished_changes or not page.live:
            _publish(page, by)
    data = manifest.build(type(course_page).objects.get(pk=course_page.pk))
    if problem := readiness.problem(data):
        raise NotReady(problem)
    text, digest = manifest.canonical(data)
    current = Edition.objects.filter(course_key=course_page.translation_key).order_by("-number").first()
    if current and current.hash == digest:
        return current
    edition = Edition.objects.create(
        course_key=course_page.translation_key,
        number=current.number + 1 if current else 1,
        manifest=text,
        hash=digest,
        outline=outline.make(data),
        kind=kind,
        note=note,
        released_at=at,
        released_by=by,
    )
    for page in course_page.get_translations(inclusive=True):
        index.insert_or_update_object(page)
    return edition


def _publish(page, by):
    revision = page.get_latest_revision() or page.save_revision(user=by)
    if problem := readiness.unfinished(revision.as_object()):
        raise NotReady(problem)
    revision.publish(user=by)


def next_release(course_page):
    """`(changes, problem)`: what a release would change now, as `changes.between` says it, and why it would fail."""
    for page in tree.to_release(course_page):
        draft = tree.as_released(page)
        if draft is not page and (problem := readiness.unfinished(draft)):
            return [], problem
    data = manifest.build_next(course_page)
    current = Edition.objects.current().filter(course_key=course_page.translation_key).first()
    return changes.between(current and current.content, data), readiness.problem(data)
