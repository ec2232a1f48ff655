"""Trial pages: every component with made-up facts, as the pages of the service use them."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from peerchallenge.web.charts import Clock, Milestone, Portfolio, PortfolioRow, StatusRow
from peerchallenge.web.fields import ChoiceField, TextField
from peerchallenge.web.forms import FilterForm
from peerchallenge.web.parts import Action, Attention, Caution, Change, Figure, Happening, Link, RouteStep, Step, Task
from tests.web.trial_form import GOOD, EveryQuestion

D = datetime.date
TODAY = D(2024, 10, 14)
SECTIONS = [
    "Overview",
    "Scope",
    "Team",
    "Documents",
    "Timetable",
    "Findings",
    "Report",
    "Action plan",
    "Progress review",
    "History",
]


def marks(*given: tuple[str, D, str]) -> list[Milestone]:
    return [Milestone(on, letter=letter, state=state) for letter, on, state in given]


def portfolio() -> dict[str, Any]:
    rows = [
        PortfolioRow(
            "Wexcombe",
            marks(
                ("V", D(2024, 1, 23), "done"),
                ("R", D(2024, 4, 16), "done"),
                ("A", D(2024, 5, 20), "done"),
                ("P", D(2024, 11, 26), "to_come"),
                ("F", D(2025, 1, 23), "to_come"),
            ),
        ),
        PortfolioRow(
            "Saltmere",
            marks(
                ("V", D(2024, 5, 7), "done"),
                ("R", D(2024, 8, 1), "done"),
                ("A", D(2024, 10, 7), "missed"),
                ("P", D(2025, 3, 7), "to_come"),
            ),
        ),
        PortfolioRow("Eastmarch", marks(("V", D(2024, 7, 8), "moved")), "8 July 2024 postponed, no new date"),
        PortfolioRow(
            "Kingsholm and the Long Vale", marks(("V", D(2025, 1, 28), "to_come"), ("R", D(2025, 4, 28), "to_come"))
        ),
    ]
    return {
        "portfolio": Portfolio(rows, TODAY),
        "figures": [
            Figure("under way", 8, "#"),
            Figure("visits in the next 30 days", 2, "#"),
            Figure("deadlines in the next 30 days", 3, "#"),
            Figure("deadlines missed", 2, "#", is_late=True),
            Figure("postponed, no new date", 1, "#"),
        ],
        "items": [
            Attention(
                "Saltmere: publish the action plan", "#", "7 days late", "Was due 7 October 2024. Omar Reid", True
            ),
            Attention(
                "Eastmarch: agree a new visit date", "#", "postponed 136 days ago", "Because of the general election"
            ),
            Attention(
                "Wexcombe: send the progress review team its documents", "#", "due in 8 days", "Due 22 October 2024"
            ),
        ],
        "buttons": [Action("Download as a spreadsheet", "#"), Action("Start a challenge", "#", "")],
    }


def overview() -> dict[str, Any]:
    utc = datetime.UTC
    now = {"complete": 4, "in_progress": 7, "delayed": 1, "not_started": 1, "ongoing": 1}
    return {
        "crumbs": [Link("Challenges", "#")],
        "links": [Link(label, "#", current=label == "Overview") for label in SECTIONS],
        "buttons": [Action("Move or postpone the visit", "#"), Action("Start the progress review", "#", "")],
        "clock": Clock(
            [
                Milestone(D(2023, 10, 9), "Scoping", "9 Oct 2023", state="done"),
                Milestone(D(2024, 1, 16), "First date", "16 Jan 2024, moved", state="moved"),
                Milestone(D(2024, 2, 13), "Documents", "13 Feb 2024", state="done"),
                Milestone(D(2024, 3, 5), "Visit", "5 to 8 Mar 2024", state="done"),
                Milestone(D(2024, 5, 28), "Report", "28 May, 8 days early", state="done"),
                Milestone(D(2024, 8, 5), "Plan", "5 Aug, 70 days late", state="missed"),
                Milestone(D(2024, 11, 12), "Progress review", "booked 12 Nov"),
                Milestone(D(2025, 3, 5), "Review report", "by 5 Mar 2025"),
            ],
            TODAY,
        ),
        "counts": now,
        "rows": [
            StatusRow("12 June", {"complete": 1, "in_progress": 5, "not_started": 7, "ongoing": 1}),
            StatusRow("4 September", {"complete": 4, "in_progress": 6, "delayed": 1, "not_started": 2, "ongoing": 1}),
            StatusRow("Today", now),
        ],
        "steps": [
            Step("Upload or paste", "#"),
            Step("Match the columns", "#"),
            Step("Check the rows", current=True),
            Step("Add to the plan"),
        ],
        "warnings": [
            Caution(
                "Two places at once.",
                "Councillor Jean Hollis is in “Group leaders” and “Scrutiny chairs” on Wednesday.",
                "#",
                "Move one of them",
            ),
            Caution(
                "Nobody from this group yet.", "Trade unions are on the list of people to meet.", "#", "Add a session"
            ),
        ],
        "tasks": [
            Task("Ask the council for its position at 25 October", "#", "Sent 7 October 2024", "Completed"),
            Task("Progress review team", "#", "3 of 4 peers confirmed", "in_progress", is_tag=True),
            Task(
                "Council’s status beside the peers’ view",
                "",
                "Opens on 25 October",
                "Cannot start yet",
                cannot_start=True,
            ),
        ],
        "entries": [
            Happening(
                "Council updated 5 actions",
                datetime.datetime(2024, 10, 11, 14, 20, tzinfo=utc),
                "Helen Adeyemi, Northmoor",
                "Two were marked complete. One asks for more time.",
            ),
            Happening(
                "Progress review booked for 12 November 2024",
                datetime.datetime(2024, 9, 2, 9, 5, tzinfo=utc),
                "Lena Fischer",
                changes=[
                    Change("Visit date", "8 July 2024", "12 November 2024"),
                    Change("Reason", "", "Budget timetable"),
                ],
            ),
        ],
        "route": [
            RouteStep("The council asked for a peer challenge", "19 September 2023", True),
            RouteStep("Some of the team come back", "Planned for 12 November 2024"),
        ],
    }


class PlanFilter(FilterForm):
    owner = ChoiceField("Owner", [("", "Anyone"), ("ce", "Chief Executive")], drop_down=True)
    status = ChoiceField("Status", [("", "Any status"), ("in_progress", "In progress")], drop_down=True)
    due = ChoiceField("Due", [("", "Any time"), ("overdue", "Overdue")], drop_down=True)
    words = TextField("Words")


def plan() -> dict[str, Any]:
    return {
        "crumbs": [Link("Northmoor Borough Council", "#"), Link("Corporate peer challenge 2024", "#")],
        "buttons": [
            Action("Add an action", "#"),
            Action("Download", "#"),
            Action("Prepare the committee report", "#", ""),
        ],
        "figures": [
            Figure("actions complete", "4 of 14"),
            Figure("overdue", 2, "#", is_late=True),
            Figure("due in the next 30 days", 2, "#"),
            Figure("extension to decide", 1, "#"),
            Figure("updates not yet in", 4, "#", "for 6 November"),
        ],
        "filter": PlanFilter({"due": "overdue"}),
        "chosen": [Link("Overdue", "#")],
        "page": Paginator(range(1234), 100).page(5),
    }


def update() -> dict[str, Any]:
    return {"form": EveryQuestion(initial={"more_time": "yes"}, cancel="#")}


def update_with_errors() -> dict[str, Any]:
    form: forms.BaseForm = EveryQuestion(
        {**dict.fromkeys(GOOD, ""), "form_key": "a-key"}, {}, whole="Updates closed on 25 October 2024", cancel="#"
    )
    return {"form": form}
