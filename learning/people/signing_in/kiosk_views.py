"""The shared tablet: signing in by number and PIN, setting the device up, and who set up which."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .. import leading
from ..local_days import company_day
from ..models import Facility, Kiosk
from . import actions, keypad, kiosk_cookie, kiosk_session, limits, pins
from .attribution import open_session
from .kiosk_forms import KioskForm

TYPED = "kiosk_typed"


@never_cache
@sensitive_post_parameters()
def kiosk(request):
    """The staff number, typed or scanned. Each key of the pad is a button, for a page without JavaScript."""
    if kiosk_session.is_one(request):
        return redirect(settings.SIGNED_IN_HOME)
    if request.kiosk is None:
        return render(request, "people/kiosk_none.html", {"may_enrol": _may_enrol(request.user)})
    typed, done = keypad.press(request.POST, "number", 60)
    error = ""
    if done and typed:
        request.session[TYPED] = typed
        request.session.set_expiry(kiosk_session.lasts())
        return redirect("people:kiosk_pin")
    if done:
        error = _("Type your staff number, or scan your badge.")
    response = render(request, "people/kiosk.html", {"typed": typed, "error": error, "forgets_after": _forgets_after()})
    # Begun anew on every visit: a browser keeps a cookie for 400 days at most.
    kiosk_cookie.give(response, kiosk_cookie.token_of(request))
    return response


def _forgets_after():
    return settings.KIOSK_IDLE[0] // 60 or 1


@never_cache
@sensitive_post_parameters()
def pin(request):
    """The PIN of the number that was typed before."""
    number = request.session.get(TYPED)
    if request.kiosk is None or not number or request.user.is_authenticated:
        return redirect("people:kiosk")
    typed, done = keypad.press(request.POST, "pin", pins.DIGITS)
    error = ""
    if done:
        at = timezone.now()
        device = str(request.kiosk.uuid)
        try:
            if limits.spent(request, "kiosk", device):
                raise pins.Locked
            return _enter(request, pins.check(number, typed, at), at)
        except pins.NoMatch:
            limits.count(request, "kiosk", device)
            error = _("Number and PIN do not match. After five wrong PINs a number is locked for 15 minutes.")
        except pins.Locked:
            error = _("Too many wrong PINs. Wait 15 minutes, or ask your supervisor for a new slip.")
        typed = ""
    context = {"number": number, "typed": typed, "error": error, "digits": pins.DIGITS}
    return render(request, "people/kiosk_pin.html", context)


def _enter(request, pin, at):
    open_session(request, pin.person, attribution=kiosk_session.ATTRIBUTION)
    kiosk_session.begin(request, at)
    with translation.override(pin.person.language):
        response = HttpResponseRedirect(pin.place or reverse(settings.SIGNED_IN_HOME))
    # Chosen at the door, for the door; from here on the profile's counts.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_POST
def forget(request):
    """Not me: the typed number goes."""
    request.session.flush()
    return redirect("people:kiosk")


@require_POST
def here(request):
    """Somebody is still at the kiosk: reading, scrolling or watching, without asking the server for anything."""
    if not kiosk_session.is_one(request):
        return HttpResponse(status=401)
    kiosk_session.keep_scroll(request, request.POST.get("at", ""))
    return HttpResponse(status=204)


def _may_enrol(user):
    return user.is_authenticated and (
        user.has_perm("people.change_person") or leading.leads(user, company_day(timezone.now()))
    )


def _facilities(user):
    """Where this user sets up kiosks: HR everywhere, supervisors where their crew works. 404 for who may nowhere."""
    if not _may_enrol(user):
        raise Http404
    if not user.has_perm("people.change_person"):
        return leading.facilities_of(user, company_day(timezone.now())).order_by("name")
    facilities = Facility.objects.order_by("name")
    return facilities.filter(pk__in=user.facility_limits) if user.facility_limits else facilities


@login_required
@never_cache
def enrol(request):
    """This device becomes a kiosk, and whoever set it up is signed out on it."""
    facilities = _facilities(request.user)
    form = KioskForm(request.POST or None, facilities=facilities)
    if not form.is_valid():
        return render(request, "people/kiosk_enrol.html", {"form": form, "facilities": facilities})
    _kiosk, token = actions.enrol_kiosk(
        facility=form.cleaned_data["facility"], name=form.cleaned_data["name"], by=request.user, at=timezone.now()
    )
    logout(request)
    response = redirect("people:kiosk")
    kiosk_cookie.give(response, token)
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@login_required
@never_cache
def kiosks(request):
    """The kiosks of the facilities that this user looks after."""
    rows = Kiosk.objects.filter(facility__in=_facilities(request.user), withdrawn_at__isnull=True)
    return render(request, "people/kiosks.html", {"kiosks": rows.select_related("facility", "enrolled_by")})


@login_required
@never_cache
def withdraw(request, uuid):
    """Asks first: somebody may be in the middle of a quiz on it."""
    rows = Kiosk.objects.filter(facility__in=_facilities(request.user), withdrawn_at__isnull=True)
    row = get_object_or_404(rows.select_related("facility"), uuid=uuid)
    if request.method != "POST":
        return render(request, "people/kiosk_withdraw.html", {"row": row})
    actions.withdraw_kiosk(kiosk=row, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s” is no shared tablet any more.") % {"name": row.name})
    return redirect("people:kiosks")
