"""Why a criterion, an area, an objective or a page must stay, as a sentence for whoever wanted to delete it."""

from django.utils.translation import gettext as _


def why_not(instances):
    """What still uses these snippets (all of one model), or None. Relations from every room count, also many-to-many.

    Without this, a protected relation would end in an error page, and a many-to-many one would silently lose rows.
    """
    if not instances or instances[0]._meta.app_label != "content":
        return None
    users = {str(name): count for name, count in _users(instances) if count}
    if not users:
        return None
    return _("Nothing was deleted: %(what)s is still used (%(users)s). Take it out there first.") % {
        "what": ", ".join(f"“{instance}”" for instance in instances[:3]) + (" …" if len(instances) > 3 else ""),
        "users": ", ".join(f"{name}: {count}" for name, count in sorted(users.items())),
    }


def _users(instances):
    for relation in instances[0]._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": instances})
        yield relation.related_model._meta.verbose_name_plural, rows.distinct().count()


def why_page_stays(page):
    """A sentence when the site cannot do without this page, or None."""
    if page.specific_class and page.specific_class.max_count == 1:
        return _("“%(title)s” stays: the site has one such page, and its menu leads there.") % {"title": page.title}
    return None
