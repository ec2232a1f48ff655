"""The peer team's recommendations. Once final the words are fixed: the database refuses a change."""

import functools
import operator
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from engagements.models.engagement import Engagement
from engagements.models.scope import FocusArea
from peerchallenge.history.tracking import tracked

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


FIXED_ONCE_FINAL = ("engagement_id", "ref", "slug", "tier", "text", "parent_id", "is_final")
FINAL_AND_CHANGED = pgtrigger.Q(old__is_final=True) & functools.reduce(
    operator.or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in FIXED_ONCE_FINAL)
)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: "User") -> "RecommendationQuerySet":
        """Final ones for everybody on the challenge; drafts for the team and LGA staff only."""
        mine = self.filter(engagement__in=Engagement.objects.visible_to(user))
        if user.is_lga_staff:
            return mine
        return mine.filter(Q(is_final=True) | Q(engagement__peers__in=user.places_in_teams.current())).distinct()


@tracked
class Recommendation(models.Model):
    class Tier(models.TextChoices):
        KEY = "key", "Key recommendation"
        FURTHER = "further", "Further recommendation"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="recommendations")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=40, blank=True, help_text="as written, such as 3(a); may be empty")
    slug = models.SlugField(max_length=60)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.KEY)
    text = models.TextField()
    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    theme = models.CharField(max_length=300, blank=True, help_text="as written in the plan, where it is no focus area")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    is_final = models.BooleanField(default=False)
    final_on = models.DateField(null=True, blank=True, help_text="none where the day is not known")
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "slug"], name="recommendation_address_once"),
            models.UniqueConstraint(fields=["engagement", "position"], name="recommendation_place_once"),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_has_words"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="final_words_stay",
                operation=pgtrigger.Update,
                condition=FINAL_AND_CHANGED,
            ),
            pgtrigger.Protect(
                name="final_stays", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__is_final=True)
            ),
        ]

    history_hidden = ("tier", "is_final", "ref")

    def __str__(self) -> str:
        return f"Recommendation {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("actionplans:recommendation", args=[self.engagement.slug, self.slug])

    @property
    def label(self) -> str:
        """The reference as written, or its place in the list where the report gives none."""
        return self.ref or str(self.position)

    def history_about(self) -> list[models.Model]:
        return [self, self.engagement]
