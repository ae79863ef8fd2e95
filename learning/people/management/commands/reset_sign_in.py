from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format

from learning.people import codes
from learning.people.models import Slip
from learning.people.signing_in import actions, slips, standing
from learning.people.signing_in.backend import find


class Command(BaseCommand):
    help = "Print a new slip for somebody who is locked out, as an administrator who lost phone and password may be."

    def add_arguments(self, parser):
        parser.add_argument("number", help="staff number")

    def handle(self, *, number, **options):
        at = timezone.now()
        person = find(number)
        if person is None:
            raise CommandError("Nobody has this staff number.")
        if not standing.may_sign_in(person, at):
            raise CommandError("This account may not sign in: it was stopped or merged, or the person has left.")
        slip, code = actions.issue_slip(person=person, kind=Slip.Kind.COMMAND, at=at)
        self.stdout.write(f"Slip for {person.get_full_name()}, {person.number}")
        self.stdout.write(f"Open  {slips.address(code, person.language)}")
        self.stdout.write(f"Code  {codes.spoken(code)}")
        self.stdout.write(f"Works once, until {date_format(slip.last_day)}. All sessions of the account have ended.")
