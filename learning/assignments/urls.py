from django.urls import path

from . import team, views
from .styleguide.views import styleguide

app_name = "assignments"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/records/", views.records, name="records"),
    path("team/", team.team, name="team"),
    path("team/<uuid:uuid>/", team.member, name="member"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<slug:page>/", styleguide, name="styleguide"),
]
