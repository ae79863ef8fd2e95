from django.urls import path

from . import team, views

app_name = "assignments"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/records/", views.records, name="records"),
    path("team/", team.team, name="team"),
    path("team/<uuid:uuid>/", team.member, name="member"),
]
