"""A reading as plain data for other programs: recommendations with their actions, and warnings."""

from __future__ import annotations

from typing import Any

from .model import Action, Reading, Recommendation


def to_gold(reading: Reading) -> dict[str, Any]:
    """The reading in the exchange schema: what has no value is null, "", [] or {}."""
    return {
        "source": reading.name,
        "shape": reading.kind,
        "visit_start": reading.visit_start.isoformat() if reading.visit_start else None,
        "recommendations": [recommendation_as_data(each) for each in reading.recommendations],
        "warnings": [{"row": each.row, "column": each.column, "code": each.code} for each in reading.warnings],
    }


def recommendation_as_data(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "ref": recommendation.ref,
        "tier": recommendation.tier,
        "theme": recommendation.theme,
        "text": recommendation.text,
        "parent_ref": recommendation.parent_ref,
        "response": recommendation.response,
        "actions": [action_as_data(action) for action in recommendation.actions],
    }


def action_as_data(action: Action) -> dict[str, Any]:
    due = action.timescale.due
    return {
        "text": action.text,
        "position": [
            {"kind": each.kind, "on": each.on.isoformat() if each.on else None, "text": each.text}
            for each in action.position
        ],
        "accountable": list(action.accountable),
        "responsible": list(action.responsible),
        "other_owners": {heading: list(owners) for heading, owners in action.other_owners.items()},
        "timescale": {
            "text": action.timescale.text,
            "due": due.isoformat() if due else None,
            "precision": action.timescale.precision,
        },
        "status": {"text": action.status.text, "canonical": action.status.canonical},
        "extra": dict(action.extra),
    }
