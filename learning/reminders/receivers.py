from django.dispatch import receiver

from learning.records.signals import person_erased

from . import mailbox


@receiver(person_erased)
def forget_mail(sender, known, at, **kwargs):
    """What lies in the local mailbox. Before the commit: if that fails, a copy of a mail is gone, and nothing else."""
    mailbox.forget(known.values["email"], known.telling)
