"""The dates of the visit: proposed, confirmed, postponed, moved, cancelled. Every change keeps the date before it.

`month_only` says that only the month is known: the days given are its first and last.
`decided_on` is None where nobody knows the day.
"""

import datetime as dt
from typing import TYPE_CHECKING

from engagements.clock import add_months
from engagements.models import Engagement, VisitDate
from engagements.operations.challenges import ensure_range
from engagements.operations.locking import ensure_current, lock
from engagements.stages import Stage, Standing, is_from
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation
from peerchallenge.web.words import day_range

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

State = VisitDate.State


def _open_for_change(
    engagement: Engagement, version: int | None, starts_on: dt.date | None = None, ends_on: dt.date | None = None
) -> None:
    """Lock the challenge. Its visit can change until the team is on site, and not after it was cancelled."""
    lock(engagement)
    yours = day_range(starts_on, ends_on) if starts_on else "No date"
    ensure_current(engagement, version, theirs=[("Visit", engagement.visit_in_words)], yours=[("Visit", yours)])
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled. Start another one.")
    if is_from(engagement.stage, Stage.ON_SITE):
        raise Refused("The visit has begun, so its date can no longer change.")


def _ensure_dates(starts_on: dt.date, ends_on: dt.date | None, month_only: bool) -> None:
    if starts_on is None:
        raise Refused("Enter the first day of the visit.")
    ensure_range(starts_on, ends_on)
    if month_only and not is_whole_month(starts_on, ends_on):
        raise Refused("Where only the month is known, give its first and last day.")


def is_whole_month(starts_on: dt.date, ends_on: dt.date | None) -> bool:
    return ends_on is not None and starts_on.day == 1 and ends_on + dt.timedelta(days=1) == add_months(starts_on, 1)


def _ensure_agreement(
    reason: str, reason_words: str, agreed_by: str, decided_on: dt.date | None, today: dt.date
) -> None:
    if reason not in VisitDate.Reason.values or not reason:
        raise Refused("Choose why.")
    if reason == VisitDate.Reason.OTHER and not reason_words.strip():
        raise Refused("Say why.")
    if not agreed_by.strip():
        raise Refused("Enter who agreed it.")
    if decided_on and decided_on > today:
        raise Refused("The day it was agreed must be today or earlier.")


def _record(
    engagement: Engagement, state: str, starts_on: dt.date | None, ends_on: dt.date | None, **facts: object
) -> VisitDate:
    entry = VisitDate(engagement=engagement, state=state, starts_on=starts_on, ends_on=ends_on, **facts)
    entry.full_clean(exclude=["recorded_by"])
    entry.save()
    return entry


def _set_visit(
    engagement: Engagement,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    *,
    confirmed: bool,
    standing: str,
    month_only: bool = False,
) -> None:
    engagement.visit_starts_on = starts_on
    engagement.visit_ends_on = ends_on
    engagement.visit_is_confirmed = confirmed
    engagement.visit_is_month_only = month_only
    engagement.standing = standing
    engagement.version += 1
    engagement.save()


@operation("proposed a date for the visit: {result.visit_in_words}")
def propose_visit(
    engagement: Engagement,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    agreed_by: str = "",
    month_only: bool = False,
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """Put a date forward. A confirmed date is moved instead, so that the old one and the reason are kept."""
    _ensure_dates(starts_on, ends_on, month_only)
    _open_for_change(engagement, version, starts_on, ends_on)
    if engagement.visit_is_confirmed:
        raise Refused(f"The visit is confirmed for {engagement.visit_in_words}. Move it instead and say why.")
    ends_on = ends_on or starts_on + dt.timedelta(days=engagement.type.days - 1)
    _record(engagement, State.PROPOSED, starts_on, ends_on, agreed_by=agreed_by, decided_on=today, recorded_by=by)
    _set_visit(engagement, starts_on, ends_on, confirmed=False, standing=Standing.ACTIVE, month_only=month_only)
    return engagement


@operation("confirmed the visit: {result.visit_in_words}")
def confirm_visit(
    engagement: Engagement,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None,
    agreed_by: str,
    month_only: bool = False,
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """Fix the date of the visit. A postponed challenge is under way again. A confirmed date is moved instead."""
    _ensure_dates(starts_on, ends_on, month_only)
    _open_for_change(engagement, version, starts_on, ends_on)
    if engagement.visit_is_confirmed:
        raise Refused(f"The visit is confirmed for {engagement.visit_in_words}. Move it instead and say why.")
    if not agreed_by.strip():
        raise Refused("Enter who agreed it.")
    _record(engagement, State.CONFIRMED, starts_on, ends_on, agreed_by=agreed_by, decided_on=today, recorded_by=by)
    _set_visit(engagement, starts_on, ends_on, confirmed=True, standing=Standing.ACTIVE, month_only=month_only)
    return engagement


@operation("postponed the visit without a new date")
def postpone_visit(
    engagement: Engagement,
    *,
    reason: str,
    reason_words: str = "",
    agreed_by: str,
    decided_on: dt.date | None,
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """Take the visit's date away. The date, the reason and who agreed stay on record."""
    _open_for_change(engagement, version)
    if engagement.visit_starts_on is None:
        raise Refused("There is no date to postpone.")
    _ensure_agreement(reason, reason_words, agreed_by, decided_on, today)
    _record(
        engagement,
        State.POSTPONED,
        engagement.visit_starts_on,
        engagement.visit_ends_on,
        reason=reason,
        reason_words=reason_words,
        agreed_by=agreed_by,
        decided_on=decided_on,
        recorded_by=by,
    )
    _set_visit(engagement, None, None, confirmed=False, standing=Standing.POSTPONED)
    return engagement


@operation("moved the visit: {result.visit_in_words}")
def move_visit(
    engagement: Engagement,
    *,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str,
    reason_words: str = "",
    agreed_by: str,
    decided_on: dt.date | None,
    month_only: bool = False,
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """Give the visit a new, confirmed date. Every date counted from the visit moves with it."""
    _ensure_dates(starts_on, ends_on, month_only)
    _open_for_change(engagement, version, starts_on, ends_on)
    if (starts_on, ends_on) == (engagement.visit_starts_on, engagement.visit_ends_on):
        raise Refused(f"The visit is on {engagement.visit_in_words} already. Enter another date.")
    _ensure_agreement(reason, reason_words, agreed_by, decided_on, today)
    _record(
        engagement,
        State.RESCHEDULED,
        starts_on,
        ends_on,
        reason=reason,
        reason_words=reason_words,
        agreed_by=agreed_by,
        decided_on=decided_on,
        recorded_by=by,
    )
    _set_visit(engagement, starts_on, ends_on, confirmed=True, standing=Standing.ACTIVE, month_only=month_only)
    return engagement


@operation("cancelled {engagement}")
def cancel(
    engagement: Engagement,
    *,
    reason: str,
    reason_words: str = "",
    agreed_by: str,
    decided_on: dt.date | None,
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """End a challenge before its visit. It stays in the records and can no longer change."""
    _open_for_change(engagement, version)
    _ensure_agreement(reason, reason_words, agreed_by, decided_on, today)
    _record(
        engagement,
        State.CANCELLED,
        engagement.visit_starts_on,
        engagement.visit_ends_on,
        reason=reason,
        reason_words=reason_words,
        agreed_by=agreed_by,
        decided_on=decided_on,
        recorded_by=by,
    )
    _set_visit(engagement, None, None, confirmed=False, standing=Standing.CANCELLED)
    return engagement
