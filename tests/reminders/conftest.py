import pytest


@pytest.fixture
def mailbox(settings, tmp_path):
    """The local mailbox of this test alone, as a demo delivers into it; the module that reads it."""
    settings.GATEHOUSE_HOME = tmp_path
    settings.EMAIL_BACKEND = "learning.reminders.mailbox.MailboxBackend"
    from learning.reminders import mailbox

    return mailbox


@pytest.fixture
def smtp(settings, mail_sink):
    """Mail goes over the network to `mail_sink`."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_sink.port
    return mail_sink
