"""Everything one action's page shows, and one recommendation's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from actionplans.lines import ActionLine, due_detail, late_words
from actionplans.models import Action, DateChange, Position, ProgressUpdate
from actionplans.my_queries import OwnerLine, first_due, owner_lines
from actionplans.positions import PositionKind
from actionplans.queries import LINE_FIELDS, line_of, owners_of, plan_address
from engagements.models import Recommendation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

EXTRA_HEADINGS = {"measure": "Measure of success", "cost": "Cost", "resource": "Resources"}


@dataclass(frozen=True, slots=True)
class ActionFacts:
    owners: Sequence[OwnerLine]
    updates: Sequence[ProgressUpdate]
    done: Sequence[Position]
    planned: Sequence[Position]
    notes: Sequence[Position]
    changes: Sequence[DateChange]
    also_serves: Sequence[Recommendation]
    extra: Sequence[tuple[str, str]]
    first_due: str
    late_words: str
    due_detail: str

    @property
    def latest(self) -> ProgressUpdate | None:
        return self.updates[0] if self.updates else None

    @property
    def has_positions(self) -> bool:
        return bool(self.done or self.planned or self.notes)


def action_facts(action: Action, *, user: "User", today: dt.date) -> ActionFacts:
    positions = list(action.positions.filter(update=None).order_by("place"))
    return ActionFacts(
        owners=owner_lines(action, user=user, today=today),
        updates=list(action.updates.select_related("by").order_by("-written_on", "-pk")),
        done=[position for position in positions if position.kind == PositionKind.DONE],
        planned=[position for position in positions if position.kind == PositionKind.PLANNED],
        notes=[position for position in positions if position.kind == PositionKind.NOTE],
        changes=list(action.date_changes.select_related("asked_by").order_by("created_at", "pk")),
        also_serves=list(action.also_serves.select_related("engagement").order_by("position")),
        extra=[
            (EXTRA_HEADINGS.get(heading, heading), in_words(value))
            for heading, value in action.extra.items()
            if value not in ("", None)
        ],
        first_due=first_due(action),
        late_words=late_words(action.days_late(today)),
        due_detail=due_detail(action.due_on, action.status, action.original_timescale, action.times_moved, today),
    )


def in_words(value: Any) -> str:
    return "\n".join(str(part) for part in value) if isinstance(value, list) else str(value)


def lines_for(recommendation: Recommendation, *, today: dt.date) -> list[ActionLine]:
    """The actions that answer a recommendation: its own first, then those of others that answer it too."""
    serves = Q(recommendation=recommendation) | Q(further_recommendations__recommendation=recommendation)
    rows = Action.objects.filter(serves, engagement=recommendation.engagement_id).distinct()
    values = list(
        rows.order_by("recommendation__position", "number").values_list(*LINE_FIELDS, "recommendation__position")
    )
    owners = owners_of(Q(action__in=[row[0] for row in values]))
    base = plan_address(recommendation.engagement)
    own = [row[:-1] for row in values if row[1] == recommendation.pk]
    others = [row[:-1] for row in values if row[1] != recommendation.pk]
    too = "Answers this recommendation too"
    return [
        *(line_of(row, owners, today=today, base=base) for row in own),
        *(line_of(row, owners, today=today, base=base, note=too) for row in others),
    ]
