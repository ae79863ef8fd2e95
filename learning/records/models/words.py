"""The fixed words of a record. Exports, packs and the ledger carry the values; they are a contract."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    ONLINE = "online", _("online")
    CLASSROOM = "classroom", _("classroom")
    TOOLBOX_TALK = "toolbox_talk", _("toolbox talk")
    ON_THE_JOB = "on_the_job", _("on the job")
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")


# Where a record without a check says that somebody was present, and no more.
IN_PERSON = (Method.CLASSROOM, Method.TOOLBOX_TALK, Method.ON_THE_JOB)


class Check(models.TextChoices):
    QUIZ = "quiz", _("quiz")
    OBSERVED = "observed", _("observed skill")
    NONE = "none", _("none")


class Source(models.TextChoices):
    SERVER_GRADED = "server_graded", _("graded by this server")
    INSTRUCTOR_ATTESTED = "instructor_attested", _("attested by the instructor")
    PACKAGE_REPORTED = "package_reported", _("reported by a package")
    IMPORTED = "imported", _("imported")


class Attribution(models.TextChoices):
    PASSWORD = "password", _("password")
    PASSWORD_2FA = "password_2fa", _("password and second factor")
    MAIL_CODE = "mail_code", _("code by mail")
    PASSKEY = "passkey", _("passkey")
    SSO = "sso", _("single sign-on")
    PIN_KIOSK = "pin_kiosk", _("PIN at a kiosk")
    SUPERVISOR = "supervisor", _("supervisor")
    PAPER = "paper", _("paper")
    IMPORT = "import", _("import")


class Status(models.TextChoices):
    """What a record is worth on a date; derived from rows, never stored."""

    VALID = "valid", _("valid")
    EXPIRED = "expired", _("expired")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
