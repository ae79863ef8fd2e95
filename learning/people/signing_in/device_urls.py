"""Slips and kiosks, within the names of this room."""

from django.urls import path

from . import kiosk_views, slip_views

urlpatterns = [
    path("start/", slip_views.start, name="start"),
    path("start/done/", slip_views.started, name="started"),
    path("start/<slug:code>/", slip_views.start_code, name="start_code"),
    path("team/<uuid:uuid>/slip/", slip_views.issue, name="issue_slip"),
    path("kiosk/", kiosk_views.kiosk, name="kiosk"),
    path("kiosk/pin/", kiosk_views.pin, name="kiosk_pin"),
    path("kiosk/forget/", kiosk_views.forget, name="kiosk_forget"),
    path("kiosk/here/", kiosk_views.here, name="kiosk_here"),
    path("kiosk/enrol/", kiosk_views.enrol, name="kiosk_enrol"),
    path("team/kiosks/", kiosk_views.kiosks, name="kiosks"),
    path("team/kiosks/<uuid:uuid>/withdraw/", kiosk_views.withdraw, name="withdraw_kiosk"),
]
