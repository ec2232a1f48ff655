"""Files that are kept as they were: a row for each, its content in the private store under its own SHA-256."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models

from peerchallenge.documents.faults import FileFault
from peerchallenge.history.tracking import tracked

PDF = "application/pdf"


class StoredFileManager(models.Manager["StoredFile"]):
    def keep(self, content: bytes, *, name: str, content_type: str, by: Any, now: datetime) -> "StoredFile":
        """Store `content` for ever. The file is on disk before the row exists, so a row never points at nothing."""
        digest = hashlib.sha256(content).hexdigest()
        stored = self.model(
            sha256=digest,
            size=len(content),
            content_type=content_type,
            original_name=name[-200:],
            created_at=now,
            created_by=by,
        )
        stored.full_clean()
        if not (storages["default"].exists(stored.place) and _is_whole(stored)):
            storages["default"].save(stored.place, ContentFile(content))
        stored.save(force_insert=True, using=self._db)
        return stored


@tracked
class StoredFile(models.Model):
    """One file as it was given or made. The database refuses to change or delete it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    original_name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StoredFileManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="stored_file_sha256_is_one"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.original_name

    @property
    def place(self) -> str:
        """The name of the content in the store."""
        return f"{self.sha256[:2]}/{self.sha256}"

    def read(self) -> bytes:
        """The content, exactly as it was stored; `FileFault` when it is gone or another."""
        try:
            with storages["default"].open(self.place) as file:
                content = file.read()
        except FileNotFoundError as fault:
            raise FileFault(f"“{self.original_name}” is missing from the store of files.") from fault
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise FileFault(f"“{self.original_name}” is not the file that was stored (its SHA-256 differs).")
        return content


def _is_whole(stored: StoredFile) -> bool:
    try:
        stored.read()
    except FileFault:
        return False
    return True
