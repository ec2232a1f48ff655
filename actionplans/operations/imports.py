"""Bringing a council's plan in: read it, settle what is unclear, add it whole or not at all, undo it while nothing has changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pgtrigger
from django.db.models import Max

from actionplans.bringing import ProposedAction, ProposedRecommendation
from actionplans.import_reading import propose_for, read_stored
from actionplans.models import Action, ActionOwner, Plan, PlanImport, Position, Response, StatusWord
from actionplans.operations.adding import NewAction, add_actions
from actionplans.operations.entries import OwnerEntry, PositionEntry, ensure_plan_open
from actionplans.operations.plan import answer_recommendation
from actionplans.positions import ANSWERS_WITH_REASON, Answer, Status
from engagements.models import Engagement, FocusArea, Recommendation
from engagements.operations.recommendations import NewRecommendation, make_final, write_recommendations
from peerchallenge.access import Refused
from peerchallenge.documents.models import StoredFile
from peerchallenge.history.operations import AlreadyDone, operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

BINARY = "application/octet-stream"


@operation("uploaded {name} to bring into the plan")
def start_import(
    engagement: Engagement, *, content: bytes, name: str, content_type: str, by: "User | None", now: dt.datetime
) -> PlanImport:
    """Keep the file and read it. Raises `Unreadable` when it is no plan; then nothing is kept."""
    ensure_plan_open(engagement)
    reading = read_stored(content, name, visit_start=engagement.visit_starts_on, choices={}, council=engagement.council)
    stored = StoredFile.objects.keep(content, name=name, content_type=content_type, by=by, now=now)
    plan_import = PlanImport(
        engagement=engagement, file=stored, source_name=name[-255:], reading=reading, started_by=by
    )
    plan_import.full_clean()
    plan_import.save()
    return plan_import


@operation("matched the columns of {plan_import}")
def choose_columns(
    plan_import: PlanImport, *, version: int, columns: Mapping[str, str], statuses: Mapping[str, str], by: "User | None"
) -> PlanImport:
    """Say what the columns and the status words of the file are. The file is read again with these answers."""
    locked = _lock_open(plan_import, version)
    locked.choices = {**locked.choices, "columns": dict(columns), "statuses": dict(statuses)}
    _read_again(locked)
    return locked


@operation("said what the bullet points of {plan_import} are")
def choose_bullets(plan_import: PlanImport, *, version: int, bullets: str, by: "User | None") -> PlanImport:
    locked = _lock_open(plan_import, version)
    locked.choices = {**locked.choices, "bullets": bullets}
    locked.version += 1
    locked.save()
    return locked


@operation("cancelled bringing in {plan_import}")
def leave_import(plan_import: PlanImport, *, by: "User | None") -> PlanImport:
    """Add nothing. The file is kept with the import, so that it is known what was tried."""
    locked = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if locked.state != PlanImport.State.OPEN:
        raise AlreadyDone(locked)
    locked.state = PlanImport.State.LEFT
    locked.save()
    return locked


@operation("added {plan_import} to the action plan")
def confirm_import(
    plan_import: PlanImport, *, version: int, by: "User | None", now: dt.datetime, today: dt.date
) -> PlanImport:
    """Add everything the check page showed, or nothing. Pressed twice, it adds once."""
    locked = (
        PlanImport.objects.select_for_update(of=("self",)).select_related("engagement__council").get(pk=plan_import.pk)
    )
    if locked.state == PlanImport.State.DONE:
        raise AlreadyDone(locked)
    locked = _lock_open(plan_import, version)
    engagement = locked.engagement
    Engagement.objects.select_for_update().get(pk=engagement.pk)
    ensure_plan_open(engagement)
    _remember_status_words(locked)
    proposal = propose_for(locked)
    recommendations = _recommendations(engagement, proposal.recommendations, by=by)
    outcome: dict[str, list[int]] = {"recommendations": [], "actions": [], "responses": [], "positions": []}
    answers = Response.objects.filter(engagement=engagement).exclude(answer="")
    answered = set(answers.values_list("recommendation", flat=True))
    wanted: list[NewAction] = []
    for item in proposal.recommendations:
        recommendation = recommendations[item.number]
        if item.is_new:
            outcome["recommendations"].append(recommendation.pk)
        if item.response and recommendation.pk not in answered:
            answered.add(recommendation.pk)
            outcome["responses"].append(_answer(recommendation, item, by=by, today=today).pk)
        for action in item.actions:
            if action.known is not None:
                outcome["positions"] += _add_statements(action)
            else:
                wanted.append(_new(recommendation, action))
    added = add_actions(engagement, wanted, brought_by=locked, by=by, today=today)
    outcome["actions"] = [action.pk for action in added]
    Plan.objects.get_or_create(engagement=engagement)
    locked.state = PlanImport.State.DONE
    locked.done_at = now
    locked.outcome = outcome
    locked.version += 1
    locked.save()
    return locked


@operation("added {name} to the action plan")
def add_file(
    engagement: Engagement, *, content: bytes, name: str, by: "User | None", now: dt.datetime, today: dt.date
) -> PlanImport:
    """Read a file and add it in one step, as it is understood without questions. When it is refused nothing is kept."""
    begun = start_import(engagement, content=content, name=name, content_type=BINARY, by=by, now=now)
    return confirm_import(begun, version=begun.version, by=by, now=now, today=today)


@operation("undid the import of {plan_import}")
def undo_import(plan_import: PlanImport, *, by: "User | None") -> PlanImport:
    """Take out everything an import added. Refused once anything it added was changed or answered."""
    locked = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if locked.state != PlanImport.State.DONE:
        raise Refused("This import was not added to the plan, so there is nothing to undo.")
    if not can_be_undone(locked):
        raise Refused(
            "Something this import added has been changed since. It can no longer be undone; change the actions one by one."
        )
    outcome = locked.outcome
    Position.objects.filter(pk__in=outcome["positions"]).delete()
    Position.objects.filter(action__in=outcome["actions"]).delete()
    ActionOwner.objects.filter(action__in=outcome["actions"]).delete()
    Action.objects.filter(pk__in=outcome["actions"]).delete()
    Response.objects.filter(pk__in=outcome["responses"]).delete()
    with pgtrigger.ignore("engagements.Recommendation:final_stays"):  # it made them final itself, moments ago
        Recommendation.objects.filter(pk__in=outcome["recommendations"], parent__isnull=False).delete()
        Recommendation.objects.filter(pk__in=outcome["recommendations"]).delete()
    locked.state = PlanImport.State.UNDONE
    locked.version += 1
    locked.save()
    return locked


def can_be_undone(plan_import: PlanImport) -> bool:
    """Whether everything the import added is still as it was added."""
    outcome = plan_import.outcome
    actions = Action.objects.filter(pk__in=outcome.get("actions", []))
    if actions.filter(version__gt=1).exists() or actions.filter(updates__isnull=False).exists():
        return False
    if actions.filter(further_recommendations__isnull=False).exists():
        return False
    if Response.objects.filter(pk__in=outcome.get("responses", []), version__gt=1).exists():
        return False
    brought = outcome.get("recommendations", [])
    others = Action.objects.filter(recommendation__in=brought).exclude(pk__in=outcome.get("actions", []))
    answers = Response.objects.filter(recommendation__in=brought).exclude(pk__in=outcome.get("responses", []))
    if (
        others.exists()
        or answers.exists()
        or Recommendation.objects.filter(pk__in=brought, served_by__isnull=False).exists()
    ):
        return False
    return not plan_import.engagement.committee_reports.filter(frozen_at__gte=plan_import.done_at).exists()


def _lock_open(plan_import: PlanImport, version: int) -> PlanImport:
    locked = (
        PlanImport.objects.select_for_update(of=("self",))
        .select_related("engagement__council", "file")
        .get(pk=plan_import.pk)
    )
    if locked.state != PlanImport.State.OPEN:
        raise Refused(f"This import is finished: {locked.get_state_display().lower()}. Start a new one.")
    if locked.version != version:
        raise Refused("Somebody else changed this import after you opened it. Check it again.")
    return locked


def _read_again(plan_import: PlanImport) -> None:
    engagement = plan_import.engagement
    plan_import.reading = read_stored(
        plan_import.file.read(),
        plan_import.source_name,
        visit_start=engagement.visit_starts_on,
        choices=plan_import.choices,
        council=engagement.council,
    )
    plan_import.version += 1
    plan_import.save()


def _remember_status_words(plan_import: PlanImport) -> None:
    """Keep what the council's own words for status mean, for the next file and for its pages."""
    for label, status in plan_import.choices.get("statuses", {}).items():
        if status in Status.values and label.strip():
            StatusWord.objects.get_or_create(
                council=plan_import.engagement.council,
                label__iexact=label,
                defaults={"label": label[:80], "status": status},
            )


def _recommendations(
    engagement: Engagement, items: Sequence[ProposedRecommendation], *, by: "User | None"
) -> dict[int, Recommendation]:
    """The recommendation of each row: the one of the final report, or a new one with the file's words."""
    there = {item.pk: item for item in engagement.recommendations.select_related("engagement__council")}
    areas = {area.title.casefold(): area for area in FocusArea.objects.filter(engagement=engagement)}
    parents: dict[str, Recommendation | int] = {item.ref: item for item in there.values() if item.ref}
    new = [item for item in items if item.known is None]
    for place, item in enumerate(new):
        if item.ref:
            parents.setdefault(item.ref, place)
    wanted = [
        NewRecommendation(
            text=item.text or f"Recommendation {item.ref or item.number}",
            ref=item.ref,
            tier=item.tier or Recommendation.Tier.KEY,
            focus_area=areas.get(item.theme.casefold()),
            theme="" if item.theme.casefold() in areas else item.theme,
            parent=parents.get(item.parent_ref or ""),
        )
        for item in new
    ]
    found = {item.number: there[item.known.id] for item in items if item.known is not None}
    if wanted:
        written = write_recommendations(engagement, wanted, by=by)
        make_final(engagement, by=by)
        for item, recommendation in zip(new, written, strict=True):
            recommendation.is_final = True
            found[item.number] = recommendation
    return found


def _answer(
    recommendation: Recommendation, item: ProposedRecommendation, *, by: "User | None", today: dt.date
) -> Response:
    reason = "As in the council’s plan" if item.response in ANSWERS_WITH_REASON else ""
    return answer_recommendation(recommendation, answer=Answer(item.response), reason=reason, by=by, today=today)


def _new(recommendation: Recommendation, action: ProposedAction) -> NewAction:
    text, statements = action.text, action.statements
    if not text and not statements:  # a row with owners and dates only: its recommendation is what will be done
        text = recommendation.text
    return NewAction(
        recommendation=recommendation,
        text=text,
        owners=[OwnerEntry(title, kind, heading) for title, kind, heading in action.owners],
        timescale=action.timescale,
        status_label=action.status_label,
        status=action.status,
        positions=[PositionEntry(said.kind, said.on, said.text) for said in statements],
        extra=action.extra,
        brought_from=action.place,
    )


def _add_statements(action: ProposedAction) -> list[int]:
    """Add what the file says about an action of the plan. Returns the ids of the rows added."""
    if action.known is None or action.has_nothing_new:
        return []
    locked = Action.objects.select_for_update().get(pk=action.known.id)
    last = locked.positions.aggregate(last=Max("place"))["last"] or 0
    rows = [
        Position(action=locked, kind=said.kind, on=said.on, text=said.text, place=last + place)
        for place, said in enumerate(action.statements, start=1)
    ]
    return [row.pk for row in Position.objects.bulk_create(rows)]
