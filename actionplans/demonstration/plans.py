"""Plans of the demonstration: actions, owners, updates and new dates, with months counted from the day of loading."""

import datetime as dt
import uuid
from typing import Any

from actionplans.models import Action
from actionplans.operations.plan import OwnerEntry, PositionEntry, add_action, answer_recommendation
from actionplans.operations.updates import update_action
from actionplans.positions import Answer, OwnerKind, PositionKind, Status
from engagements.models import Engagement, Recommendation
from peerchallenge.accounts.models import User


def load_plan(engagement: Engagement, entries: list[dict[str, Any]], *, today: dt.date) -> None:
    """Answer each recommendation and add its actions with what has been said about them."""
    by_ref = {recommendation.ref: recommendation for recommendation in engagement.recommendations.all()}
    for entry in entries:
        recommendation = by_ref[entry["ref"]]
        answer_recommendation(
            recommendation,
            answer=entry.get("answer", Answer.ACCEPTED),
            reason=entry.get("reason", ""),
            by=None,
            today=today,
        )
        if "actions" in entry:
            for action in entry["actions"]:
                _add_invented(recommendation, action, today=today)
        else:
            _add_published(recommendation, entry, today=today)


def _owners(entry: dict[str, Any]) -> list[OwnerEntry]:
    return [
        OwnerEntry(entry["accountable"], OwnerKind.ACCOUNTABLE),
        OwnerEntry(entry["responsible"], OwnerKind.RESPONSIBLE),
    ]


def _add_published(recommendation: Recommendation, entry: dict[str, Any], *, today: dt.date) -> None:
    """An action as a council published it: what is done and what is planned, owners, timescale, status."""
    add_action(
        recommendation,
        owners=_owners(entry),
        timescale=entry["timescale"],
        status_label=entry["status"],
        positions=[
            PositionEntry(PositionKind.DONE, None, entry["done"]),
            PositionEntry(PositionKind.PLANNED, None, entry["planned"]),
        ],
        by=None,
        today=today,
    )


def _add_invented(recommendation: Recommendation, entry: dict[str, Any], *, today: dt.date) -> None:
    timescale = entry.get("timescale") or month_words(today, entry["due"])
    settled = entry["status"] if entry["status"] == Status.ONGOING else Status.NOT_STARTED
    action = add_action(
        recommendation,
        text=entry["text"],
        owners=_owners(entry),
        timescale=timescale,
        status=settled,
        by=None,
        today=today,
    )
    updates = entry.get("updates", [])
    for place, update in enumerate(updates, start=1):
        is_last = place == len(updates)
        _say(action, update, entry if is_last else {}, today=today)
        action.refresh_from_db()


def _say(action: Action, update: dict[str, Any], settled: dict[str, Any], *, today: dt.date) -> None:
    status = update.get("status") or settled.get("status") or Status.IN_PROGRESS
    new_due = update.get("new_due")
    update_action(
        action,
        version=action.version,
        form_key=uuid.uuid4(),
        done=update["done"],
        next=update.get("next", ""),
        status=status,
        confidence=settled.get("confidence", ""),
        evidence=update.get("evidence", ""),
        new_timescale=month_words(today, new_due) if new_due is not None else "",
        new_date_reason=update.get("new_reason", ""),
        by=_holder(action),
        today=today - dt.timedelta(days=update["ago"]),
    )


def _holder(action: Action) -> User | None:
    """Who would write the update: the holder of the responsible post, if that person can sign in."""
    owner = action.owners.filter(kind=OwnerKind.RESPONSIBLE).first()
    holding = owner.post.holdings.filter(until_on=None).select_related("user").first() if owner else None
    return holding.user if holding else None


def month_words(today: dt.date, months: int) -> str:
    """A month as plans write it, such as “Oct 24”, so many months from now."""
    years, month = divmod(today.month - 1 + months, 12)
    return f"{dt.date(today.year + years, month + 1, 1):%b %y}"
