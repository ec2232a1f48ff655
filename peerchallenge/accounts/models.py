"""People. Roles at the LGA are on the person; roles at a council or in a team belong to the apps that know those."""

from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from peerchallenge.history.tracking import tracked_without


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with `email`. Without a password only an e-mailed code lets them in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email or "")


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
    def sees_everything(self) -> bool:
        """Programme office and administrators see every challenge."""
        return self.lga_role in {LgaRole.PROGRAMME_OFFICE, LgaRole.ADMINISTRATOR}

    def has_perm(self, permission: str, thing: object = None) -> bool:
        """Ask the rules. An administrator's account passes every one; what the stage forbids, operations refuse."""
        if not self.is_active:
            return False
        return self.is_administrator or rules.has_perm(permission, self, thing)
