"""The life of a challenge as a table: the stages in order, what each reader calls them, and the moves between them.

The conditions of a move are in `engagements.conditions`; the one function that moves is `operations.stages.move`.
"""

from dataclasses import dataclass

from django.db import models


class Stage(models.TextChoices):
    ASKED = "asked", "Asked for"
    AGREED = "agreed", "Agreed"
    SCOPING = "scoping", "Scoping"
    PREPARING = "preparing", "Preparing"
    ON_SITE = "on_site", "On site"
    DRAFTING = "drafting", "Drafting"
    FACTUAL_ACCURACY = "factual_accuracy", "Factual accuracy"
    FINAL = "final", "Final"
    PUBLISHED = "published", "Published"
    ACTION_PLAN = "action_plan", "Action plan"
    PROGRESS_REVIEW = "progress_review", "Progress review"
    CLOSED = "closed", "Closed"


class Standing(models.TextChoices):
    ACTIVE = "active", "Under way"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


@dataclass(frozen=True)
class StageWords:
    """What LGA staff, the council and the public read for one stage. Empty: not public."""

    lga: str
    council: str
    public: str


STAGE_WORDS: dict[str, StageWords] = {
    Stage.ASKED: StageWords("Asked for", "You have asked for a challenge", ""),
    Stage.AGREED: StageWords("Agreed", "A date is agreed", "Planned"),
    Stage.SCOPING: StageWords("Scoping", "Agree what it looks at", "Planned"),
    Stage.PREPARING: StageWords("Preparing", "Get documents and people ready", "Planned"),
    Stage.ON_SITE: StageWords("On site", "The team is here", "The team is at the council"),
    Stage.DRAFTING: StageWords("Drafting", "The team is writing its report", "The report is being written"),
    Stage.FACTUAL_ACCURACY: StageWords("Factual accuracy", "Check the facts", "The report is being written"),
    Stage.FINAL: StageWords("Final", "The report is final", "The report is being written"),
    Stage.PUBLISHED: StageWords("Published", "Agree your action plan", "The report is published"),
    Stage.ACTION_PLAN: StageWords("Action plan", "Carry out the plan", "The council is carrying out its plan"),
    Stage.PROGRESS_REVIEW: StageWords("Progress review", "The team comes back", "The team is looking at progress"),
    Stage.CLOSED: StageWords("Closed", "Finished", "Finished"),
}

STANDING_WORDS: dict[str, StageWords] = {
    Standing.POSTPONED: StageWords("Postponed", "Postponed, no new date", "Postponed"),
    Standing.CANCELLED: StageWords("Cancelled", "Cancelled", "Cancelled"),
}


@dataclass(frozen=True)
class Move:
    """A step from one stage to the next. `conditions` are codes of `engagements.conditions`."""

    source: Stage
    target: Stage
    conditions: tuple[str, ...]
    does: str


MOVES: tuple[Move, ...] = (
    Move(Stage.ASKED, Stage.AGREED, ("manager_named", "visit_confirmed"), "Agree the challenge"),
    Move(Stage.AGREED, Stage.SCOPING, ("framework_chosen",), "Start scoping"),
    Move(Stage.SCOPING, Stage.PREPARING, ("focus_areas_set",), "Agree the scope"),
    Move(Stage.PREPARING, Stage.ON_SITE, ("peer_accepted", "visit_begun"), "Start the visit"),
    Move(Stage.ON_SITE, Stage.DRAFTING, ("visit_over",), "Start the report"),
    Move(Stage.DRAFTING, Stage.FACTUAL_ACCURACY, ("recommendations_written",), "Send to the council to check facts"),
    Move(Stage.FACTUAL_ACCURACY, Stage.FINAL, ("recommendations_worded",), "Make the report final"),
    Move(Stage.FINAL, Stage.PUBLISHED, ("report_date_recorded",), "Record that the report is published"),
    Move(Stage.PUBLISHED, Stage.ACTION_PLAN, ("plan_date_recorded",), "Record that the plan is published"),
    Move(Stage.ACTION_PLAN, Stage.PROGRESS_REVIEW, ("review_booked",), "Start the progress review"),
    Move(Stage.PROGRESS_REVIEW, Stage.CLOSED, ("review_report_recorded",), "Close the challenge"),
)

# Warnings never block: a move goes ahead when somebody says why. These two do.
HARD_CONDITIONS = frozenset({"peer_accepted", "recommendations_worded"})

ORDER: dict[str, int] = {stage: place for place, stage in enumerate(Stage.values)}


def is_from(stage: str, earliest: Stage) -> bool:
    """Whether `stage` is `earliest` or a later one."""
    return ORDER[stage] >= ORDER[earliest]


def next_move(stage: str) -> Move | None:
    """The move out of a stage, None when the challenge is closed."""
    return next((move for move in MOVES if move.source == stage), None)


def words_for(stage: str, standing: str) -> StageWords:
    """The words of a challenge: those of its standing when it is postponed or cancelled, else of its stage."""
    return STANDING_WORDS.get(standing) or STAGE_WORDS[stage]
