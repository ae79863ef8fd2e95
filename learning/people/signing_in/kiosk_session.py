"""A session at a kiosk: it can learn and nothing else, it is short, and it leaves nothing behind."""

import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from . import actions, kiosk_cookie

ATTRIBUTION = "pin_kiosk"
SINCE, SEEN, PLACE = "kiosk_since", "kiosk_seen", "kiosk_place"

# Written no more often than that, as each page asks.
SEEN_EVERY = 20

LESSON = "courses:step"
# Pages that a person comes back to. Any other one means that the next visit begins at what is owed.
PLACES = {"courses:course", LESSON, "quizzes:attempt", "quizzes:review", "quizzes:result"}
LAST_PAGES = {"quizzes:result", "courses:complete", "courses:rate", "records:certificate"}
FILES = {"media", "wagtailimages_serve"}
ALWAYS = FILES | {"people:kiosk_here", "people:switch_language", "account_logout"}
# Denied by default: what is not here answers as if it were not there.
ALLOWED = (
    PLACES
    | LAST_PAGES
    | ALWAYS
    | {
        "assignments:me",
        "assignments:records",
        "courses:index",
        "courses:start",
        "courses:done",
        "courses:attempt",
        "courses:beat",
        "courses:changed",
        "courses:feedback",
        "courses:check",
        "quizzes:save",
        "quizzes:save_all",
        "quizzes:claim",
        "quizzes:submit",
        "content:guide",
        "content:guides",
        "content:help",
        "content:help_page",
        "content:search",
        "people:kiosk",
        "records:check_in",
        "records:check_in_door",
        "records:check_in_quiz",
        "records:verify",
        "records:verify_code",
        "wagtail_serve",
        "wagtaildocs_serve",
    }
)
# Their page is the kiosk's own sign-in.
DOORS = {"account_login"}


def lasts():
    """Seconds of silence after which the server ends it, a little after the longest that a page allows.

    For a browser without JavaScript, or one that fell asleep.
    """
    page, lesson, asks = settings.KIOSK_IDLE
    return max(page, lesson) + asks + 60


def is_one(request):
    return SINCE in request.session and request.user.is_authenticated


def begin(request, at):
    request.session[SINCE] = at.isoformat()
    request.session[SEEN] = at.timestamp()
    request.session.set_expiry(lasts())


def keep_scroll(request, percent):
    """How far down the page they are, so that the next visit begins there."""
    place = request.session.get(PLACE)
    if place and percent.isdecimal() and len(percent) <= 3:
        actions.keep_place(person=request.user, place=f"{place}#at-{percent}")


def _view_name(request):
    return request.resolver_match and request.resolver_match.view_name


def idle(request):
    """What the page needs to know, in seconds of silence: until it asks, for how long, and when the server ends it."""
    page, lesson, asks = settings.KIOSK_IDLE
    ends = lasts() + 1
    if getattr(request, "kiosk_finished", False):
        page = min(page, asks)
    elif _view_name(request) == LESSON:
        return {"after": lesson, "asks": asks, "ends": ends}
    # Elsewhere the time to answer is part of the two minutes.
    asks = min(asks, page // 4)
    return {"after": page - asks, "asks": asks, "ends": ends}


class KioskMiddleware:
    """Knows the device (`request.kiosk`, None elsewhere) and holds its sessions to what a kiosk is for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.kiosk, request.kiosk_idle = None, lambda: idle(request)
        at_kiosk = is_one(request)
        if at_kiosk or kiosk_cookie.NAME in request.COOKIES:
            request.kiosk = kiosk_cookie.kiosk_of(request, request.user if at_kiosk else None)
        if at_kiosk and not self._still(request):
            logout(request)
        elif request.kiosk and request.user.is_authenticated and not at_kiosk:
            # Whichever door they came in by: on a shared device there are kiosk sessions only.
            logout(request)
        response = self.get_response(request)
        if (request.kiosk or at_kiosk) and _view_name(request) not in FILES:
            response["Cache-Control"] = "no-store, private"
        if at_kiosk and not is_one(request):
            _leave_nothing(response)
        elif at_kiosk:
            # The profile keeps the language; a cookie would be for the next person.
            response.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)
            _keep_place(request, response)
        return response

    def _still(self, request):
        """Whether the device is a kiosk still and the person may be there; then the session lives on."""
        if request.kiosk is None:
            return False
        # Whatever else they may do, they may not do it from here.
        request.user._perm_cache = request.user._user_perm_cache = request.user._group_perm_cache = set()
        since = datetime.datetime.fromisoformat(request.session[SINCE])
        request.kiosk_finished = bool(request.kiosk.finished_at and request.kiosk.finished_at >= since)
        now = timezone.now().timestamp()
        if now - request.session[SEEN] > SEEN_EVERY:
            request.session[SEEN] = now
            request.session.set_expiry(lasts())
        return True

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if not is_one(request):
            return redirect("people:kiosk") if request.kiosk and name in DOORS else None
        if name not in ALLOWED:
            raise Http404
        if request.kiosk_finished and name not in LAST_PAGES | ALWAYS:
            logout(request)
            return redirect("people:kiosk")
        return None


def _leave_nothing(response):
    """The next person finds no page in the browser's memory, and the device's own language."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    for name in (settings.LANGUAGE_COOKIE_NAME, "messages"):
        response.delete_cookie(name)
    if response.status_code == 302:
        with translation.override(settings.LANGUAGE_CODE):
            response["Location"] = reverse("people:kiosk")


def _keep_place(request, response):
    name = _view_name(request)
    if request.method != "GET" or response.status_code != 200 or name in ALWAYS:
        return
    place = request.get_full_path() if name in PLACES and not request.kiosk_finished else ""
    if len(place) <= 480 and request.session.get(PLACE) != place:
        request.session[PLACE] = place
        actions.keep_place(person=request.user, place=place)
