"""What the council does next: responses, actions, owners, progress, committee reports."""

from actionplans.models.action import Action, ActionOwner, AlsoServes, DateChange, Position, ProgressUpdate
from actionplans.models.plan import Plan, PlanImport, Response, StatusWord
from actionplans.models.report import CommitteeReport

__all__ = [
    "Action",
    "ActionOwner",
    "AlsoServes",
    "CommitteeReport",
    "DateChange",
    "Plan",
    "PlanImport",
    "Position",
    "ProgressUpdate",
    "Response",
    "StatusWord",
]
