"""A progress report to a committee. Once issued it never changes, and the database refuses an attempt."""

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, TruncDate
from django.urls import reverse

from engagements.models import CouncilRole, Engagement, JointCouncil
from peerchallenge.documents.models import StoredFile
from peerchallenge.history.tracking import tracked
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def spoken_of() -> Least:
    """The day a frozen report speaks of, for `annotate`: its cut-off, or the day it was frozen when that was earlier."""
    return Least("cut_off_on", TruncDate("frozen_at"))


class CommitteeReportQuerySet(models.QuerySet["CommitteeReport"]):
    def visible_to(self, user: "User") -> "CommitteeReportQuerySet":
        """The coordinator and those who run the challenge see reports being written; the others on it issued ones.

        A manager sees those of their own challenges only: of other managers' they know title, dates and stage.
        """
        mine = self.filter(engagement__in=Engagement.objects.visible_to(user))
        if user.sees_everything:
            return mine
        if user.is_lga_staff:
            return mine.filter(engagement__manager=user)
        coordinated = CouncilRole.objects.filter(user=user, role=CouncilRole.Role.COORDINATOR).values("council")
        joint = JointCouncil.objects.filter(council__in=coordinated).values("engagement")
        written_by_me = Q(engagement__council__in=coordinated) | Q(engagement__in=joint)
        return mine.filter(Q(state=CommitteeReport.State.ISSUED) | written_by_me)


@tracked
class CommitteeReport(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        WAITING = "waiting", "Being issued"
        FAULT = "fault", "Could not be issued"
        ISSUED = "issued", "Frozen"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="committee_reports")
    number = models.PositiveIntegerField(help_text="first, second … report on this plan")
    slug = models.SlugField(max_length=40, help_text="the meeting's date, with -2 for a second issue")
    committee = models.CharField(max_length=200)
    meeting_on = models.DateField()
    cut_off_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    words = models.JSONField(default=dict, help_text="the cover block and the parts that people write")
    frozen = models.JSONField(null=True, blank=True, help_text="everything the report shows, as it was at the cut-off")
    template_version = models.CharField(max_length=20, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CommitteeReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="report_number_once"),
            models.UniqueConstraint(fields=["engagement", "slug"], name="report_address_once"),
            models.CheckConstraint(condition=Q(cut_off_on__lte=F("meeting_on")), name="report_cut_off_before_meeting"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (~Q(frozen=None) & ~Q(file=None) & ~Q(issued_at=None)),
                name="report_issued_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="waiting") | ~Q(frozen=None), name="report_waiting_is_frozen"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
            )
        ]

    def __str__(self) -> str:
        return f"the report to {self.committee}, {long_date(self.meeting_on)}"

    def get_absolute_url(self) -> str:
        return reverse("actionplans:report", args=[self.engagement.slug, self.slug])

    def history_about(self) -> list[models.Model]:
        return [self, self.engagement]
