"""Writing a recommendation."""

import re
from typing import Any

from engagements.forms.visit import Versioned
from engagements.models import Engagement, FocusArea, Recommendation
from peerchallenge.web.forms import ChoiceField, PickField, TextField

# Two verbs joined by "and" at the start of what to do: "Review the strategy and publish a plan".
TWO_ACTIONS = re.compile(
    r"^\W*\w+\b[^.;]{3,}?\band (?:then )?(?:\w+e|\w+ish|review|develop|set|adopt|agree|put|make|build|start)\b",
    re.IGNORECASE,
)


class RecommendationForm(Versioned):
    ref = TextField(
        "Which reference does the report give it?",
        hint="As written, for example 3(a). Leave empty when it has none",
        longest=40,
        width=10,
        thing="The reference",
    )
    tier = ChoiceField("Is it a key recommendation?", Recommendation.Tier.choices, missing="Choose key or further")
    text = TextField(
        "What does the team recommend?", missing="Write the recommendation", rows=5, thing="The recommendation"
    )
    focus_area = PickField("Which focus area does it belong to?", FocusArea.objects.none(), empty="None")
    submit_label = "Save the draft"

    def __init__(self, *args: Any, engagement: Engagement, recommendation: Recommendation | None = None, **kwargs: Any):
        known = (
            {name: getattr(recommendation, name) for name in self.base_fields}
            if recommendation
            else {"tier": "key", "version": 1}
        )
        if recommendation:
            known["focus_area"] = recommendation.focus_area_id
        super().__init__(*args, initial=known, **kwargs)
        self.fields["focus_area"].queryset = engagement.focus_areas.order_by("position")


def holds_two_actions(text: str) -> bool:
    """A guess that warns and never blocks."""
    return bool(TWO_ACTIONS.search(text))
