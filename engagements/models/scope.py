"""What a challenge looks at: the framework's themes as core focus areas, and the council's own."""

from django.db import models

from engagements.models.engagement import Engagement
from peerchallenge.history.tracking import tracked


@tracked
class FocusArea(models.Model):
    class Kind(models.TextChoices):
        CORE = "core", "Core"
        LOCAL = "local", "Local"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="focus_areas")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engagement", "position"], name="focus_area_place_once")]

    history_pair = ("kind", "title")

    def __str__(self) -> str:
        return self.title

    def history_about(self) -> list[models.Model]:
        return [self.engagement]


@tracked
class FocusQuestion(models.Model):
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["focus_area", "position"], name="focus_question_place_once")]

    def __str__(self) -> str:
        return self.text
