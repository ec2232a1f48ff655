"""The outbox."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from peerchallenge.history.tracking import tracked_without

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: "User") -> "LetterQuerySet":
        """The programme office and administrators look after the outbox; nobody else sees letters."""
        return self if user.sees_everything else self.none()

    def unsent(self) -> "LetterQuerySet":
        return self.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING])


@tracked_without("sealed")
class Letter(models.Model):
    """One e-mail to one person. `key` says what it is for, so that asking twice writes one letter.

    A letter with a link or code that lets somebody in keeps its words sealed until it is sent, then not at all.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not sent"

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    sealed = models.TextField(blank=True, help_text="the encrypted words of a letter with a secret, until it is sent")
    is_secret = models.BooleanField(default=False)
    why = models.CharField(max_length=300, help_text="why this person gets it")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, help_text="what the mail server said")
    written_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="when a worker began to send it")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "failed"]), name="letter_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | ~Q(sent_at=None), name="letter_sent_has_moment"),
            models.CheckConstraint(condition=Q(is_secret=False) | Q(text="", html=""), name="letter_secret_is_sealed"),
        ]
        indexes = [models.Index(fields=["state", "written_at"], name="letter_by_state")]

    def __str__(self) -> str:
        return self.subject
