"""Actions, their owners, what is said about them, and every date they had."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actionplans.models.plan import PlanImport
from actionplans.positions import FINISHED_STATUSES, Confidence, OwnerKind, PositionKind, Precision, Status
from engagements.models import Engagement, Post, Recommendation
from peerchallenge.history.tracking import tracked
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

# The words of a recommendation are fixed before anything is promised about them, and a plan answers its own challenge.
ANSWERS_FINAL_WORDS = pgtrigger.Trigger(
    name="answers_final_words",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("recommendation_id", "engagement_id"),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM engagements_recommendation
            WHERE id = NEW.recommendation_id AND is_final AND engagement_id = NEW.engagement_id
        ) THEN
            RAISE EXCEPTION 'An action answers a final recommendation of its own challenge' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: "User") -> "ActionQuerySet":
        """Everybody on the challenge reads the whole plan."""
        return self.filter(engagement__in=Engagement.objects.visible_to(user))

    def owned_by(self, user: "User", on: dt.date) -> "ActionQuerySet":
        """Actions of posts that `user` holds on a day, whatever the kind of owner.

        The ids are read first: a person owns few actions, and the planner would scan them all for a subquery.
        """
        posts = list(Post.objects.held_by(user, on).values_list("pk", flat=True))
        owned = set(ActionOwner.objects.filter(post__in=posts).values_list("action", flat=True)) if posts else set()
        return self.filter(pk__in=owned)

    def unfinished(self) -> "ActionQuerySet":
        return self.exclude(status__in=FINISHED_STATUSES)

    def overdue(self, today: dt.date) -> "ActionQuerySet":
        """Past the last day of its date and not finished. Worked out, never stored."""
        return self.unfinished().filter(due_on__lt=today)


@tracked
class Action(models.Model):
    """One thing the council does in answer to a recommendation.

    The timescale is kept as written; `due_on` is the last day of the period it names, with its precision. The
    original date stays for ever. `status_label` is the council's own word, `status` the canonical value.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    also_serves = models.ManyToManyField(Recommendation, through="AlsoServes", related_name="also_served_by")
    number = models.PositiveIntegerField(help_text="place within its recommendation")
    ref = models.CharField(max_length=60)
    slug = models.SlugField(max_length=80)
    text = models.TextField(blank=True, help_text="as written; may be empty where the plan has positions only")
    headline = models.TextField(help_text="what pages call it: the text, else what is planned, else what is done")
    timescale = models.CharField(max_length=500, blank=True, help_text="as written")
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.NONE)
    original_timescale = models.CharField(max_length=500, blank=True)
    original_due_on = models.DateField(null=True, blank=True)
    original_due_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.NONE)
    times_moved = models.PositiveSmallIntegerField(default=0)
    status_label = models.CharField(max_length=200, blank=True, help_text="the council's own word")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NOT_STARTED)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.NOT_RATED, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    completed_how = models.TextField(blank=True, help_text="what was done, or what shows it")
    latest_on = models.DateField(null=True, blank=True, help_text="the day of the latest update")
    latest_words = models.TextField(blank=True)
    extra = models.JSONField(default=dict, blank=True, help_text="columns of the council's plan that we do not know")
    brought_by = models.ForeignKey(PlanImport, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    brought_from = models.CharField(max_length=120, blank=True, help_text="such as table 1, row 4")
    form_key = models.UUIDField(null=True, blank=True, unique=True, help_text="the same form sent twice is saved once")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "slug"], name="action_address_once"),
            models.UniqueConstraint(fields=["recommendation", "number"], name="action_number_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="action_status_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="action_confidence_known"),
            models.CheckConstraint(condition=Q(due_precision__in=Precision.values), name="action_precision_known"),
            models.CheckConstraint(condition=~Q(headline=""), name="action_has_headline"),
        ]
        indexes = [
            models.Index(fields=["engagement", "status"], name="action_by_status"),
            models.Index(fields=["engagement", "due_on"], name="action_by_due"),
        ]
        triggers = [
            ANSWERS_FINAL_WORDS,
            pgtrigger.Protect(
                name="original_date_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("original_timescale", "original_due_on", "original_due_precision"),
            ),
        ]

    # What only says again what a reader sees elsewhere in the entry.
    history_hidden = (
        "engagement", "recommendation", "number", "ref", "headline", "due_precision", "original_timescale", "original_due_on",
        "original_due_precision", "times_moved", "latest_on", "latest_words", "brought_by", "brought_from",
    )  # fmt: skip

    history_words = {
        "due_on": "Date",
        "status_label": "Status in the council’s words",
        "completed_how": "What shows it",
    }

    def __str__(self) -> str:
        return f"Action {self.ref}"

    def get_absolute_url(self) -> str:
        return reverse("actionplans:action", args=[self.engagement.slug, self.slug])

    @property
    def status_words(self) -> str:
        """The council's own word where it has one, else ours."""
        return self.status_label or self.get_status_display()

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED_STATUSES

    def days_late(self, today: dt.date) -> int:
        """Days past the due date, 0 when it is not overdue."""
        if self.is_finished or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)

    def history_about(self) -> list[models.Model]:
        return [self, self.recommendation, self.engagement]


@tracked
class AlsoServes(models.Model):
    """An action that answers a further recommendation too."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="further_recommendations")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="served_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "recommendation"], name="also_serves_once")]

    def __str__(self) -> str:
        return f"{self.action_id} also serves {self.recommendation_id}"


@tracked
class ActionOwner(models.Model):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="owners")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="ownerships")
    kind = models.CharField(max_length=12, choices=OwnerKind.choices)
    heading = models.CharField(max_length=120, blank=True, help_text="the council's own word for this kind of owner")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "post", "kind", "heading"], name="owner_once"),
            models.CheckConstraint(condition=Q(kind__in=OwnerKind.values), name="owner_kind_known"),
        ]

    history_hidden = ("action",)

    history_pair = ("kind", "post")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post_id}"


@tracked
class ProgressUpdate(models.Model):
    """What an owner or the coordinator said on a day. Added, never changed. A new status and date come with it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    written_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_post = models.CharField(max_length=200, blank=True)
    done = models.TextField(blank=True)
    next = models.TextField(blank=True)
    no_change = models.BooleanField(default=False)
    status_label = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.NOT_RATED, blank=True)
    from_status_label = models.CharField(
        max_length=200, blank=True, help_text="the status the action had before, so that any day can be shown"
    )
    from_status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    from_confidence = models.CharField(
        max_length=10, choices=Confidence.choices, default=Confidence.NOT_RATED, blank=True
    )
    evidence = models.TextField(blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField()
    action_version = models.PositiveIntegerField(default=1, help_text="the version of the action that this update made")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="the same form sent twice is saved once")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(done="") | ~Q(next="") | Q(no_change=True), name="update_says_something"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="update_status_known"),
        ]
        indexes = [models.Index(fields=["action", "-written_on"], name="update_by_day")]
        triggers = [APPEND_ONLY]

    # The status and the date stand with the action, and who and when with the entry.
    history_hidden = (
        "action", "by", "by_post", "no_change", "status", "status_label", "confidence", "from_status", "from_status_label",
        "from_confidence", "accepted_by", "accepted_at", "action_version", "written_on",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"Update of {self.written_on}"

    @property
    def signed(self) -> str:
        """Who and when: Helen Adeyemi, Director of Policy, 9 August 2024. Needs `by` loaded."""
        name = self.by.name if self.by else ""
        post = self.by_post if self.by_post != name else ""
        return ", ".join(part for part in (name, post, long_date(self.written_on)) if part)

    def history_about(self) -> list[models.Model]:
        return self.action.history_about()


@tracked
class Position(models.Model):
    """One dated statement about an action: done, planned, or a note. The words are as written."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="positions")
    update = models.ForeignKey(
        ProgressUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="positions"
    )
    kind = models.CharField(max_length=8, choices=PositionKind.choices)
    on = models.DateField(null=True, blank=True)
    text = models.TextField()
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="position_has_words"),
            models.UniqueConstraint(fields=["action", "place"], name="position_place_once"),
        ]

    history_hidden = ("action", "update", "kind", "on", "text")

    history_pair = ("kind", "text")

    def __str__(self) -> str:
        return self.text


@tracked
class DateChange(models.Model):
    """One move of an action's date: from, to, why, who asked, who agreed. Added, never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_changes")
    update = models.ForeignKey(
        ProgressUpdate, on_delete=models.PROTECT, null=True, blank=True, related_name="date_changes"
    )
    from_timescale = models.CharField(max_length=500, blank=True)
    from_due_on = models.DateField(null=True, blank=True)
    to_timescale = models.CharField(max_length=500)
    to_due_on = models.DateField(null=True, blank=True)
    to_precision = models.CharField(max_length=10, choices=Precision.choices)
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by = models.CharField(max_length=200)
    agreed_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="date_change_has_reason")]
        triggers = [APPEND_ONLY]

    history_hidden = (
        "action", "update", "from_timescale", "from_due_on", "to_timescale", "to_due_on", "to_precision", "asked_by", "agreed_on",
    )  # fmt: skip

    history_words = {"agreed_by": "Moved by"}

    def __str__(self) -> str:
        return f"{self.from_timescale} to {self.to_timescale}"
