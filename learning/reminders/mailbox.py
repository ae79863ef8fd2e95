"""The local mailbox: where mail goes when no mail server is configured. A Maildir in GATEHOUSE_HOME."""

import email
import email.policy
import hashlib
import mailbox
import os
import re
import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

KEY = re.compile(r"[0-9a-f]{32}")


def folder():
    return Path(settings.GATEHOUSE_HOME) / "mailbox"


class MailboxBackend(BaseEmailBackend):
    """Stores each message once: one whose Message-ID is there already is taken for the same and dropped."""

    def send_messages(self, messages):
        stored = 0
        for message in messages or []:
            if message.recipients():
                store(message.message())
                stored += 1
        return stored


def store(message):
    """Deliver one message; the name of its file comes from the Message-ID, so that a repeat meets itself."""
    box = folder()
    for name in ("tmp", "new", "cur"):
        (box / name).mkdir(parents=True, exist_ok=True)
    draft = box / "tmp" / uuid.uuid4().hex
    draft.write_bytes(message.as_bytes(linesep="\n"))
    try:
        # Unlike a rename, a link never replaces what is there.
        os.link(draft, box / "new" / key_of(message["Message-ID"]))
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def key_of(message_id):
    return hashlib.sha256(message_id.encode()).hexdigest()[:32]


def keys():
    """Keys of all messages, newest first."""
    new = folder() / "new"
    if not new.is_dir():
        return []
    entries = [entry for entry in os.scandir(new) if KEY.fullmatch(entry.name)]
    # Equal times (a coarse clock) fall back to the name, so that pages do not shuffle.
    entries.sort(key=lambda entry: (entry.stat().st_mtime_ns, entry.name), reverse=True)
    return [entry.name for entry in entries]


def message(key):
    """The parsed message, or None."""
    if not KEY.fullmatch(key) or not (folder() / "new").is_dir():
        return None
    try:
        with mailbox.Maildir(folder(), create=False).get_file(key) as file:
            return email.message_from_binary_file(file, policy=email.policy.default)
    except KeyError:
        return None


def part(message, subtype):
    """The text of the plain or html part, or None."""
    body = message.get_body(preferencelist=(subtype,))
    return body.get_content() if body else None


def forget(addresses, pattern):
    """Delete the messages to one of these addresses, and those in whose text the pattern finds somebody."""
    for key in keys():
        found = message(key)
        if found and (_goes_to(found, addresses) or pattern.search(_text(found))):
            (folder() / "new" / key).unlink(missing_ok=True)


def _goes_to(message, addresses):
    to = (address.addr_spec.lower() for name in ("to", "cc") for address in getattr(message[name], "addresses", ()))
    return not addresses.isdisjoint(to)


def _text(message):
    texts = (part(message, subtype) for subtype in ("plain", "html"))
    return "\n".join([message["subject"] or "", *(text for text in texts if text)])
