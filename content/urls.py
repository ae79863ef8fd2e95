from django.urls import path

from . import views

app_name = "content"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("guides/", views.guides, name="guides"),
    path("guides/<slug:slug>/", views.guide, name="guide"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:role>/", views.help_page, name="help_page"),
]
