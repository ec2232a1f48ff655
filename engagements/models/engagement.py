"""A peer challenge of one council or of several, its stage, its visit dates with their history, its milestones."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from engagements.milestones import MILESTONES
from engagements.models.council import Council, CouncilRole
from engagements.models.framework import ChallengeType, Framework
from engagements.stages import Stage, Standing
from peerchallenge.history.tracking import tracked
from peerchallenge.web.words import SPACE, day_range

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, user: "User") -> "EngagementQuerySet":
        """Programme office and administrators see all; managers see all (titles, dates, stage; their own in full).

        People of a council see their council's; peers see those they have accepted a place in.
        """
        if user.is_lga_staff:
            return self
        councils = CouncilRole.objects.filter(user=user).values("council")
        return self.filter(
            Q(council__in=councils)
            | Q(pk__in=JointCouncil.objects.filter(council__in=councils).values("engagement"))
            | Q(pk__in=EngagementPeer.objects.current().filter(user=user).values("engagement"))
        )

    def under_way(self) -> "EngagementQuerySet":
        """Not closed and not cancelled."""
        return self.exclude(stage=Stage.CLOSED).exclude(standing=Standing.CANCELLED)


@tracked
class Engagement(models.Model):
    """One peer challenge. On pages it is called a challenge.

    The stage changes only through `engagements.operations.stages.move`; the visit's dates only through
    `engagements.operations.visit`. `slug` is the address, fixed at creation, kept when the visit moves.
    """

    slug = models.SlugField(max_length=100, unique=True)
    reference = models.CharField(max_length=30, unique=True)
    type = models.ForeignKey(ChallengeType, on_delete=models.PROTECT, related_name="engagements")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="engagements")
    other_councils = models.ManyToManyField(Council, through="JointCouncil", related_name="joint_engagements")
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="progress_reviews")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="managed"
    )
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.ASKED)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.ACTIVE)
    visit_starts_on = models.DateField(null=True, blank=True, help_text="none while postponed without a new date")
    visit_ends_on = models.DateField(null=True, blank=True)
    visit_is_confirmed = models.BooleanField(default=False)
    visit_is_month_only = models.BooleanField(
        default=False, help_text="only the month is known: the dates are its first and last day"
    )
    visit_wish = models.CharField(max_length=200, blank=True, help_text="when the council would like it, in its words")
    asked_by = models.CharField(max_length=200, blank=True, help_text="name and post")
    asked_on = models.DateField(null=True, blank=True)
    asked_words = models.TextField(blank=True)
    earlier_challenge = models.CharField(max_length=200, blank=True, help_text="in words, such as December 2013")
    form_key = models.CharField(
        max_length=64, null=True, unique=True, editable=False, help_text="the same form sent twice starts it once"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="engagement_stage_known"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="engagement_standing_known"),
            models.CheckConstraint(
                condition=Q(visit_starts_on=None, visit_ends_on=None) | Q(visit_ends_on__gte=F("visit_starts_on")),
                name="engagement_visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.POSTPONED) | Q(visit_starts_on=None),
                name="engagement_postponed_has_no_date",
            ),
        ]
        indexes = [models.Index(fields=["visit_starts_on"], name="engagement_visit")]

    history_hidden = ("reference", "asked_on")
    history_words = {
        "visit_starts_on": "First day of the visit",
        "visit_ends_on": "Last day of the visit",
        "standing": "State",
    }

    def __str__(self) -> str:
        return f"{self.council.name}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("engagements:overview", args=[self.slug])

    @property
    def title(self) -> str:
        """Such as “Corporate peer challenge 2024”. Needs `type` loaded."""
        return f"{self.type.title} {self.slug_year}".strip()

    @property
    def slug_year(self) -> str:
        """The year in the address: that of the visit when the challenge was agreed."""
        return next((part for part in self.slug.split("-") if part.isdigit() and len(part) == 4), "")

    @property
    def visit_words(self) -> str:
        """Such as “5 to 8 March 2024”, “March 2024” where only the month is known, empty without a date."""
        if self.visit_starts_on is None:
            return ""
        if self.visit_is_month_only:
            return f"{self.visit_starts_on:%B}{SPACE}{self.visit_starts_on.year}"
        return day_range(self.visit_starts_on, self.visit_ends_on)

    @property
    def visit_in_words(self) -> str:
        """As `visit_words`, or that there is no date."""
        return self.visit_words or "no date"

    def history_about(self) -> list[models.Model]:
        return [self]


@tracked
class JointCouncil(models.Model):
    """A further council of a joint challenge."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="joint_councils")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="joint_places")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engagement", "council"], name="joint_council_once")]

    def __str__(self) -> str:
        return f"{self.council_id} in {self.engagement_id}"


@tracked
class VisitDate(models.Model):
    """One entry of the history of the visit's dates. Rows are added, never changed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Confirmed"
        POSTPONED = "postponed", "Postponed, no new date"
        RESCHEDULED = "rescheduled", "Moved to a new date"
        CANCELLED = "cancelled", "Cancelled"

    class Reason(models.TextChoices):
        NONE = "", ""
        GENERAL_ELECTION = "general_election", "General election"
        LOCAL_ELECTIONS = "local_elections", "Local elections"
        COUNCIL = "council_asked", "Council asked"
        TEAM = "team_not_available", "Team not available"
        OTHER = "other", "Something else"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="visit_dates")
    state = models.CharField(max_length=12, choices=State.choices)
    starts_on = models.DateField(null=True, blank=True, help_text="the date this entry sets, or the one it takes away")
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, default=Reason.NONE, blank=True)
    reason_words = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True, help_text="empty where nobody knows the day")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="visit_date_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "confirmed"]) | ~Q(reason=""), name="visit_date_change_has_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    history_hidden = ("state", "starts_on", "ends_on", "decided_on")

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.starts_on or ''}"


@tracked
class StageMove(models.Model):
    """One step of a challenge to another stage, and why it went ahead with something missing. Rows are added, never changed."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="stage_moves")
    source = models.CharField(max_length=20, choices=Stage.choices)
    target = models.CharField(max_length=20, choices=Stage.choices)
    missing = models.JSONField(default=list, blank=True, help_text="codes of the conditions that were not met")
    why = models.TextField(blank=True)
    moved_on = models.DateField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=Stage.values, target__in=Stage.values), name="stage_move_known"
            ),
            models.CheckConstraint(condition=Q(missing=[]) | ~Q(why=""), name="stage_move_anyway_has_reason"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    history_hidden = ("source", "target", "moved_on", "moved_by")

    def __str__(self) -> str:
        return f"“{self.get_target_display()}”"

    def history_about(self) -> list[models.Model]:
        return [self.engagement]


@tracked
class Milestone(models.Model):
    """What is known about one milestone beyond its rule: an agreed other date, when it was done, why late."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="milestones")
    kind = models.SlugField(max_length=40)
    agreed_due_on = models.DateField(null=True, blank=True, help_text="in place of the rule's date")
    agreed_reason = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    planned_on = models.DateField(null=True, blank=True, help_text="booked for this day")
    done_on = models.DateField(null=True, blank=True)
    link = models.URLField(blank=True)
    note = models.TextField(blank=True)
    late_reason = models.TextField(blank=True)
    late_reason_is_public = models.BooleanField(default=False)
    waived_reason = models.TextField(
        blank=True, help_text="why nobody asks for it any more; empty while it is asked for"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "kind"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(agreed_due_on=None) | (~Q(agreed_reason="") & ~Q(agreed_by="")),
                name="milestone_other_date_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"“{MILESTONES[self.kind].title}”" if self.kind in MILESTONES else self.kind

    def history_about(self) -> list[models.Model]:
        return [self.engagement]


class EngagementPeerQuerySet(models.QuerySet["EngagementPeer"]):
    def current(self) -> "EngagementPeerQuerySet":
        """Accepted and not removed."""
        return self.exclude(accepted_on=None).filter(removed_on=None)


@tracked
class EngagementPeer(models.Model):
    """A peer's place in a team."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead peer"
        MEMBER = "member", "Member peer"
        OFFICER = "officer", "Officer peer"
        SHADOW = "shadow", "Shadow peer"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="peers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="places_in_teams")
    role = models.CharField(max_length=10, choices=Role.choices)
    from_council = models.CharField(max_length=160, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)

    objects = EngagementPeerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "user"], condition=Q(removed_on=None), name="peer_once_in_team"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(role="lead", removed_on=None) & ~Q(accepted_on=None),
                name="one_lead_peer",
            ),
        ]

    history_pair = ("role", "user")

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"

    def history_about(self) -> list[models.Model]:
        return [self.engagement]
