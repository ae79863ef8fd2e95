from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .language import supported


@require_POST
def switch_language(request):
    """Change the language and stay on the same page; kept in the profile, or in a cookie before sign-in."""
    language = supported(request.POST.get("language", "")) or settings.LANGUAGE_CODE
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        there = "/"
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return stay(there, language)


def stay(there, language):
    """A redirect to the same page in that language, which a cookie keeps for when nobody is signed in."""
    with translation.override(translation.get_language_from_path(there) or settings.LANGUAGE_CODE):
        response = HttpResponseRedirect(translate_url(there, language))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
