"""Beside the pages of a person in the admin, and in their namespace."""

from django.urls import path

from . import views

urlpatterns = [
    path("leaves/<int:pk>/", views.LeaveView.as_view(), name="leaves"),
    path("stays/<int:pk>/", views.UndoView.as_view(), name="stays"),
    path("hire-again/<int:pk>/", views.HireAgainView.as_view(), name="hire_again"),
    path("confirm/<int:pk>/", views.ConfirmView.as_view(), name="confirm"),
    path("merge/<int:pk>/", views.OtherView.as_view(), name="merge_with"),
    path("merge/<int:pk>/<int:other>/", views.MergeView.as_view(), name="merge"),
]
