"""Who may, for action plans and committee reports."""

import datetime as dt
from typing import TYPE_CHECKING

import rules
from django.utils import timezone

from actionplans.models import Action, CommitteeReport, PlanImport
from engagements.models import Post, Recommendation
from engagements.rules import is_accountable, is_coordinator, is_programme_office, manages, reads_it

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def holds_owning_post(user: "User", action: Action, on: dt.date) -> bool:
    """Whether `user` holds, on a day, a post that owns `action`, as accountable, responsible or otherwise."""
    return Post.objects.held_by(user, on).filter(ownerships__action=action).exists()


@rules.predicate
def coordinates_action(user: "User", action: Action | None) -> bool:
    return action is not None and is_coordinator(user, action.engagement)


@rules.predicate
def owns_action(user: "User", action: Action | None) -> bool:
    return action is not None and holds_owning_post(user, action, timezone.localdate())


@rules.predicate
def reads_action(user: "User", action: Action | None) -> bool:
    return action is not None and reads_it(user, action.engagement)


@rules.predicate
def reads_recommendation(user: "User", recommendation: Recommendation | None) -> bool:
    return recommendation is not None and reads_it(user, recommendation.engagement)


@rules.predicate
def answers_recommendation(user: "User", recommendation: Recommendation | None) -> bool:
    """The coordinator and accountable people of the council."""
    return recommendation is not None and (is_coordinator | is_accountable)(user, recommendation.engagement)


@rules.predicate
def coordinates_import(user: "User", plan_import: PlanImport | None) -> bool:
    return plan_import is not None and is_coordinator(user, plan_import.engagement)


@rules.predicate
def reads_report(user: "User", report: CommitteeReport | None) -> bool:
    return report is not None and reads_it(user, report.engagement)


@rules.predicate
def writes_report(user: "User", report: CommitteeReport | None) -> bool:
    return report is not None and is_coordinator(user, report.engagement)


rules.add_perm("actionplans.read_plan", reads_it)
rules.add_perm("actionplans.change_plan", is_coordinator)
rules.add_perm("actionplans.import_plan", is_coordinator)
rules.add_perm("actionplans.import_import", coordinates_import)
rules.add_perm("actionplans.read_recommendation", reads_recommendation)
rules.add_perm("actionplans.answer_recommendation", answers_recommendation)
rules.add_perm("actionplans.read_action", reads_action)
rules.add_perm("actionplans.change_action", coordinates_action)
rules.add_perm("actionplans.update_action", coordinates_action | owns_action)
rules.add_perm("actionplans.prepare_report", is_coordinator)
rules.add_perm("actionplans.write_report", writes_report)
rules.add_perm("actionplans.read_report", reads_report)
rules.add_perm("actionplans.list_reports", is_coordinator | is_programme_office | manages | reads_it)
