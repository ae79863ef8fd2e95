"""A mail server that delivers to a list."""

import contextlib
import email
import email.policy

from aiosmtpd.controller import Controller

from .processes import free_port


class Sink:
    """What arrived, as parsed messages in order of arrival."""

    def __init__(self):
        self.port = free_port()
        self.messages = []

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@contextlib.contextmanager
def sink():
    mail = Sink()
    controller = Controller(mail, hostname="127.0.0.1", port=mail.port)
    controller.start()
    try:
        yield mail
    finally:
        controller.stop()
