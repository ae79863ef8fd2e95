from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("profile/data/", views.my_data, name="my_data"),
    path("mailbox/", views.mailbox_list, name="mailbox"),
    path("mailbox/<slug:key>/", views.mailbox_message, name="mailbox_message"),
    path("mailbox/<slug:key>/html/", views.mailbox_html, name="mailbox_html"),
]
