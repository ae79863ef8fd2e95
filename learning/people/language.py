from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def supported(code):
    """The installed language for a code such as "es-MX", or None."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None


def preferred_language(request):
    """The profile's language, else the cookie's, else the browser's first that we speak, else English."""
    if request.user.is_authenticated:
        return request.user.language
    if chosen := supported(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        return chosen
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language := supported(code):
            return language
    return settings.LANGUAGE_CODE
