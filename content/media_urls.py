from django.urls import path

from . import media

urlpatterns = [path("media/<path:path>", media.serve, name="media")]
