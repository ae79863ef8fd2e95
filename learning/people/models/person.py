import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import limits, names
from ..managers import PersonManager
from .company import Facility, validate_time_zone

SUPERVISORS = "Supervisors"


class Tag(models.Model):
    """A word that the company sorts people by beside what HR's file says: forklift, first aid, night shift."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.name


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who must be trained, known by a staff number; the account that signs in is the same row.

    Never deleted: records point here. A merged account keeps its rows and names its successor in `merged_into`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("staff number"), max_length=40, unique=True)
    first_name = models.CharField(_("first name"), max_length=120)
    last_name = models.CharField(_("last name"), max_length=120, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    badge = models.CharField(_("badge"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Empty means the zone of the facility."),
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="people", verbose_name=_("tags"))
    is_active = models.BooleanField(_("may sign in"), default=True)
    limited_to = models.ManyToManyField(
        Facility,
        blank=True,
        related_name="limited_people",
        verbose_name=_("only for these facilities"),
        help_text=_("What HR and supervisors see is limited to people of these facilities. None means all."),
    )
    to_confirm = models.BooleanField(
        _("to be confirmed by HR"), default=False, help_text=_("Added quickly at the gate; HR has not looked yet.")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    # What `matching` looks in: without accents and capitals. Kept by `save`; bulk writes set it themselves.
    search_key = models.TextField(default="", editable=False)
    # Part of the hash that every session carries: one more, and all sessions of this person have ended.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        ordering = ["last_name", "first_name", "number"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            # Sign-in ignores case: of two numbers that differ only in it neither could sign in.
            models.UniqueConstraint(
                Lower("number"),
                name="people_person_number_once",
                violation_error_message=_("Somebody else has this staff number."),
            ),
            # Mail signs in: two people behind one address would each be the other.
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="people_person_email_once",
                violation_error_message=_("Somebody else has this email address."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="people_person_not_merged_into_self",
                violation_error_message=_("A person cannot be merged into the same person."),
            ),
        ]

    def __str__(self):
        return f"{self.get_full_name()} · {self.number}"

    def save(self, *args, **kwargs):
        self.search_key = names.search_key(self)
        # Only with what it is made of: a sign-in must not write back a name that HR is changing.
        if names.SEARCHED.intersection(fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret=None):
        # Django's own covers the password; ours ends sessions for other reasons too.
        return salted_hmac(
            "people.Person.session", f"{self.password} {self.session_generation}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    get_full_name.short_description = _("name")
    get_full_name.admin_order_field = "last_name"

    def get_short_name(self):
        return self.first_name

    @property
    def initials(self):
        return "".join(part[0] for part in (self.first_name, self.last_name) if part).upper()

    def has_perm(self, perm, obj=None):
        # The one place where limits narrow a role, so that every page, menu and button agrees.
        return super().has_perm(perm, obj) and not (limits.forbids(perm) and self.facility_limits)

    @cached_property
    def facility_limits(self):
        """Ids of the facilities whose people are all that this user may see; empty for no limit."""
        # Of whoever is signed in it was read with the person whether there are any.
        if not getattr(self, "is_limited", True):
            return []
        return list(self.limited_to.values_list("pk", flat=True))

    @property
    def has_second_factor(self):
        return self.authenticator_set.exclude(type="recovery_codes").exists()

    @cached_property
    def works_in_admin(self):
        """Whether a group of theirs opens the admin."""
        # Of whoever is signed in it was read with the person whether there are any.
        return self.is_superuser or (
            getattr(self, "has_role", True) and self.groups.filter(permissions__codename="access_admin").exists()
        )

    @cached_property
    def leads_crew(self):
        """Whether there is a crew to look after, for whoever is signed in: reports, or the role of a supervisor."""
        return self.has_reports or (self.has_role and self.groups.filter(name=SUPERVISORS).exists())
