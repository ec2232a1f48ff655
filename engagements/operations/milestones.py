"""What is known of a milestone beyond its rule: when it was done, booked, another date agreed, why it is late."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from engagements.milestones import VISIT
from engagements.models import Engagement, Milestone
from engagements.operations.locking import ensure_current, lock
from engagements.stages import Standing
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@operation("recorded {result}")
def record_milestone(
    engagement: Engagement,
    *,
    kind: str,
    done_on: dt.date | None = None,
    planned_on: dt.date | None = None,
    link: str = "",
    note: str = "",
    late_reason: str = "",
    late_reason_is_public: bool = False,
    agreed_due_on: dt.date | None = None,
    agreed_reason: str = "",
    agreed_by: str = "",
    waived_reason: str = "",
    empties: Collection[str] = (),
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Milestone:
    """Record facts of one milestone. What is left out stays as it was, unless `empties` names it."""
    lock(engagement)
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled.")
    if kind == VISIT or not engagement.type.rules.filter(kind=kind).exists():
        raise Refused("This kind of challenge has no such date.")
    if done_on and done_on > today:
        raise Refused("The day it was done must be today or earlier.")
    begun = engagement.visit_starts_on
    if done_on and begun and done_on < begun and engagement.parent_id is None:
        raise Refused(f"The visit began on {long_date(begun)}. Enter that day or a later one.")
    if agreed_due_on and not (agreed_reason.strip() and agreed_by.strip()):
        raise Refused("Say why another date was agreed, and who agreed it.")
    milestone, is_new = Milestone.objects.get_or_create(engagement=engagement, kind=kind)
    yours = {"done_on": done_on, "planned_on": planned_on, "agreed_due_on": agreed_due_on}
    if not is_new:
        ensure_current(
            milestone,
            version,
            theirs=[(FIELDS[field], _shown(getattr(milestone, field))) for field in yours],
            yours=[(FIELDS[field], _shown(value)) for field, value in yours.items()],
        )
        milestone.version += 1
    facts = yours | {
        "link": link,
        "note": note,
        "late_reason": late_reason,
        "agreed_reason": agreed_reason,
        "agreed_by": agreed_by,
        "waived_reason": waived_reason,
    }
    for field, value in facts.items():
        if value or field in empties:
            setattr(milestone, field, value)
    if late_reason or "late_reason" in empties:
        milestone.late_reason_is_public = bool(late_reason) and late_reason_is_public
    milestone.full_clean()
    milestone.save()
    return milestone


FIELDS = {"done_on": "Done on", "planned_on": "Booked for", "agreed_due_on": "Agreed date"}


def _shown(day: dt.date | None) -> str:
    return long_date(day) if day else "No date"
