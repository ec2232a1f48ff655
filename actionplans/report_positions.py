"""Where an action stood at the end of a day. Pure: rows in, facts out.

The rule of the cut-off. Updates and date changes are rows that are added and never changed, so any past day can be
worked out from them:

- status and confidence: those of the last update written on the day or before; when there is none yet, those that
  the first later update moved from; when there is no later one either, those the action has.
- date: the one the last change agreed on the day or before led to; when there is none yet, the one the first later
  change moved from; when there is no later one either, the date the action has.
- words: those of the last update on the day or before; until the first update, what the plan was written with. Done
  statements and notes dated after the day are left out; what is planned for a later day is still planned.
- completed: the first update of the unbroken row of updates that say finished, up to the day.

The plan itself (recommendations, answers, actions, owners) has no such rows: it is as it stands when it is read.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actionplans import models
from actionplans.positions import FINISHED_STATUSES, PositionKind
from actionplans.report_content import Position


@dataclass(frozen=True)
class Standing:
    status: str
    status_label: str
    confidence: str


@dataclass(frozen=True)
class Due:
    """The date an action has. `moved` counts its moves; giving a first date is none."""

    timescale: str
    on: dt.date | None
    first: str
    moved: int


@dataclass(frozen=True)
class Completion:
    on: dt.date | None = None
    shown_by: str = ""


@dataclass(frozen=True)
class ActionRows:
    """An action with what was added to it, oldest first."""

    action: models.Action
    updates: Sequence[models.ProgressUpdate] = ()
    date_changes: Sequence[models.DateChange] = ()
    positions: Sequence[models.Position] = ()

    def updates_until(self, day: dt.date) -> list[models.ProgressUpdate]:
        return [update for update in self.updates if update.written_on <= day]

    @property
    def words(self) -> str:
        """What the action is called, whole: its text, else what is planned, else what is done."""
        action = self.action
        planned = (entry.text for entry in self._written_with() if entry.kind == PositionKind.PLANNED)
        said = (entry.text for entry in self._written_with())
        return action.text or next(planned, "") or next(said, "") or action.headline

    def standing(self, day: dt.date) -> Standing:
        action = self.action
        until = self.updates_until(day)
        if until:
            last = until[-1]
            return Standing(last.status, last.status_label, last.confidence)
        if self.updates and self.updates[0].from_status:
            later = self.updates[0]
            return Standing(later.from_status, later.from_status_label, later.from_confidence)
        return Standing(action.status, action.status_label, action.confidence)

    def due(self, day: dt.date) -> Due:
        action = self.action
        until = [change for change in self.date_changes if change.agreed_on <= day]
        moves = [change for change in until if change.from_timescale or change.from_due_on]
        given_later = next((change.to_timescale for change in until), "")
        first = action.original_timescale or given_later
        if until:
            return Due(until[-1].to_timescale, until[-1].to_due_on, first, len(moves))
        if self.date_changes:
            later = self.date_changes[0]
            return Due(later.from_timescale, later.from_due_on, first, 0)
        return Due(action.timescale, action.due_on, first, 0)

    def completion(self, day: dt.date) -> Completion:
        """When it was finished and what shows it; nothing while it is open at `day`."""
        if self.standing(day).status not in FINISHED_STATUSES:
            return Completion()
        finishing: list[models.ProgressUpdate] = []
        for update in reversed(self.updates_until(day)):
            if update.status not in FINISHED_STATUSES:
                break
            finishing.append(update)
        written_finished = not finishing or (
            len(finishing) == len(self.updates_until(day)) and finishing[-1].from_status in FINISHED_STATUSES
        )
        evidence = next((update.evidence for update in finishing if update.evidence), "")
        if written_finished:
            said = [
                entry
                for entry in self._written_with()
                if entry.kind != PositionKind.PLANNED and (not entry.on or entry.on <= day)
            ]
            dates = [entry.on for entry in said if entry.on]
            return Completion(max(dates, default=None), evidence or (said[-1].text if said else ""))
        return Completion(finishing[-1].written_on, evidence or finishing[-1].done)

    def latest(self, day: dt.date) -> tuple[Position, ...]:
        """The latest words. When the last update says that nothing has changed, the words before it follow."""
        shown: list[Position] = []
        for update in reversed(self.updates_until(day)):
            if update.done:
                shown.append(Position(update.done, PositionKind.DONE.value, update.written_on))
            if update.next:
                shown.append(Position(update.next, PositionKind.PLANNED.value))
            if not update.no_change:
                return tuple(shown)
        called = self.words
        return tuple(shown) + tuple(
            Position(entry.text, entry.kind, entry.on)
            for entry in self._written_with()
            if entry.text != called and (entry.kind == PositionKind.PLANNED or not entry.on or entry.on <= day)
        )

    def being_done(self, day: dt.date) -> str:
        """What comes next, else what was said last, about a risk."""
        said = self.latest(day)
        planned = (entry.text for entry in said if entry.kind == PositionKind.PLANNED)
        return next(planned, "") or next((entry.text for entry in said), "")

    def last_update_on(self, day: dt.date) -> dt.date | None:
        until = self.updates_until(day)
        return until[-1].written_on if until else None

    def _written_with(self) -> list[models.Position]:
        return [entry for entry in self.positions if entry.update_id is None]
