from celery import shared_task
from django.utils import timezone

from .erasing import files as erasing
from .ledger import actions as ledger
from .ledger.findings import Halted
from .ledger.verification import verify
from .pack import jobs
from .past import jobs as past
from .reporting import exporting

# So many batches, and notices have their turn.
BATCHES = 20


@shared_task(name="records.sequence_entries")
def sequence_entries():
    """Entries get their place; where they must wait, the admin says so and the log need not, each second."""
    try:
        return ledger.sequence(at=timezone.now(), batches=BATCHES)
    except Halted as halt:
        return halt.finding.code


@shared_task(name="records.verify_records")
def verify_records():
    """Returns how many things are wrong; the admin says which."""
    return verify(at=timezone.now())[0].found


@shared_task(name="records.make_pack")
def make_pack(uuid):
    """One evidence pack that somebody waits for."""
    return jobs.run(uuid=uuid, at=timezone.now())


@shared_task(name="records.make_packs")
def make_packs():
    """Packs whose message was lost, or whose worker was killed."""
    return jobs.run_waiting(at=timezone.now())


@shared_task(name="records.finish_erasures")
def finish_erasures():
    """Files of lawful erasures whose process was killed after the commit."""
    return erasing.finish_all(at=timezone.now())


@shared_task(name="records.write_past_training")
def write_past_training():
    """Files of past training that somebody confirmed; returns how many records were written."""
    return past.run_waiting(at=timezone.now())


@shared_task(name="records.make_export")
def make_export(uuid):
    """One long export that somebody waits for."""
    return exporting.run(uuid=uuid, at=timezone.now())


@shared_task(name="records.make_exports")
def make_exports():
    """Exports whose message was lost, or whose worker was killed; and files that have had their time go."""
    return exporting.run_waiting(at=timezone.now())
