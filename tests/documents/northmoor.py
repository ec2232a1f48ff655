"""Northmoor, an invented council, its invented plan of fourteen actions and its second progress report."""

from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from actionplans.report_content import (
    ActionLine,
    Contact,
    DateRequest,
    Implication,
    Position,
    ProgressReport,
    RecommendationLines,
    StatusCount,
)

CHIEF = ("Chief Executive",)
LEADER = ("Leader of the Council",)
DEPUTY = ("Strategic Director and Deputy Chief Executive",)
POLICY = ("Director of Policy and Transformation",)
PRESS = ("Head of Communications",)


def said(day: int, month: int, text: str) -> tuple[Position, ...]:
    return (Position(text, "done", date(2024, month, day)),)


RECOMMENDATIONS = (
    RecommendationLines(
        "1",
        "Write down in one page what the council wants the borough to be in ten years, and use it",
        "accepted",
        "",
        (
            ActionLine(
                "1.1",
                "Share the ten-year page with staff, members and residents",
                "complete",
                "",
                "",
                said(22, 10, "page published; three staff sessions held with 140 people."),
                LEADER,
                CHIEF,
                "Oct 24",
                date(2024, 10, 31),
                completed_on=date(2024, 10, 22),
                previous_status="in_progress",
                shown_by="Page published; three staff sessions. Checked by the Chief Executive, 24 October",
            ),
        ),
    ),
    RecommendationLines(
        "2",
        "Build a corporate plan from evidence, with few priorities and a measure for each",
        "accepted",
        "",
        (
            ActionLine(
                "2.1",
                "Agree the timetable of the corporate plan",
                "complete",
                "",
                "",
                said(18, 7, "timetable approved."),
                CHIEF,
                POLICY,
                "Jul 24",
                date(2024, 7, 31),
                completed_on=date(2024, 7, 18),
                previous_status="complete",
            ),
            ActionLine(
                "2.2",
                "Bring a draft plan to members before the public is asked",
                "in_progress",
                "",
                "on_track",
                said(21, 10, "draft with group leaders; public questions open on 11 November."),
                CHIEF,
                POLICY,
                "Dec 24",
                date(2024, 12, 31),
                previous_status="in_progress",
            ),
        ),
    ),
    RecommendationLines(
        "3",
        "Give committee chairs and directors a regular place to talk about the months ahead",
        "accepted",
        "",
        (
            ActionLine(
                "3.1",
                "Set up a monthly meeting with a short brief",
                "complete",
                "",
                "",
                said(7, 5, "first meeting held; five since."),
                CHIEF,
                POLICY,
                "May 24",
                date(2024, 5, 31),
                completed_on=date(2024, 5, 7),
                previous_status="complete",
            ),
            ActionLine(
                "3.2",
                "Keep a forward list of topics for the meeting",
                "ongoing",
                "",
                "on_track",
                said(18, 10, "topics agreed to March."),
                CHIEF,
                POLICY,
                "Ongoing",
                previous_status="ongoing",
            ),
        ),
    ),
    RecommendationLines(
        "4",
        "Be seen and heard more in the region, with members at the tables that matter",
        "accepted_in_part",
        "The Leader already chairs one of the regional boards.",
        (
            ActionLine(
                "4.1",
                "Agree which regional meetings members go to, and brief them before each",
                "in_progress",
                "",
                "at_risk",
                said(14, 10, "all groups have named people; cover for the transport board is not agreed."),
                LEADER,
                POLICY,
                "Sep 24",
                date(2024, 9, 30),
                previous_status="in_progress",
                being_done="The Leader meets the new group leader on 29 October.",
                request=DateRequest(
                    "Nov 24", "One group has changed leader; cover for the transport board is not agreed.", "b"
                ),
            ),
            ActionLine(
                "4.2",
                "Report back to full Council every six months",
                "delayed",
                "",
                "off_track",
                said(3, 10, "the October Council was full; the first report goes to Council on 11 December."),
                LEADER,
                CHIEF,
                "Dec 24",
                date(2024, 12, 31),
                "Oct 24",
                1,
                previous_status="in_progress",
                being_done="The October Council was full; the first report goes to Council on 11 December.",
            ),
        ),
    ),
    RecommendationLines(
        "5",
        "Decide how the shared management team is to go on",
        "accepted",
        "",
        (
            ActionLine(
                "5.1",
                "Bring the outside review to committee",
                "in_progress",
                "",
                "on_track",
                said(9, 10, "interviews under way."),
                DEPUTY,
                POLICY,
                "Jan 25",
                date(2025, 1, 31),
                previous_status="not_started",
            ),
        ),
    ),
    RecommendationLines(
        "6",
        "Make plain who leads what, down to the third tier, and when it changes",
        "accepted",
        "",
        (
            ActionLine(
                "6.1",
                "Publish the structure for tiers 1 to 3",
                "complete",
                "",
                "",
                said(28, 6, "published."),
                DEPUTY,
                POLICY,
                "Jun 24",
                date(2024, 6, 30),
                completed_on=date(2024, 6, 28),
                previous_status="complete",
            ),
            ActionLine(
                "6.2",
                "Development plan for the senior team",
                "in_progress",
                "",
                "at_risk",
                said(16, 10, "outline written; waits for the outside review."),
                DEPUTY,
                POLICY,
                "Nov 24",
                date(2024, 11, 30),
                "Oct 24",
                1,
                previous_status="in_progress",
                being_done="Outline written; waits for the outside review.",
                request=DateRequest(
                    "Feb 25",
                    "Depends on the outside review, now due in January 2025.",
                    "c",
                    "Once, to Nov 24, agreed on 4 September 2024",
                ),
            ),
        ),
    ),
    RecommendationLines(
        "7",
        "Share the costs of joint officers in a way both councils can check",
        "accepted",
        "",
        (
            ActionLine(
                "7.1",
                "Confirm the budget for an equal share",
                "complete",
                "",
                "",
                said(21, 6, "confirmed. Checked by the Chief Executive on 3 July."),
                CHIEF,
                ("Interim Director of Resources (s151)",),
                "Jun 24",
                date(2024, 6, 30),
                completed_on=date(2024, 6, 21),
                previous_status="complete",
            ),
        ),
    ),
    RecommendationLines(
        "8",
        "Let news travel both ways between directors and teams",
        "accepted",
        "",
        (
            ActionLine(
                "8.1",
                "Rewrite the communications strategy",
                "in_progress",
                "",
                "at_risk",
                said(11, 10, "with directors for comment."),
                DEPUTY,
                PRESS,
                "Sep 24",
                date(2024, 9, 30),
                previous_status="in_progress",
                being_done="With directors for comment; final draft on 8 November.",
            ),
            ActionLine(
                "8.2",
                "One briefing from directors to teams each month",
                "not_started",
                "",
                "on_track",
                (),
                DEPUTY,
                PRESS,
                "Nov 24",
                date(2024, 11, 30),
                previous_status="not_started",
            ),
        ),
    ),
    RecommendationLines(
        "9",
        "Finish the value for money review of the trading company, and say how the statutory officers work with it",
        "accepted",
        "",
        (
            ActionLine(
                "9.1",
                "Set a timetable for the review and report it to committee",
                "in_progress",
                "",
                "on_track",
                said(15, 10, "timetable agreed with the reviewers."),
                CHIEF,
                DEPUTY,
                "Oct 24",
                date(2024, 10, 31),
                previous_status="in_progress",
            ),
        ),
    ),
)

REPORT = ProgressReport(
    council="Northmoor Borough Council",
    title="Corporate peer challenge: progress on the action plan",
    committee="Finance and Resources Committee",
    meeting_on=date(2024, 11, 6),
    position_at=date(2024, 10, 25),
    produced_on=date(2024, 10, 28),
    number=2,
    report_of="Chief Executive",
    recommendations=RECOMMENDATIONS,
    agenda_item="8",
    lead_member="Councillor Imran Begum",
    contact=Contact("Carys Bevan", "Policy and Performance Manager", "01632 960143"),
    decisions=(
        "the progress on the action plan at 25 October 2024 is noted",
        "a new date of November 2024 for action 4.1 is agreed, in place of September 2024",
        "a new date of February 2025 for action 6.2 is agreed, in place of November 2024",
    ),
    reason="the committee approved the plan on 12 June 2024 and asked for a report to each meeting. Dates in an "
    "approved plan change only with the committee’s agreement.",
    last_report_on=date(2024, 9, 4),
    previous_counts=(
        StatusCount("complete", 4),
        StatusCount("in_progress", 6),
        StatusCount("delayed", 1),
        StatusCount("not_started", 2),
        StatusCount("ongoing", 1),
    ),
    introduction=(
        "A peer team from the Local Government Association visited the council from 5 to 8 March 2024. Its report was "
        "published on 28 May 2024 and made nine recommendations. The committee approved an action plan on 12 June "
        "2024 (minute 24/31).",
        "This is the second progress report. The first was considered on 4 September 2024. The peer team returns for "
        "a progress review on 12 November 2024.",
    ),
    options=(
        "To leave the dates of actions 4.1 and 6.2 as they are. Rejected, because both would be reported as overdue "
        "without a realistic date to work to.",
    ),
    implications=(
        Implication("Financial", "There are no financial implications arising from this report."),
        Implication(
            "Legal implications and risk assessment statement",
            "There are no legal implications. The risk of not delivering the plan is in the corporate risk register.",
        ),
        Implication("Equality assessment", "The decisions have no effect on people with protected characteristics."),
        Implication("Climate and environment", "None."),
    ),
    conclusions=(
        "Five of 14 actions are complete, one more than in September. Two need a new date. The position in this "
        "report will be given to the peer team before its progress review.",
    ),
    appendices=("Appendix A: action plan at 25 October 2024",),
    background_papers=(
        "Corporate peer challenge: final report, 28 May 2024",
        "Action plan, version 2, 12 June 2024",
        "Progress report, 4 September 2024",
    ),
    signatory="Priya Nair",
    signatory_post="Chief Executive",
)


def report_of(number: int) -> ProgressReport:
    """Northmoor's report with `number` actions, the fourteen used again under new references when needed."""
    all_actions = [action for recommendation in RECOMMENDATIONS for action in recommendation.actions]
    places = [1 + place % 9 for place in range(number)]
    made = [
        replace(action, ref=f"{where}.{1 + place // 9}")
        for place, (where, action) in enumerate(zip(places, islice(cycle(all_actions), number), strict=True))
    ]
    groups = tuple(
        replace(
            recommendation, actions=tuple(action for action in made if action.ref.split(".")[0] == recommendation.ref)
        )
        for recommendation in RECOMMENDATIONS
    )
    return replace(REPORT, recommendations=groups)
