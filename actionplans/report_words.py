"""A progress report or an action plan, turned into what its template shows. Pure: data in, words out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from actionplans.positions import (
    CONFIDENCE_MEANINGS,
    STATUS_MEANINGS,
    STATUS_ORDER,
    Answer,
    Confidence,
    PositionKind,
    Status,
)
from actionplans.report_content import ActionLine, ActionPlanPaper, ProgressReport, RecommendationLines
from peerchallenge.documents.bars import Bar, Look, bar
from peerchallenge.documents.words import STAYS, counted, day_and_month, listed, long_date, times

DRAFT = "Draft, not for publication"
AT_STAKE = (Confidence.AT_RISK, Confidence.OFF_TRACK)
LONG = 900  # letters in a cell of Appendix A: two thirds of a page
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOOKS: dict[str, Look] = {
    Status.COMPLETE: Look("#12495a", "#12495a", "#ffffff"),
    Status.IN_PROGRESS: Look("#9cc3d9", "#5b8795", "#0b0c0c"),
    Status.DELAYED: Look("#f5a800", "#7a4a00", "#0b0c0c", hatched=True),
    Status.NOT_STARTED: Look("#ffffff", "#858686", "#0b0c0c"),
    Status.ONGOING: Look("#eff4f5", "#12495a", "#12495a"),
    Status.SUPERSEDED: Look("#ffffff", "#858686", "#484949"),
    Status.CLOSED: Look("#ffffff", "#12495a", "#12495a"),
}


@dataclass(frozen=True)
class Said:
    """A position as printed: its day or "Next", then its words."""

    when: str
    text: str


@dataclass(frozen=True)
class Row:
    """An action as a row of a table."""

    action: ActionLine
    said: tuple[Said, ...]
    due: str
    first: str
    days_late: int
    late: str
    moved: str
    moved_before: str
    completed: str
    status: str
    was: str
    confidence: str

    @property
    def is_long(self) -> bool:
        """Whether it takes most of a page, so that it begins where it stands instead of on the next one."""
        positions = sum(len(said.text) for said in self.said)
        return positions > LONG or max(len(self.action.text), len(self.action.being_done)) > LONG


@dataclass(frozen=True)
class Group:
    """A recommendation as the head of its rows."""

    recommendation: RecommendationLines
    anchor: str
    answer: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table with its number, or only `nothing` to say when it would be empty."""

    heading: str
    nothing: str
    rows: tuple[Row, ...] = ()
    number: int = 0


def report_context(report: ProgressReport, *, draft: bool = False) -> dict[str, Any]:
    """What templates/documents/progress_report.html shows. A draft says so in the head of every page."""
    numbers = count(1)
    rows = [_row(action, report.position_at) for action in report.actions]
    at = long_date(report.position_at)
    return {
        "report": report,
        "head_left": report.council,
        "head_right": f"{report.committee}, {long_date(report.meeting_on)}",
        "foot_left": f"Progress report {report.number}, position at {at}",
        "draft": DRAFT if draft else "",
        "meeting": long_date(report.meeting_on),
        "position_at": at,
        "cover": _cover(report),
        "decisions": list(zip(LETTERS, report.decisions, strict=False)),
        "figures": _figures(report, rows),
        "bar": _bar(report.actions, f"at {at}"),
        "counted": _counted(report),
        "introduction": _numbered(report.introduction, numbers),
        "changes_heading": f"What has changed since {long_date(report.last_report_on)}"
        if report.last_report_on
        else "Progress",
        "progress": _numbered(report.progress, numbers),
        "tables": _tables(report, rows),
        "since": "since the last report" if report.last_report_on else "so far",
        "options": _numbered(report.options, numbers),
        "conclusions": _numbered(report.conclusions, numbers),
        "groups": groups(report.recommendations, report.position_at),
        "statuses": _statuses(report.actions),
        "confidences": _confidences(),
        "has_appendices": bool(report.appendices or report.background_papers),
    }


def plan_context(plan: ActionPlanPaper, *, draft: bool = False) -> dict[str, Any]:
    """What templates/documents/action_plan.html shows."""
    at = long_date(plan.position_at)
    kinds = (("added", "Added"), ("changed", "Changed"), ("closed", "Closed"))
    return {
        "plan": plan,
        "head_left": plan.council,
        "head_right": f"{plan.title}, {plan.version}",
        "foot_left": f"{plan.version.capitalize()}, position at {at}",
        "draft": DRAFT if draft else "",
        "position_at": at,
        "cover": _plan_cover(plan, at),
        "bar": _bar(plan.actions, f"at {at}"),
        "counted": _how_many(plan),
        "introduction": _numbered(plan.introduction, count(1)),
        "groups": groups(plan.recommendations, plan.position_at),
        "columns": 7 + plan.shows_measure + plan.shows_resource,
        "statuses": _statuses(plan.actions),
        "confidences": _confidences(),
        "changes": [
            (heading, [change for change in plan.changes if change.kind == kind])
            for kind, heading in kinds
            if any(change.kind == kind for change in plan.changes)
        ],
    }


def groups(recommendations: Iterable[RecommendationLines], at: date) -> list[Group]:
    """Recommendations with their rows, as Appendix A has them."""
    return [
        Group(
            recommendation=recommendation,
            anchor=f"recommendation-{place}",
            answer=str(Answer(recommendation.answer).label) if recommendation.answer else "No response yet",
            rows=tuple(_row(action, at) for action in recommendation.actions),
        )
        for place, recommendation in enumerate(recommendations, start=1)
    ]


def _row(action: ActionLine, at: date) -> Row:
    late = action.days_late(at)
    is_open = not action.is_finished
    return Row(
        action=action,
        said=tuple(Said(_when(position.kind, position.said_on, at), position.text) for position in action.positions),
        due=action.due or (long_date(action.due_on) if action.due_on else "No date"),
        first=action.first_due or action.due,
        days_late=late,
        late=f"{counted(late, 'day')} late" if late else "",
        moved=f"first {action.first_due.replace(' ', STAYS)}, moved {times(action.times_moved)}"
        if action.times_moved
        else "",
        moved_before=_moved_before(action),
        completed=long_date(action.completed_on) if action.completed_on else "",
        status=action.status_label or Status(action.status).label,
        was=action.previous_status_label or (Status(action.previous_status).label if action.previous_status else ""),
        confidence=str(Confidence(action.confidence).label) if action.confidence and is_open else "",
    )


def _moved_before(action: ActionLine) -> str:
    if action.request and action.request.moved_before:
        return action.request.moved_before
    return times(action.times_moved).capitalize() if action.times_moved else "Never"


def _when(kind: str, day: date | None, at: date) -> str:
    words = [] if kind != PositionKind.PLANNED else ["Next"]
    if day is not None:
        words.append(day_and_month(day) if day.year == at.year else long_date(day))
    return ", ".join(words)


def _cover(report: ProgressReport) -> list[tuple[str, str]]:
    rows = [
        ("Report of", report.report_of),
        ("Status", "For decision" if report.for_decision else "For information"),
        ("Key decision", report.key_decision),
        (report.lead_member_label, report.lead_member),
        ("Contact officer", _contact(report.contact)),
        ("Wards", report.wards),
        ("Position at", long_date(report.position_at)),
    ]
    return [(term, words) for term, words in rows if words]


def _plan_cover(plan: ActionPlanPaper, at: str) -> list[tuple[str, str]]:
    rows = [
        ("Version and date", f"{plan.version.capitalize()}, {at}"),
        ("Approved by", plan.approved_by),
        ("Next report", plan.next_report),
        ("Contact", _contact(plan.contact)),
    ]
    return [(term, words) for term, words in rows if words]


def _contact(contact: Any) -> str:
    if contact is None:
        return ""
    parts = (contact.name, contact.post, contact.telephone.replace(" ", STAYS), contact.email)
    return ", ".join(part for part in parts if part)


def _figures(report: ProgressReport, rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Counts with the words that make each a sentence: “5 of 14 actions complete”."""
    finished = sum(row.action.status in {Status.COMPLETE, Status.CLOSED} for row in rows)
    requests = sum(row.action.request is not None for row in rows)
    since = f"completed since {day_and_month(report.last_report_on)}" if report.last_report_on else "not started"
    second = (
        sum(_newly_completed(row, report) for row in rows)
        if report.last_report_on
        else sum(row.action.status == Status.NOT_STARTED for row in rows)
    )
    return [
        (finished, f"of {counted(len(rows), 'action')} complete"),
        (second, since),
        (requests, "extension to decide" if requests == 1 else "extensions to decide"),
        (sum(bool(row.late) for row in rows), "overdue"),
        (sum(_is_at_stake(row) for row in rows), "at risk or off track"),
    ]


def _bar(actions: Sequence[ActionLine], when: str) -> Bar:
    counts = Counter(action.status for action in actions)
    parts = [
        (str(status), counts[status], str(status.label), LOOKS[status]) for status in STATUS_ORDER if counts[status]
    ]
    words = listed([f"{number} {label.lower()}" for _, number, label, _ in parts])
    return bar(parts, title=f"{counted(len(actions), 'action')} {when}: {words or 'none'}")


def _how_many(content: ProgressReport | ActionPlanPaper) -> str:
    return f"{counted(len(content.actions), 'action')} at {long_date(content.position_at)}."


def _counted(report: ProgressReport) -> str:
    """What the bar shows, and what it showed last time."""
    now = _how_many(report)
    if not report.last_report_on or not report.previous_counts:
        return now
    counts = {entry.status: entry.number for entry in report.previous_counts}
    words = [f"{counts[status]} {Status(status).label.lower()}" for status in STATUS_ORDER if counts.get(status)]
    return f"{now} At {long_date(report.last_report_on)}: {listed(words)}."


def _tables(report: ProgressReport, rows: Sequence[Row]) -> dict[str, Table]:
    numbers = count(1)
    since = " since the last report" if report.last_report_on else ""
    requests = [row for row in rows if row.action.request]
    letters = sorted(
        {f"({row.action.request.letter})" for row in requests if row.action.request and row.action.request.letter}
    )
    asked = f": {'decision' if len(letters) == 1 else 'decisions'} {listed(letters)}" if letters else ""
    completed = [row for row in rows if _newly_completed(row, report)]
    changed = [
        row for row in rows if row.was and row.action.previous_status != row.action.status and row not in completed
    ]
    tables = {
        "completed": _table(numbers, "Completed", f"No action was completed{since}.", completed),
        "requests": _table(numbers, f"More time asked for{asked}", "No new date is asked for.", requests),
        "overdue": _table(numbers, "Overdue", "No action is overdue.", [row for row in rows if row.late]),
        "at_stake": _table(
            numbers,
            "At risk or off track",
            "No action is at risk or off track.",
            [row for row in rows if _is_at_stake(row)],
        ),
    }
    if report.last_report_on:
        tables["changed"] = _table(numbers, "Other changes of status", "No other status has changed.", changed)
    return tables


def _table(numbers: Iterator[int], heading: str, nothing: str, rows: Sequence[Row]) -> Table:
    return Table(heading, nothing, tuple(rows), next(numbers)) if rows else Table(heading, nothing)


def _newly_completed(row: Row, report: ProgressReport) -> bool:
    done = {Status.COMPLETE.value, Status.CLOSED.value}
    if row.action.status not in done:
        return False
    return not report.last_report_on or row.action.previous_status not in done


def _is_at_stake(row: Row) -> bool:
    return bool(row.confidence) and row.action.confidence in AT_STAKE


def _numbered(paragraphs: Iterable[str], numbers: Iterator[int]) -> list[tuple[int, str]]:
    return [(next(numbers), text) for text in paragraphs if text.strip()]


def _statuses(actions: Sequence[ActionLine]) -> list[tuple[str, str, str]]:
    """The statuses in use with their meaning; the council's own word first, ours in brackets."""
    key = []
    for status in STATUS_ORDER:
        ours = Status(status).label
        labels = sorted({action.status_label or ours for action in actions if action.status == status})
        for label in labels:
            key.append((str(status), label if label == ours else f"{label} ({ours})", _within(STATUS_MEANINGS[status])))
    return key


def _confidences() -> list[tuple[str, str, str]]:
    shown = (Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK)
    return [(str(level), str(level.label), _within(CONFIDENCE_MEANINGS[level])) for level in shown]


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
