"""One row per operation: the sentence a reader sees in a timeline. What changed is in the event tables."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from peerchallenge.history.tracking import never_emptied


class OperationRecordQuerySet(models.QuerySet["OperationRecord"]):
    def about(self, *things: models.Model) -> "OperationRecordQuerySet":
        """Operations that touched any of `things`."""
        return self.filter(about__overlap=[about_key(thing) for thing in things])


class OperationRecord(models.Model):
    """An operation that was carried out. Its id is the context id of every event it caused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, help_text="module and function")
    sentence = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    about = ArrayField(models.CharField(max_length=80), default=list, help_text="such as engagements.engagement:5")

    objects = OperationRecordQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["about"], name="operation_about")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.sentence


def about_key(thing: models.Model) -> str:
    """The text under which operations on `thing` are found again."""
    return f"{thing._meta.label_lower}:{thing.pk}"
