"""Adding actions to a plan, one from a page or many from a file: the same rules, a fixed number of statements."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from actionplans.models import Action, ActionOwner, Plan, PlanImport, Position, StatusWord
from actionplans.operations.entries import OwnerEntry, PositionEntry, ensure_plan_open, headline_of, read_due_date
from actionplans.positions import FINISHED_STATUSES, Confidence, PositionKind, Status
from actionplans.reading import parse_status
from engagements.models import Engagement, Recommendation
from engagements.operations.councils import posts_named, tidy_title
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

NOT_ON_TRACK = "An action past its date cannot be on track. Choose At risk or Off track, or say it is complete."
RELATED = ["engagement", "recommendation", "brought_by"]


@dataclass(frozen=True)
class NewAction:
    """An action to add, in the words of whoever wrote it. Status: the canonical value, else read from the label."""

    recommendation: Recommendation
    text: str = ""
    owners: Sequence[OwnerEntry] = ()
    timescale: str = ""
    status_label: str = ""
    status: str | None = None
    confidence: str = ""
    positions: Sequence[PositionEntry] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    brought_from: str = ""
    form_key: uuid.UUID | None = None

    @property
    def statements(self) -> list[PositionEntry]:
        return [entry for entry in self.positions if entry.text.strip()]


@operation("added actions")
def add_actions(
    engagement: Engagement,
    wanted: Sequence[NewAction],
    *,
    brought_by: PlanImport | None = None,
    by: "User | None",
    today: dt.date,
) -> list[Action]:
    """Add actions to final recommendations of one challenge, each after those its recommendation has. All or none.

    The timescale given now is the original one for ever.
    """
    ensure_plan_open(engagement)
    numbers = _numbers(engagement, {entry.recommendation.pk for entry in wanted})
    settled = dict(StatusWord.objects.filter(council=engagement.council).values_list("label", "status"))
    words = {label.casefold(): status for label, status in settled.items()}
    actions = []
    for entry in wanted:
        if not entry.recommendation.is_final:
            raise Refused(
                f"Recommendation {entry.recommendation.label} is still a draft. Actions can be added when it is final."
            )
        numbers[entry.recommendation.pk] += 1
        actions.append(_action(engagement, entry, numbers[entry.recommendation.pk], words, brought_by, today))
    Action.objects.bulk_create(actions)
    _add_owners(engagement, actions, wanted, by=by)
    Position.objects.bulk_create(
        Position(action=action, kind=said.kind, on=said.on, text=said.text.strip(), place=place)
        for action, entry in zip(actions, wanted, strict=True)
        for place, said in enumerate(entry.statements, start=1)
    )
    Plan.objects.get_or_create(engagement=engagement)
    return actions


def refuse_on_track_when_overdue(action: Action, *, today: dt.date) -> None:
    if action.confidence == Confidence.ON_TRACK and action.days_late(today):
        raise Refused(NOT_ON_TRACK)


def _numbers(engagement: Engagement, recommendations: set[int]) -> dict[int, int]:
    """The last number used in each recommendation, locked so that two people cannot take the same one."""
    locked = Recommendation.objects.select_for_update().filter(engagement=engagement, pk__in=recommendations)
    numbers = dict.fromkeys(locked.order_by("pk").values_list("pk", flat=True), 0)
    if len(numbers) != len(recommendations):
        raise Refused("Choose recommendations of this challenge")
    last = (
        Action.objects.filter(recommendation__in=recommendations).values("recommendation").annotate(last=Max("number"))
    )
    return numbers | dict(last.values_list("recommendation", "last"))


def _action(
    engagement: Engagement,
    entry: NewAction,
    number: int,
    settled: Mapping[str, str],
    brought_by: PlanImport | None,
    today: dt.date,
) -> Action:
    headline = headline_of(entry.text, entry.statements)
    if not headline:
        raise Refused("Write what the council will do")
    due = read_due_date(entry.timescale)
    label = entry.status_label.strip()
    action = Action(
        engagement=engagement,
        recommendation=entry.recommendation,
        number=number,
        ref=f"{entry.recommendation.label}.{number}",
        slug=f"{entry.recommendation.slug}-{number}",
        text=entry.text.strip(),
        headline=headline,
        timescale=due.text,
        due_on=due.on,
        due_precision=due.precision,
        original_timescale=due.text,
        original_due_on=due.on,
        original_due_precision=due.precision,
        status_label=label,
        status=entry.status or settled.get(label.casefold()) or parse_status(label) or Status.NOT_STARTED,
        confidence=entry.confidence,
        extra=dict(entry.extra),
        brought_by=brought_by,
        brought_from=entry.brought_from,
        form_key=entry.form_key,
    )
    _settle(action, entry.statements, today=today)
    try:
        action.clean_fields(exclude=RELATED)  # the database checks the rest
    except ValidationError as fault:
        where = f" ({entry.brought_from})" if entry.brought_from else ""
        raise Refused(f"Action {action.ref}{where} cannot be kept: {' '.join(fault.messages)}") from fault
    return action


def _settle(action: Action, entries: Sequence[PositionEntry], *, today: dt.date) -> None:
    """What follows from the status and the statements an action begins with."""
    if action.status in FINISHED_STATUSES:
        action.confidence = Confidence.NOT_RATED
    refuse_on_track_when_overdue(action, today=today)
    said = [entry for entry in entries if entry.kind in {PositionKind.DONE, PositionKind.NOTE}]
    if said:
        latest = max(enumerate(said), key=lambda placed: (placed[1].on or dt.date.min, placed[0]))[1]
        action.latest_on, action.latest_words = latest.on, latest.text.strip()
        if action.status == Status.COMPLETE:
            action.completed_on, action.completed_how = latest.on, latest.text.strip()


def _add_owners(
    engagement: Engagement, actions: Sequence[Action], wanted: Sequence[NewAction], *, by: "User | None"
) -> None:
    titles = [owner.title for entry in wanted for owner in entry.owners if owner.title.strip()]
    posts = posts_named(titles, council=engagement.council, by=by)
    owners = []
    for action, entry in zip(actions, wanted, strict=True):
        seen = set()
        for owner in entry.owners:
            if not owner.title.strip():
                continue
            post = posts[tidy_title(owner.title).casefold()]
            place = (post.pk, owner.kind, owner.heading.strip())
            if place not in seen:
                seen.add(place)
                owners.append(
                    ActionOwner(
                        action=action, post=post, kind=owner.kind, heading=owner.heading.strip(), position=len(seen)
                    )
                )
    ActionOwner.objects.bulk_create(owners)
