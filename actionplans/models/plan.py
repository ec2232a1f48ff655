"""The plan of a challenge, the council's answers, its own words for status, and the files it was read from."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from actionplans.positions import ANSWERS_WITH_REASON, Answer, Status
from engagements.models import Council, Engagement, Recommendation
from peerchallenge.documents.models import StoredFile
from peerchallenge.history.tracking import tracked

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@tracked
class Plan(models.Model):
    """One per challenge, from the first action on: which committee hears of it next and when updates close."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="plan")
    committee = models.CharField(max_length=200, blank=True)
    next_meeting_on = models.DateField(null=True, blank=True)
    updates_close_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_by="") | (~Q(approved_on=None) & ~Q(approved_by="")),
                name="plan_approved_by_and_on",
            ),
            models.CheckConstraint(
                condition=Q(updates_close_on=None)
                | Q(next_meeting_on=None)
                | Q(updates_close_on__lte=models.F("next_meeting_on")),
                name="plan_updates_close_before_meeting",
            ),
        ]

    def __str__(self) -> str:
        return "Action plan"

    def history_about(self) -> list[models.Model]:
        return [self.engagement]


class ResponseQuerySet(models.QuerySet["Response"]):
    def visible_to(self, user: "User") -> "ResponseQuerySet":
        return self.filter(recommendation__in=Recommendation.objects.visible_to(user))


@tracked
class Response(models.Model):
    """The council's answer to one recommendation. Apart from the recommendation, which it cannot change."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="response")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=20, choices=Answer.choices, default=Answer.NOT_YET, blank=True)
    reason = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="the answer as the council wrote it")
    answered_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="response_answer_known"),
            models.CheckConstraint(
                condition=~Q(answer__in=ANSWERS_WITH_REASON) | ~Q(reason="") | ~Q(words=""), name="response_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

    def history_about(self) -> list[models.Model]:
        return [self.recommendation, self.engagement]


@tracked
class StatusWord(models.Model):
    """A council's own word for a status, mapped once and remembered for the council."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="status_words")
    label = models.CharField(max_length=80)
    status = models.CharField(max_length=20, choices=Status.choices)
    definition = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("council", Lower("label"), name="status_word_once")]

    def __str__(self) -> str:
        return self.label


class PlanImportQuerySet(models.QuerySet["PlanImport"]):
    def visible_to(self, user: "User") -> "PlanImportQuerySet":
        return self.filter(engagement__in=Engagement.objects.visible_to(user))


@tracked
class PlanImport(models.Model):
    """A file or pasted text on its way into the plan. Nothing is added to the plan before it is confirmed."""

    class State(models.TextChoices):
        OPEN = "open", "Being checked"
        DONE = "done", "Added to the plan"
        LEFT = "left", "Cancelled"
        UNDONE = "undone", "Undone"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="plan_imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=255)
    reading = models.JSONField()
    choices = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True, help_text="ids of what was added, for undoing")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlanImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "left"]) | ~Q(done_at=None), name="plan_import_done_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.source_name

    def history_about(self) -> list[models.Model]:
        return [self.engagement]
