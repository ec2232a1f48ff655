"""Northmoor’s action plan as a paper, version 2."""

from datetime import date

from actionplans.report_content import ActionPlanPaper, Contact, PlanChange
from tests.documents.northmoor import RECOMMENDATIONS

PLAN = ActionPlanPaper(
    council="Northmoor Borough Council",
    title="Action plan",
    version="version 2",
    position_at=date(2024, 6, 12),
    produced_on=date(2024, 6, 13),
    recommendations=RECOMMENDATIONS,
    visited="5 to 8 March 2024",
    approved_by="Finance and Resources Committee, 12 June 2024 (minute 24/31)",
    next_report="4 September 2024",
    contact=Contact("Carys Bevan", "Policy and Performance Manager", "01632 960143"),
    introduction=(
        "A peer team from the Local Government Association visited the council from 5 to 8 March 2024 and made nine "
        "recommendations. This plan says what the council does about each of them.",
        "The committee receives a report on progress at every meeting. Actions that are complete stay in the plan.",
    ),
    changes=(
        PlanChange("added", "8.2", "One briefing from directors to teams each month"),
        PlanChange("changed", "4.2", "Report back to full Council every six months", "Oct 24", "Dec 24"),
    ),
    previous_version="version 1",
)
