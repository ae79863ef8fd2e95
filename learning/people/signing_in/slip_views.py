"""Using a slip, for who holds it; issuing one, for the line above the person."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .. import codes
from ..local_days import company_day
from ..models import PositionHeld, Slip
from . import actions, kiosk_cookie, limits, slips
from .attribution import open_session
from .slip_forms import MeansForm

# A code that no slip has is not found; one that is no longer good is gone.
STATUS = {slips.Worth.UNKNOWN: 404}


def _too_many(request):
    return render(request, "429.html", status=429)


@never_cache
@sensitive_post_parameters("code")
def start(request):
    """Where the code of a slip is typed."""
    if request.method != "POST":
        return render(request, "people/start.html", {"code": "", "error": ""})
    if limits.spent(request, "slip"):
        return _too_many(request)
    code = codes.typed(request.POST.get("code", ""))
    if slips.find(code):
        return redirect("people:start_code", code)
    limits.count(request, "slip")
    error = _("No slip has this code. Look at each group of four once more.")
    return render(request, "people/start.html", {"code": request.POST.get("code", "")[:40], "error": error})


@never_cache
@sensitive_post_parameters()
def start_code(request, code):
    """The page of one slip. Looking at it uses nothing up: mail programs and phones look ahead."""
    if limits.spent(request, "slip"):
        return _too_many(request)
    slip, at = slips.find(code), timezone.now()
    if slip is None:
        limits.count(request, "slip")
    if (worth := slips.worth(slip, at)) != slips.Worth.OPEN:
        return _refuse(request, worth)
    form = MeansForm(request.POST or None, person=slip.person)
    if form.is_valid():
        try:
            slip = actions.use_slip(
                code=codes.typed(code),
                password=form.cleaned_data["password"],
                pin=form.cleaned_data.get("pin", ""),
                at=at,
            )
        except actions.Refused as refused:
            return _refuse(request, refused.worth)
        return _after(request, slip)
    return render(request, "people/start_slip.html", {"person": slip.person, "form": form, "slip": slip})


def _refuse(request, worth):
    context = {"worth": worth.value, "words": worth.label}
    return render(request, "people/start_refused.html", context, status=STATUS.get(worth, 410))


def _after(request, slip):
    """Signed in with a new password on one's own device; with a PIN alone, or at a kiosk, told where to go on."""
    person = slip.person
    # Whoever was signed in here before is not who holds the slip.
    logout(request)
    if kiosk_cookie.token_of(request):
        messages.success(request, _("That is set. Sign in here with your number and PIN."))
        return redirect("people:kiosk")
    if not slip.set_password:
        return redirect("people:started")
    if person.works_in_admin:
        # Not past the second factor that the administration asks for.
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("account_login")
    open_session(request, person, attribution="mail_code" if slip.kind == Slip.Kind.MAIL else "supervisor")
    with translation.override(person.language):
        messages.success(
            request,
            _("Your password and your PIN are set.") if slip.set_pin else _("Your password is set."),
        )
        return HttpResponseRedirect(reverse("assignments:me"))


@never_cache
def started(request):
    """A PIN was set, which works at kiosks only."""
    return render(request, "people/started.html")


@login_required
@never_cache
def issue(request, uuid):
    """A new slip for somebody of the own line: asked first, then made and shown once."""
    at = timezone.now()
    person = get_object_or_404(slips.issuable_by(request.user, at), uuid=uuid)
    if request.method != "POST":
        held = PositionHeld.objects.on(company_day(at)).filter(person=person).select_related("position", "facility")
        open_slip = Slip.objects.filter(
            person=person, used_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=at
        ).first()
        context = {"person": person, "held": held, "open_slip": open_slip}
        return render(request, "people/slip_issue.html", context)
    # Not redirected: the code is kept nowhere. Sent again, this makes another slip, and the one shown last is good.
    slip, code = actions.issue_slip(person=person, kind=slips.right_of(request.user), by=request.user, at=at)
    return render(request, "people/slips.html", {"cards": [slips.card(slip, code)], "one": person})
