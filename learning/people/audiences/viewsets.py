from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from ..kept import KeptViewSet
from ..models import Audience
from . import forms, views


class AudienceViewSet(KeptViewSet):
    model = Audience
    name = "audiences"
    icon = "group"
    index_view_class = views.AudienceIndexView
    add_view_class = views.AudienceCreateView
    edit_view_class = views.AudienceEditView
    inspect_view_class = views.AudienceInspectView
    create_template_name = "people/audiences/editor.html"
    edit_template_name = "people/audiences/edit.html"
    inspect_template_name = "people/audiences/inspect.html"
    inspect_view_fields = ["name"]
    search_fields = ["name"]
    ordering = ["name"]
    delete_refusal = _("An audience is not deleted: requirements name it. Switch those off instead.")
    list_display = [
        "name",
        Column("words", label=_("Whom it selects"), accessor=lambda row: row.newest.words if row.newest else ""),
        Column("version", label=_("Version"), accessor=lambda row: row.newest.number if row.newest else ""),
    ]

    def get_form_class(self, for_update=False):
        return forms.AudienceForm

    @property
    def compare_view(self):
        kwargs = self.get_inspect_view_kwargs(template_name="people/audiences/compare.html")
        return self.construct_view(views.AudienceCompareView, **kwargs)

    def get_urlpatterns(self):
        compare = path(f"compare/<{self.pk_path_converter}:pk>/", self.compare_view, name="compare")
        return [*super().get_urlpatterns(), compare]
