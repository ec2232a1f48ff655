"""What a coordinator does to the plan: open it, add and change actions, answer recommendations, plan the next report."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from actionplans.models import (
    Action,
    ActionOwner,
    AlsoServes,
    DateChange,
    Plan,
    PlanImport,
    ProgressUpdate,
    Response,
)
from actionplans.operations.adding import NewAction, add_actions, refuse_on_track_when_overdue
from actionplans.operations.entries import (
    DueDate,
    OwnerEntry,
    PositionEntry,
    ensure_answerable,
    ensure_plan_open,
    headline_of,
    read_due_date,
)
from actionplans.operations.keys import stored_key
from actionplans.positions import ANSWERS_WITH_REASON, Answer
from engagements.models import Engagement, Post, Recommendation
from engagements.operations.councils import post_named
from engagements.operations.locking import lock
from peerchallenge.access import Refused, Stale
from peerchallenge.history.operations import AlreadyDone, operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

__all__ = [
    "OwnerEntry",
    "PositionEntry",
    "add_action",
    "answer_recommendation",
    "change_action",
    "open_plan",
    "plan_next_report",
]

CHANGED = "Someone else changed this after you opened it. Both are shown below. Choose what to keep."


@operation("opened the action plan")
def open_plan(engagement: Engagement, *, by: "User | None") -> Plan:
    """The plan of a challenge, made when it is first asked for. Refused before the report is final."""
    ensure_plan_open(engagement)
    plan, _ = Plan.objects.get_or_create(engagement=engagement)
    return plan


@operation("added action {result.ref}")
def add_action(
    recommendation: Recommendation,
    *,
    text: str = "",
    owners: Iterable[OwnerEntry] = (),
    timescale: str = "",
    status_label: str = "",
    status: str | None = None,
    confidence: str = "",
    positions: Iterable[PositionEntry] = (),
    extra: Mapping[str, Any] | None = None,
    also_serves: Iterable[Recommendation] = (),
    brought_by: PlanImport | None = None,
    brought_from: str = "",
    form_key: uuid.UUID | str | None = None,
    by: "User | None",
    today: dt.date,
) -> Action:
    """Add an action to a final recommendation, after those it has.

    The timescale given now is the original one for ever. An action may have no text where the council wrote
    positions only; with neither it is refused. The same `form_key` twice gives the action of the first time.
    """
    ensure_answerable(recommendation)
    lock(recommendation)  # one at a time, so that a key sent twice is found
    key = stored_key(form_key) if form_key else None
    if key and (known := Action.objects.filter(form_key=key).first()):
        raise AlreadyDone(known)
    wanted = NewAction(
        recommendation=recommendation,
        text=text,
        owners=tuple(owners),
        timescale=timescale,
        status_label=status_label,
        status=status,
        confidence=confidence,
        positions=tuple(positions),
        extra=dict(extra or {}),
        brought_from=brought_from,
        form_key=key,
    )
    [action] = add_actions(recommendation.engagement, [wanted], brought_by=brought_by, by=by, today=today)
    _serve_also(action, also_serves)
    return action


@operation("changed action {action.ref}")
def change_action(
    action: Action,
    *,
    version: int,
    text: str | None = None,
    owners: Iterable[OwnerEntry] | None = None,
    timescale: str | None = None,
    date_reason: str = "",
    agreed_by: str = "",
    extra: Mapping[str, Any] | None = None,
    also_serves: Iterable[Recommendation] | None = None,
    by: "User | None",
    today: dt.date,
) -> Action:
    """Change what an action says, who owns it or its date. What is None stays as it is.

    A new date needs a reason; the original one stays. The status changes only through an update, with a note.
    """
    lock(action)
    ensure_plan_open(action.engagement)
    if action.version != version:
        yours = [("What will the council do?", text), ("Timescale", timescale), ("Why the date changes", date_reason)]
        raise Stale(
            CHANGED,
            theirs=[("What will the council do?", action.text), ("Timescale", action.timescale)],
            yours=[(question, words) for question, words in yours if words],
            current=action,
        )
    if text is not None:
        action.text = text.strip()
        action.headline = headline_of(action.text, statements_of(action))
        if not action.headline:
            raise Refused("Write what the council will do")
    if timescale is not None and timescale.strip() != action.timescale:
        due = read_due_date(timescale)
        move_date(action, due, reason=date_reason, agreed_by=agreed_by or written_as(by), asked_by=by, today=today)
    if extra is not None:
        action.extra = dict(extra)
    refuse_on_track_when_overdue(action, today=today)
    action.version += 1
    action.full_clean(validate_unique=False)
    action.save()
    if owners is not None:
        set_owners(action, owners, by=by)
    if also_serves is not None:
        _serve_also(action, also_serves)
    return action


@operation("answered {recommendation}")
def answer_recommendation(
    recommendation: Recommendation,
    *,
    answer: str,
    reason: str = "",
    words: str = "",
    version: int | None = None,
    by: "User | None",
    today: dt.date,
) -> Response:
    """Record the council's answer. All but a plain "accepted" say why. The recommendation itself does not change.

    `version` is that of the answer the person read, None when there was none. The same answer twice is saved once.
    """
    ensure_answerable(recommendation)
    if answer in ANSWERS_WITH_REASON and not reason.strip() and not words.strip():
        raise Refused("Say why the council gives this answer")
    lock(recommendation)  # of two first answers at once, one is stale
    response = Response.objects.filter(recommendation=recommendation).first()
    said = (answer, reason.strip(), words.strip())
    if response is None:
        response = Response(recommendation=recommendation, engagement=recommendation.engagement, version=0)
    elif (response.answer, response.reason, response.words) == said:
        raise AlreadyDone(response)
    elif response.version != version:
        raise Stale(
            CHANGED,
            theirs=[("Answer", response.get_answer_display()), ("Why", response.reason or response.words)],
            yours=[("Answer", str(Answer(answer).label)), ("Why", reason or words)],
            current=response,
        )
    response.answer, response.reason, response.words = said
    response.answered_on = today if answer else None
    response.version += 1
    response.full_clean()
    response.save()
    return response


@operation("planned the next report, to {committee}")
def plan_next_report(
    plan: Plan,
    *,
    committee: str,
    next_meeting_on: dt.date | None,
    updates_close_on: dt.date | None,
    version: int,
    by: "User | None",
) -> Plan:
    """Say which committee hears of the plan next, on what day, and until when updates are taken."""
    lock(plan)
    ensure_plan_open(plan.engagement)
    if plan.version != version:
        raise Stale(
            CHANGED,
            theirs=[("Committee", plan.committee), ("Meeting", str(plan.next_meeting_on or ""))],
            yours=[("Committee", committee), ("Meeting", str(next_meeting_on or ""))],
            current=plan,
        )
    if updates_close_on and next_meeting_on and updates_close_on > next_meeting_on:
        raise Refused("Updates must close on the day of the meeting or before")
    plan.committee = committee.strip()
    plan.next_meeting_on = next_meeting_on
    plan.updates_close_on = updates_close_on
    plan.version += 1
    plan.full_clean()
    plan.save()
    return plan


def move_date(
    action: Action,
    due: DueDate,
    *,
    reason: str,
    agreed_by: str,
    asked_by: "User | None",
    today: dt.date,
    update: ProgressUpdate | None = None,
) -> DateChange:
    """Give `action` another date and keep the move. The caller saves the action. A first date needs no reason."""
    is_first = not action.timescale and action.due_on is None
    if not due.text:
        raise Refused("Enter a date. A date that was given can be changed but not taken away.")
    if not is_first and not reason.strip():
        raise Refused("Say why the date changes")
    change = DateChange.objects.create(
        action=action,
        update=update,
        from_timescale=action.timescale,
        from_due_on=action.due_on,
        to_timescale=due.text,
        to_due_on=due.on,
        to_precision=due.precision,
        reason=reason.strip() or "First date given",
        asked_by=asked_by,
        agreed_by=agreed_by or "The council",
        agreed_on=today,
    )
    action.timescale, action.due_on, action.due_precision = due.text, due.on, due.precision
    if not is_first:
        action.times_moved += 1
    return change


def written_as(by: "User | None", *, action: Action | None = None, on: dt.date | None = None) -> str:
    """The post under which a person writes: one that owns the action, else their job title, else their name."""
    if by is None:
        return ""
    if action is not None and on is not None:
        held = Post.objects.held_by(by, on).filter(ownerships__action=action).order_by("ownerships__position", "pk")
        if title := held.values_list("title", flat=True).first():
            return title
    return by.job_title or by.name


def statements_of(action: Action) -> list[PositionEntry]:
    rows = action.positions.order_by("place")
    return [PositionEntry(kind=row.kind, on=row.on, text=row.text) for row in rows]


def set_owners(action: Action, owners: Iterable[OwnerEntry], *, by: "User | None") -> None:
    """Make the owners of `action` exactly these, in this order. Posts the council does not have yet are added."""
    kept: set[int] = set()
    for position, entry in enumerate((entry for entry in owners if entry.title.strip()), start=1):
        post = post_named(entry.title, council=action.engagement.council, by=by)
        owner, _ = ActionOwner.objects.update_or_create(
            action=action, post=post, kind=entry.kind, heading=entry.heading.strip(), defaults={"position": position}
        )
        kept.add(owner.pk)
    action.owners.exclude(pk__in=kept).delete()


def _serve_also(action: Action, recommendations: Iterable[Recommendation]) -> None:
    wanted = {recommendation.pk for recommendation in recommendations if recommendation.pk != action.recommendation_id}
    of_this_challenge = Recommendation.objects.filter(engagement=action.engagement, pk__in=wanted)
    if of_this_challenge.count() != len(wanted):
        raise Refused("Choose recommendations of this challenge")
    action.further_recommendations.exclude(recommendation__in=wanted).delete()
    for recommendation in of_this_challenge.order_by("position"):
        AlsoServes.objects.get_or_create(action=action, recommendation=recommendation)
