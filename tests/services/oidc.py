"""An OpenID Connect provider in a process of its own, at which anybody may sign in as anybody."""

import contextlib
import sys

import requests

from .processes import answers, free_port, running


@contextlib.contextmanager
def provider(folder):
    """The issuer's address."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with running(*command, ready=lambda: answers(port), log=folder / "oidc.log"):
        yield f"http://127.0.0.1:{port}"


def user(issuer, claims):
    """Somebody at the provider; `claims` has a "sub"."""
    claims = dict(claims)
    response = requests.put(f"{issuer}/users/{claims.pop('sub')}", json=claims, timeout=10)
    response.raise_for_status()
