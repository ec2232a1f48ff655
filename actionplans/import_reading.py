"""Reading a file for an import, with the answers people gave, and setting it against the plan that is there."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from actionplans.bringing import PLANNED_IS_ACTION, KnownAction, KnownRecommendation, Proposal, folded, propose
from actionplans.models import Action, PlanImport, StatusWord
from actionplans.reading import Reading, read_plan, words_left_out
from actionplans.reading.choices import Choices
from engagements.models import Council, Engagement
from peerchallenge.tabular import Unreadable, read_file, read_text


def read_stored(
    content: bytes, name: str, *, visit_start: dt.date | None, choices: Mapping[str, Any], council: Council | None
) -> dict[str, Any]:
    """Read a file into what an import keeps: the reading, and the words of it that would be left out.

    The council's own status words, settled before, are known. Raises `Unreadable`.
    """
    document = read_text(content.decode("utf-8"), name=name) if name == PASTED else read_file(content, name)
    settled: dict[str, str] = {}
    if council is not None:
        settled = dict(StatusWord.objects.filter(council=council).values_list("label", "status"))
    settled.update({label: status for label, status in choices.get("statuses", {}).items() if status})
    columns: dict[int, dict[int, str]] = {}
    for place, kind in choices.get("columns", {}).items():
        table, column = place.split(":")
        columns.setdefault(int(table), {})[int(column)] = kind
    reading = read_plan(document, visit_start=visit_start, choices=Choices(columns=columns, statuses=settled))
    if reading.problem:
        raise Unreadable(reading.problem)
    return {"reading": reading.to_dict(), "left_out": list(words_left_out(document, reading))}


PASTED = "Pasted text"


def reading_of(plan_import: PlanImport) -> Reading:
    return Reading.from_dict(plan_import.reading["reading"])


def propose_for(plan_import: PlanImport) -> Proposal:
    """What confirming the import now would add to the plan."""
    engagement = plan_import.engagement
    titles = engagement.council.posts.values_list("title", flat=True)
    bullets = plan_import.choices.get("bullets", PLANNED_IS_ACTION)
    return propose(reading_of(plan_import), known_recommendations(engagement), bullets=bullets, posts=titles)


def known_recommendations(engagement: Engagement) -> list[KnownRecommendation]:
    """The plan as it is, in four queries whatever its size."""
    actions: dict[int, list[KnownAction]] = {}
    rows = Action.objects.filter(engagement=engagement).prefetch_related("owners__post", "positions").order_by("number")
    for row in rows:
        actions.setdefault(row.recommendation_id, []).append(
            KnownAction(
                id=row.pk,
                ref=row.ref,
                text=row.text,
                headline=row.headline,
                owners=frozenset((folded(owner.post.title), owner.kind) for owner in row.owners.all()),
                timescale=row.timescale,
                status_label=row.status_label or row.get_status_display(),
                statements=frozenset(folded(said.text) for said in row.positions.all()),
            )
        )
    return [
        KnownRecommendation(
            id=item.pk,
            ref=item.ref,
            tier=item.tier,
            text=item.text,
            is_final=item.is_final,
            actions=tuple(actions.get(item.pk, [])),
        )
        for item in engagement.recommendations.order_by("position")
    ]
