"""Councils, their posts and who holds them, and what people are at a council."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from engagements.words import GOVERNANCE_WORDS, GovernanceWords
from peerchallenge.history.tracking import tracked

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


class CouncilQuerySet(models.QuerySet["Council"]):
    def visible_to(self, user: "User") -> "CouncilQuerySet":
        """LGA staff see every council; others the councils they have a role at."""
        if user.is_lga_staff:
            return self
        return self.filter(Q(roles__user=user) | Q(engagements__peers__in=user.places_in_teams.current())).distinct()


@tracked
class Council(models.Model):
    class Type(models.TextChoices):
        COUNTY = "county", "County"
        DISTRICT = "district", "District or borough"
        UNITARY = "unitary", "Unitary"
        METROPOLITAN = "metropolitan", "Metropolitan"
        LONDON = "london_borough", "London borough"
        FIRE = "fire", "Fire and rescue authority"
        COMBINED = "combined_authority", "Combined authority"
        PARISH = "parish", "Parish or town"
        OTHER = "other", "Other"

    class Governance(models.TextChoices):
        UNKNOWN = "", "Not known"
        CABINET = "leader_cabinet", "Leader and cabinet"
        COMMITTEE = "committee", "Committee system"
        MAYOR = "elected_mayor", "Elected mayor"

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField("GSS code", max_length=12, null=True, blank=True, unique=True)
    type = models.CharField(max_length=20, choices=Type.choices)
    region = models.CharField(max_length=60, blank=True)
    governance = models.CharField(max_length=20, choices=Governance.choices, default="", blank=True)
    website = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="the last day the council existed")
    notes = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False, help_text="made up for the demonstration")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="council_ends_after_start",
            ),
        ]
        indexes = [models.Index(Lower("name"), name="council_name_lower")]

    def __str__(self) -> str:
        return self.name

    @property
    def governance_words(self) -> GovernanceWords:
        """What this council calls its executive, its leader and its portfolio holders."""
        return GOVERNANCE_WORDS[self.governance]

    def history_about(self) -> list[models.Model]:
        return [self]


@tracked
class Succession(models.Model):
    """One council followed another at reorganisation. A council may have several predecessors and successors."""

    predecessor = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="follows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} followed by {self.successor_id}"


@tracked
class CouncilRole(models.Model):
    """What a person is at a council. A person may have several roles."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", "Council coordinator"
        OWNER = "action_owner", "Action owner"
        ACCOUNTABLE = "accountable", "Accountable person"
        CLERK = "clerk", "Committee clerk"
        READER = "reader", "Reader"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_roles")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "council", "role"], name="council_role_once")]

    history_pair = ("role", "user")

    def __str__(self) -> str:
        return self.get_role_display()


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: "User") -> "PostQuerySet":
        return self.filter(council__in=Council.objects.visible_to(user))

    def held_by(self, user: "User", on: object) -> "PostQuerySet":
        """Posts that `user` holds on a day."""
        return self.filter(
            Q(holdings__until_on=None) | Q(holdings__until_on__gte=on), holdings__user=user, holdings__from_on__lte=on
        )


@tracked
class Post(models.Model):
    """A job title, a body or a committee of a council. Owners of actions are posts, so the plan keeps its meaning."""

    class Kind(models.TextChoices):
        POST = "post", "Post"
        BODY = "body", "Body"
        COMMITTEE = "committee", "Committee"

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POST)
    contact = models.CharField(max_length=200, blank=True, help_text="who to ask, for a body")
    version = models.PositiveIntegerField(default=1)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("council", Lower("title"), name="post_once_per_council"),
            models.CheckConstraint(condition=~Q(title=""), name="post_has_title"),
        ]

    history_pair = ("kind", "title")

    def __str__(self) -> str:
        return self.title

    def history_about(self) -> list[models.Model]:
        return [self, self.council]


@tracked
class PostHolding(models.Model):
    """Who holds a post, from when, until when. One holder at a time; a holder may have no sign-in."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings"
    )
    name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True, help_text="the last day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(until_on=None), name="post_one_holder_now"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="holding_ends_after_start"
            ),
        ]

    history_words = {"from_on": "From", "until_on": "Until", "user": "Signs in as"}

    def __str__(self) -> str:
        return self.name
