"""Rate limits of pages that allauth does not know, counted as its own are: by address and by key, in the cache."""

from allauth.core.internal import ratelimit

RATES = {
    # A whole yard activates its slips behind one address; only codes that no slip has are counted.
    "slip": "30/5m/ip",
    # Codes that no certificate has: a yard of papers is checked from one desk, and mistyped now and then.
    "certificate": "60/5m/ip",
    # Codes that no session ever showed: a whole class scans behind one address, and only guesses are counted.
    "check_in": "60/5m/ip",
    # Wrong PINs at one kiosk, whoever's: a shift mistypes a few, a machine that tries all numbers many.
    "kiosk": "60/15m/key",
}


def spent(request, action, key=None):
    """Whether no further wrong try is allowed now."""
    return not _consume(request, action, key, dry_run=True)


def count(request, action, key=None):
    """One wrong try more."""
    _consume(request, action, key, dry_run=False)


def _consume(request, action, key, dry_run):
    return ratelimit.consume(
        request, app="people", action=action, config=RATES, key=key, dry_run=dry_run, limit_get=True
    )
