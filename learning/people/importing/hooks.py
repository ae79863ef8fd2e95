from django.urls import path
from wagtail import hooks

from .export_views import ExportView


@hooks.register("register_admin_urls")
def register_export():
    return [path("people-export/<str:file_format>/", ExportView.as_view(), name="people_export")]
