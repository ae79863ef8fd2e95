import os

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from learning.records.ledger.verification import verify
from learning.records.pack.verify import Wrong, report

WIDTH = 40


class Command(BaseCommand):
    help = (
        "Check the whole ledger, and all records against it; or an evidence pack, without the database. Says in a "
        "sentence what is wrong and where, and exits non-zero then."
    )

    def add_arguments(self, parser):
        parser.add_argument("pack", nargs="?", metavar="PACK.zip", help="an evidence pack, in the place of the ledger")
        parser.add_argument("--also", metavar="OTHER.zip", help="another pack, to show that both are of one ledger")
        parser.add_argument("--key", default="", help="the public key that the pack must be signed with")

    def handle(self, *args, pack=None, also=None, key="", **options):
        if pack:
            return self._pack(pack, also, key)
        if also or key:
            raise CommandError("Name the pack first.")
        # Other processes see only what is committed.
        processes = 1 if connection.in_atomic_block else min(4, os.cpu_count())
        check, findings = verify(at=timezone.now(), each=self._progress, processes=processes)
        if self._shows():
            self.stderr.write("\r" + " " * (WIDTH + 20) + "\r", ending="")
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"Findings: {check.found}, in {check.entries} entries and what they tell of.")
        self.stdout.write(f"{check.entries} entries and all records agree.")

    def _pack(self, pack, also, key):
        try:
            self.stdout.write("\n".join(report(pack, also, key)))
        except Wrong as wrong:
            raise CommandError(f"Refused. {wrong}")

    def _shows(self):
        return self.stderr.isatty()

    def _progress(self, done, total):
        share = done / total
        if self._shows():
            bar = ("#" * round(WIDTH * share)).ljust(WIDTH)
            self.stderr.write(f"\r[{bar}] {share:4.0%}", ending="", style_func=str)
            self.stderr.flush()
