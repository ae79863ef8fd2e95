from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from .importing import jobs as import_jobs
from .inviting import actions as inviting
from .inviting.telling import tell_hr


@shared_task(name="people.clear_sessions")
def clear_sessions():
    """Sessions that ran out stay in the table until somebody takes them away."""
    call_command("clearsessions")


@shared_task(name="people.write_to_people")
def write_to_people():
    """Invitations that are due, and what HR is to be told of slips."""
    at = timezone.now()
    return inviting.send_invitations(at=at) | {"told": tell_hr(at=at)}


@shared_task(name="people.run_import")
def run_import(uuid):
    """The check or the writing of one import, whichever it waits for."""
    return import_jobs.run(uuid=uuid, at=timezone.now())


@shared_task(name="people.run_imports")
def run_imports():
    """Imports whose message was lost, or whose worker was killed; and uploads that nobody confirmed go."""
    return import_jobs.run_waiting(at=timezone.now())
