"""The words of the plan as tables: statuses, confidence, precision of dates, answers to a recommendation."""

from django.db import models

from peerchallenge.web.parts import CONFIDENCE_MEANINGS, STATUS_MEANINGS

__all__ = [
    "ANSWERS_WITH_REASON",
    "CONFIDENCE_MEANINGS",
    "FINISHED_STATUSES",
    "OPEN_STATUSES",
    "STATUS_MEANINGS",
    "STATUS_ORDER",
    "Answer",
    "Confidence",
    "OwnerKind",
    "PositionKind",
    "Precision",
    "Status",
]


class Status(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DELAYED = "delayed", "Delayed"
    COMPLETE = "complete", "Complete"
    ONGOING = "ongoing", "Ongoing"
    SUPERSEDED = "superseded", "Superseded"
    CLOSED = "closed", "Business as usual"


# In the order of the bar and of every count.
STATUS_ORDER = [
    Status.COMPLETE,
    Status.IN_PROGRESS,
    Status.DELAYED,
    Status.NOT_STARTED,
    Status.ONGOING,
    Status.SUPERSEDED,
    Status.CLOSED,
]
OPEN_STATUSES = [Status.NOT_STARTED, Status.IN_PROGRESS, Status.DELAYED, Status.ONGOING]
FINISHED_STATUSES = [Status.COMPLETE, Status.SUPERSEDED, Status.CLOSED]


class Confidence(models.TextChoices):
    NOT_RATED = "", "Not rated"
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"


class Precision(models.TextChoices):
    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter of the council’s year"
    SEASON = "season", "Season"
    YEAR = "year", "Year"
    ONGOING = "ongoing", "Ongoing"
    NONE = "none", "No date"
    UNPARSED = "unparsed", "Not read as a date"


class Answer(models.TextChoices):
    """The council's answer to a recommendation."""

    NOT_YET = "", "Not yet given"
    ACCEPTED = "accepted", "Accepted"
    IN_PART = "accepted_in_part", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    COVERED = "already_covered", "Already covered"


ANSWERS_WITH_REASON = [Answer.IN_PART, Answer.NOT_ACCEPTED, Answer.COVERED]


class OwnerKind(models.TextChoices):
    ACCOUNTABLE = "accountable", "Accountable"
    RESPONSIBLE = "responsible", "Responsible"
    OTHER = "other", "Other owner"


class PositionKind(models.TextChoices):
    DONE = "done", "Done"
    PLANNED = "planned", "Planned"
    NOTE = "note", "Note"
