from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from learning.assignments.actions import apply_requirements_today
from learning.people.local_days import company_zone
from learning.reminders import actions
from learning.reminders.mail import Courses
from learning.reminders.models import Notice
from learning.reminders.when import moment


class Command(BaseCommand):
    help = "Sweep assignments and notices as of a moment, and print who gets what. Running it again sends nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--on",
            metavar="WHEN",
            help="a date (the end of that day) or a date and time, with offset or in the company's zone; without, now",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, send nothing, only print")

    def handle(self, *args, on, dry_run, **options):
        self.courses = Courses()
        now = timezone.now()
        at = now if on is None else self._moment(on)
        if at > now and not settings.DEMO and not dry_run:
            raise CommandError(f"--on {on}: in the future. Outside demo mode add --dry-run, which sends nothing.")
        if dry_run:
            self._foretell(at)
            return
        apply_requirements_today(at=at)
        actions.plan_notices(at=at)
        counts = actions.send_notices(at=at, each=self._print)
        self.stdout.write(
            f"{counts['sent']} sent ({counts['mail']} mail, {counts['in_app']} in-app), "
            f"{counts['dropped']} dropped, {counts['failed']} failed"
        )

    def _moment(self, text):
        try:
            return moment(text, company_zone())
        except (ValueError, OverflowError):
            raise CommandError(f"--on {text}: not a date or time; write one like 2026-12-01 or 2026-12-01T08:00.")

    def _foretell(self, at):
        number = 0
        with transaction.atomic():
            apply_requirements_today(at=at)
            actions.plan_notices(at=at)
            waiting = Notice.objects.waiting(at).select_related("person", "assignment").order_by("planned_at", "pk")
            for notice in waiting.iterator(chunk_size=1000):
                if not actions.verdict(notice, at)[0]:
                    self._print(notice)
                    number += 1
            transaction.set_rollback(True)
        self.stdout.write(f"{number} would be sent")

    def _print(self, notice):
        person, assignment = notice.person, notice.assignment
        course = self.courses.outline(assignment.course_key, settings.LANGUAGE_CODE).title
        channel = "mail" if person.email else "in-app"
        self.stdout.write(
            f"{person.number}\t{person.get_full_name()}\t{notice.get_stage_display()}\t"
            f"{course}\t{assignment.due_on}\t{channel}"
        )
