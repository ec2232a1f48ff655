"""The milestones of a challenge as a table, and the words for each. When they are due is in `engagements.clock`."""

from dataclasses import dataclass

from engagements.stages import Stage, is_from

VISIT = "visit"
REPORT = "report_published"
PLAN_TARGET = "action_plan_target"
PLAN = "action_plan_latest"
REVIEW = "progress_review"
REVIEW_REPORT = "progress_review_report"
NEXT = "next_challenge"


@dataclass(frozen=True)
class MilestoneWords:
    """`title` heads its row, `deed` is what somebody has to do, `question` asks for the day, `letter` marks the chart."""

    title: str
    short: str
    deed: str
    question: str
    letter: str
    rule: str = "{months} months from the visit"


MILESTONES: dict[str, MilestoneWords] = {
    REPORT: MilestoneWords("Report published", "Report", "publish the report", "When was the report published?", "R"),
    PLAN: MilestoneWords(
        "Action plan published", "Plan", "publish the action plan", "When was the action plan published?", "A"
    ),
    REVIEW: MilestoneWords(
        "Progress review",
        "Progress review",
        "hold the progress review",
        "When did the progress review take place?",
        "P",
        "About {months} months from the visit",
    ),
    REVIEW_REPORT: MilestoneWords(
        "Progress review report published",
        "Review report",
        "publish the progress review report",
        "When was the progress review report published?",
        "F",
    ),
    NEXT: MilestoneWords(
        "Next challenge",
        "Next challenge",
        "plan the next challenge",
        "When did the next challenge begin?",
        "N",
        "Within {years}",
    ),
}

# The stage from which on a milestone has happened, also when nobody recorded its day.
HAPPENED_BY = {REPORT: Stage.PUBLISHED, PLAN: Stage.ACTION_PLAN, REVIEW: Stage.CLOSED, REVIEW_REPORT: Stage.CLOSED}


def happened_by(stage: str) -> frozenset[str]:
    """The milestones that a challenge in this stage has behind it."""
    return frozenset(kind for kind, reached in HAPPENED_BY.items() if is_from(stage, reached))


# What this challenge has to meet. The date of the next challenge is only told.
DEADLINES = frozenset(MILESTONES) - {NEXT}
