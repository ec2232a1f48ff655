"""People. Roles at the LGA are on the person; roles at a council or in a team belong to the apps that know those."""

import datetime
from typing import Any

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from peerchallenge.history.operations import operation
from peerchallenge.history.tracking import tracked_without


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with `email`. Without a password only an e-mailed code lets them in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    @operation("opened the account of {email} as an administrator")
    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator of a service, for `manage.py createsuperuser`; the others are invited."""
        return self.create_user(email, password, **fields, lga_role=LgaRole.ADMINISTRATOR)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email or "")

    def with_address(self, email: str) -> "User | None":
        """The account of an address, open or closed."""
        return self.filter(email__iexact=email.strip()).first()

    def visible_to(self, user: "User") -> models.QuerySet["User"]:
        """The list of everybody is for those who look after accounts; others see themselves."""
        return self.all() if user.sees_everything else self.filter(pk=user.pk)


class LgaRole(models.TextChoices):
    NONE = "", "Not LGA staff"
    PROGRAMME_OFFICE = "programme_office", "Programme office"
    MANAGER = "manager", "Peer challenge manager"
    ADMINISTRATOR = "administrator", "Administrator"


@tracked_without("password", "last_login")
class User(AbstractBaseUser):
    """A person who may sign in. The e-mail address is the user name, whatever its capitals."""

    email = models.EmailField("email address", max_length=254)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=160, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    lga_role = models.CharField(max_length=20, choices=LgaRole.choices, default=LgaRole.NONE, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(condition=models.Q(lga_role__in=LgaRole.values), name="user_lga_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.lga_role == LgaRole.ADMINISTRATOR

    @property
    def is_lga_staff(self) -> bool:
        return self.lga_role != LgaRole.NONE

    @property
    def needs_second_factor(self) -> bool:
        """LGA staff see many councils, so a password alone does not let them in where the settings say so."""
        return settings.SECOND_FACTOR_FOR_STAFF and self.is_lga_staff

    @property
    def sees_everything(self) -> bool:
        """Programme office and administrators see every challenge."""
        return self.lga_role in {LgaRole.PROGRAMME_OFFICE, LgaRole.ADMINISTRATOR}

    def has_perm(self, permission: str, thing: object = None) -> bool:
        """Ask the rules. An administrator's account passes every one; what the stage forbids, operations refuse."""
        if not self.is_active:
            return False
        return self.is_administrator or rules.has_perm(permission, self, thing)

    def history_about(self) -> list[models.Model]:
        return [self]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> "InvitationQuerySet":
        """Those who look after accounts see all; others what they sent."""
        return self if user.sees_everything else self.filter(invited_by=user)

    def open(self, now: object) -> "InvitationQuerySet":
        """Not accepted, not taken back, not past its last moment."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)

    def to(self, role: str, scope_id: int | None) -> "InvitationQuerySet":
        """Invitations to one role at one council, or whatever the role is at."""
        return self.filter(role=role, scope_id=scope_id)


@tracked_without("token_hash")
class Invitation(models.Model):
    """An offer of one role to one address. Its link works once; of its token only the SHA-256 is kept."""

    email = models.EmailField("email address", max_length=254)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=40, help_text="a code of peerchallenge.accounts.roles")
    scope_id = models.BigIntegerField(null=True, blank=True, help_text="the council the role is at, for example")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_accepted_or_revoked"
            ),
        ]
        indexes = [models.Index(fields=["role", "scope_id"], name="invitation_by_role")]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"

    def is_open(self, now: datetime.datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at

    def history_about(self) -> list[models.Model]:
        return [self]
