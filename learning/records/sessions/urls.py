from django.urls import path

from . import change_views, checking_in, roster_views, views

urlpatterns = [
    path("s/", checking_in.door, name="check_in_door"),
    path("s/<slug:code>/", checking_in.check_in, name="check_in"),
    path("s/<slug:code>/quiz/", checking_in.quiz, name="check_in_quiz"),
    path("team/sessions/", views.sessions, name="sessions"),
    path("team/sessions/given/", views.record, {"given": True}, name="session_given"),
    path("team/sessions/new/", views.record, {"given": False}, name="session_new"),
    path("team/sessions/<uuid:uuid>/", views.session, name="session"),
    path("team/sessions/<uuid:uuid>/sheet-<slug:language>.pdf", views.sheet, name="session_sheet"),
    path("team/sessions/<uuid:uuid>/code/", views.code, name="session_code"),
    path("team/sessions/<uuid:uuid>/change/", change_views.change, name="session_change"),
    path("team/sessions/<uuid:uuid>/cancel/", change_views.cancel, name="session_cancel"),
    path("team/sessions/<uuid:uuid>/close/", views.close, name="session_close"),
    path("team/sessions/<uuid:uuid>/roster/", roster_views.roster, name="session_roster"),
    path("team/sessions/<uuid:uuid>/people/", roster_views.people, name="session_people"),
    path("team/sessions/<uuid:uuid>/people/<uuid:person>/", roster_views.sign, name="session_sign"),
    path("team/sessions/<uuid:uuid>/files/", roster_views.attach, name="session_attach"),
    path("team/sessions/<uuid:uuid>/files/<uuid:file>/", roster_views.file, name="session_file"),
    path("team/sessions/<uuid:uuid>/files/<uuid:file>/remove/", roster_views.detach, name="session_detach"),
]
