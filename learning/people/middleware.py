from django.http import HttpResponseRedirect
from django.urls import translate_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

from .language import preferred_language


class PreferredLanguageMiddleware:
    """Django ignores cookie and browser at an unprefixed root; this sends people on to the prefix of their language.

    Only from English (unprefixed) addresses that have a translation: nobody is sent away from a prefix they chose,
    and the admin, files and health pages stay where they are.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in ("GET", "HEAD") and translation.get_language() == "en":
            language = preferred_language(request)
            # Two slashes at the beginning would name another site.
            path = escape_leading_slashes(request.get_full_path())
            if language != "en" and (there := translate_url(path, language)) != path:
                response = HttpResponseRedirect(there)
                patch_vary_headers(response, ("Cookie", "Accept-Language"))
                return response
        return self.get_response(request)


class LocalTimeMiddleware:
    """Shows times in the zone noted at sign-in: by UTC, a course finished in the evening would be dated tomorrow."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(request.session.get("zone")):
            return self.get_response(request)
