"""Kinds of challenge and the versions of their themes and questions. All of it data, loaded by `load_reference`."""

from django.db import models
from django.db.models import F, Q

from peerchallenge.history.tracking import tracked


@tracked
class Framework(models.Model):
    """One version of the themes and questions. Copied onto an engagement, never read by today's date."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    in_force = models.CharField(max_length=160, help_text="in words, such as April 2024 on")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=20, choices=[("sourced", "Sourced"), ("assumed", "Assumed")])
    source = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


@tracked
class Theme(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="themes")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "key"], name="theme_once"),
            models.UniqueConstraint(fields=["framework", "position"], name="theme_place_once"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class Question(models.Model):
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "position"], name="question_place_once")]

    def __str__(self) -> str:
        return self.text


@tracked
class ChallengeType(models.Model):
    """A kind of challenge: its framework, days, team and rules are defaults that an engagement may change."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    abbreviation = models.CharField(max_length=10, unique=True)
    address_suffix = models.SlugField(max_length=40, blank=True, help_text="nothing for corporate; -finance and so on")
    position = models.PositiveSmallIntegerField(default=0)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, null=True, blank=True, related_name="used_by")
    days = models.PositiveSmallIntegerField()
    days_basis = models.CharField(max_length=20)
    days_source = models.TextField(blank=True)
    team = models.JSONField(default=list, help_text='[{"role": …, "count": …}]')
    team_basis = models.CharField(max_length=20)
    team_source = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


@tracked
class MilestoneRule(models.Model):
    """When something is due, in months from the first day on site. Copied nowhere: read with the visit date."""

    type = models.ForeignKey(ChallengeType, on_delete=models.PROTECT, related_name="rules")
    kind = models.SlugField(max_length=40)
    months = models.SmallIntegerField()
    visits_from = models.DateField(null=True, blank=True, help_text="the rule counts for visits from this day on")
    basis = models.CharField(max_length=20)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "kind"], name="milestone_rule_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.months} months"


@tracked
class ElectionDay(models.Model):
    """A poll, and the day its notice is published: from then on the pre-election period runs."""

    class Kind(models.TextChoices):
        GENERAL = "general", "General election"
        LOCAL = "local", "Local elections"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    polls_on = models.DateField()
    notice_on = models.DateField(null=True, blank=True)
    was_held = models.BooleanField(default=True)
    basis = models.CharField(max_length=40)
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "polls_on"], name="election_once"),
            models.CheckConstraint(
                condition=Q(notice_on=None) | Q(notice_on__lte=F("polls_on")), name="notice_before_poll"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.polls_on}"
