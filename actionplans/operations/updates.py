"""Saying where an action is. An update is added, never changed; the action carries what the latest one said."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db.models import Max
from django.db.models.functions import Now

from actionplans.models import Action, Position, ProgressUpdate
from actionplans.operations.adding import refuse_on_track_when_overdue
from actionplans.operations.entries import DueDate, ensure_plan_open, read_due_date
from actionplans.operations.keys import stored_key
from actionplans.operations.plan import move_date, written_as
from actionplans.positions import FINISHED_STATUSES, Confidence, PositionKind, Precision, Status
from engagements.operations.locking import lock
from peerchallenge.access import Refused, Stale
from peerchallenge.history.operations import AlreadyDone, operation
from peerchallenge.web.words import long_date, past_moment

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@operation("updated action {action.ref}")
def update_action(
    action: Action,
    *,
    version: int,
    form_key: uuid.UUID | str,
    done: str = "",
    next: str = "",  # noqa: A002  # the word people use
    no_change: bool = False,
    status: str,
    status_label: str = "",
    confidence: str = "",
    evidence: str = "",
    new_timescale: str = "",
    new_date_reason: str = "",
    by: "User | None",
    today: dt.date,
) -> ProgressUpdate:
    """Record what has happened on an action and where it is now.

    A new status needs a note, a completed action needs what was done, an overdue one cannot be on track, a new date
    needs a reason and keeps the original. Finished actions can be taken up again, with a note. The same `form_key`
    twice is saved once and gives the first update; words written on an older version are `Stale` and lose nothing.
    """
    lock(action)
    ensure_plan_open(action.engagement)
    done, next, evidence = done.strip(), next.strip(), evidence.strip()  # noqa: A001  # as above
    yours = _shown(
        done=done,
        next=next,
        status=status,
        label=status_label,
        confidence=confidence,
        evidence=evidence,
        timescale=new_timescale,
        reason=new_date_reason,
    )
    key = stored_key(form_key)
    if known := ProgressUpdate.objects.filter(form_key=key).first():
        raise _second_press(known, action=action, done=done, status=status, yours=yours)
    if action.version != version:
        raise _stale(action, version=version, yours=yours)

    is_new_status = status != action.status or (
        bool(status_label.strip()) and status_label.strip() != action.status_label
    )
    if no_change and not done and not next:
        if status != action.status:
            raise Refused("You chose a new status. Write what has happened.")
        done = f"No change since {long_date(action.latest_on)}." if action.latest_on else "No change."
    elif not done and not next:
        raise Refused("Write what has happened, or choose ‘Nothing has changed’")
    if status == Status.COMPLETE and status != action.status and not done:
        raise Refused("Say what was done, and what shows it")

    action.version += 1
    update = ProgressUpdate(
        action=action,
        written_on=today,
        by=by,
        by_post=written_as(by, action=action, on=today),
        done=done,
        next=next,
        no_change=no_change,
        status_label=status_label.strip() if is_new_status or status_label else action.status_label,
        status=status,
        confidence=Confidence.NOT_RATED if status in FINISHED_STATUSES else confidence,
        from_status_label=action.status_label,
        from_status=action.status,
        from_confidence=action.confidence,
        evidence=evidence,
        accepted_by=by,
        accepted_at=Now(),
        action_version=action.version,
        form_key=key,
    )
    update.full_clean(exclude=["accepted_at", "action", "by", "accepted_by"])
    update.save()
    update.refresh_from_db(fields=["accepted_at"])

    _carry(action, update)
    if new_timescale.strip():
        due = _later_date(action, new_timescale)
        agreed_by = update.by_post or written_as(by)
        move_date(action, due, reason=new_date_reason, agreed_by=agreed_by, asked_by=by, today=today, update=update)
    refuse_on_track_when_overdue(action, today=today)
    action.save()
    if not no_change:
        _state(action, update)
    return update


def _second_press(
    known: ProgressUpdate, *, action: Action, done: str, status: str, yours: list[tuple[str, str]]
) -> Exception:
    """A second press finds the first update. A key used for other words or another action saves nothing."""
    if known.action_id == action.pk and known.status == status and (known.done == done or known.no_change):
        return AlreadyDone(known)
    theirs = _shown_update(known) if known.action_id == action.pk else []
    message = "This page was sent before. What was saved then is shown beside what you wrote now."
    return Stale(message, theirs=theirs, yours=yours, current=action)


def _stale(action: Action, *, version: int, yours: list[tuple[str, str]]) -> Stale:
    """Both texts side by side: what others saved after the page was opened, and what was typed."""
    newer = list(action.updates.filter(action_version__gt=version).select_related("by").order_by("created_at", "pk"))
    if not newer:
        theirs = [("Action", action.headline), ("Due", action.timescale), ("Status", action.status_words)]
        return Stale(
            "Someone else changed this action after you opened it.", theirs=theirs, yours=yours, current=action
        )
    latest = newer[-1]
    who = latest.by.name if latest.by else "Somebody"
    message = (
        f"{who} saved an update at {past_moment(latest.created_at)}, after you opened this page. "
        "Both are shown below. Choose what to keep."
    )
    theirs = [line for update in newer for line in _shown_update(update)]
    return Stale(message, theirs=theirs, yours=yours, current=action)


def _shown_update(update: ProgressUpdate) -> list[tuple[str, str]]:
    return _shown(
        done=update.done,
        next=update.next,
        status=update.status,
        label=update.status_label,
        confidence=update.confidence,
        evidence=update.evidence,
    )


def _shown(
    *,
    done: str,
    next: str,  # noqa: A002  # as above
    status: str,
    label: str,
    confidence: str,
    evidence: str,
    timescale: str = "",
    reason: str = "",
) -> list[tuple[str, str]]:
    lines = [
        ("What has happened", done),
        ("What comes next", next),
        ("Where it is now", label or str(dict(Status.choices).get(status, status))),
        ("How sure", str(dict(Confidence.choices).get(confidence, confidence)) if confidence else ""),
        ("What shows it is done", evidence),
        ("New date", timescale),
        ("Why more time is needed", reason),
    ]
    return [(question, words) for question, words in lines if words]


def _later_date(action: Action, text: str) -> DueDate:
    """The new date as read. More time means a later day, or no end date at all."""
    if action.status in FINISHED_STATUSES:
        raise Refused("An action that is finished needs no new date")
    due = read_due_date(text)
    if not due.is_readable:
        raise Refused("Enter a date we can read, like 29 November 2024 or Nov 24")
    if action.due_on and due.precision != Precision.ONGOING and (due.on is None or due.on <= action.due_on):
        raise Refused(f"Enter a new date after {long_date(action.due_on)}")
    return due


def _carry(action: Action, update: ProgressUpdate) -> None:
    """Bring the action up to what the update says. Taking it up again clears how it was completed."""
    if update.status == Status.COMPLETE and action.status != Status.COMPLETE:
        action.completed_on = update.written_on
        action.completed_how = update.evidence or update.done
    elif update.status == Status.COMPLETE and update.evidence:
        action.completed_how = update.evidence
    elif update.status not in FINISHED_STATUSES:
        action.completed_on, action.completed_how = None, ""
    action.status = update.status
    action.status_label = update.status_label
    action.confidence = update.confidence
    action.latest_on = update.written_on
    action.latest_words = update.done or update.next


def _state(action: Action, update: ProgressUpdate) -> None:
    """Keep what the update says as dated statements beside those the plan began with."""
    place = (action.positions.aggregate(Max("place"))["place__max"] or 0) + 1
    said = [(PositionKind.DONE, update.done), (PositionKind.PLANNED, update.next)]
    Position.objects.bulk_create(
        Position(action=action, update=update, kind=kind, on=update.written_on, text=text, place=place + step)
        for step, (kind, text) in enumerate((kind, text) for kind, text in said if text)
    )
