"""Ways through the doors, for tests."""

import base64
import hashlib
import hmac
import re
import struct
import time

from ..factory import PASSWORD

ADDRESS = "127.0.0.1"


def sign_in(client, login, password=PASSWORD, address="/sign-in/", remote=ADDRESS, **data):
    return client.post(address, {"login": login, "password": password} | data, REMOTE_ADDR=remote)


def errors(response):
    return list(response.context["form"].non_field_errors())


def field_errors(response, name):
    return list(response.context["form"].errors.get(name, []))


def who(client):
    """The primary key of whoever is signed in, as a text, or None."""
    return client.session.get("_auth_user_id")


def wait(done):
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        time.sleep(0.01)


def arrived(mailoutbox, count=1):
    """Mails leave from a thread: wait until that many have."""
    wait(lambda: len(mailoutbox) >= count)
    assert len(mailoutbox) == count
    return mailoutbox[-1]


def nothing_arrives(mailoutbox, count=0):
    time.sleep(0.3)
    assert len(mailoutbox) == count


def code_in(message):
    return re.search(r"^([A-Z]{4}-[A-Z]{4})$", message.body, re.MULTILINE)[1]


def address_in(message):
    return re.search(r"^https?://\S+$", message.body, re.MULTILINE)[0]


def totp(secret, at=None, step=30):
    """The six digits of RFC 6238, computed without the code under test."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int((time.time() if at is None else at) // step))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_app(client):
    """Sets up an app in a session that is fresh; returns its secret and the recovery codes."""
    page = client.get("/profile/second-factor/app/")
    secret = page.context["form"].secret
    done = client.post("/profile/second-factor/app/", {"code": totp(secret)})
    assert done.headers["Location"] == "/profile/second-factor/codes/"
    return secret, client.get("/profile/second-factor/codes/").context["unused_codes"]
