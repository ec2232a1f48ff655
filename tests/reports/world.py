"""Northmoor for the tests of reports: an invented council, its people, and a plan of five actions."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from actionplans.models import Action, CommitteeReport
from actionplans.operations import plan, reports, updates
from actionplans.operations.plan import OwnerEntry, PositionEntry
from engagements.models import ChallengeType, Engagement
from engagements.operations import challenges, councils, recommendations, stages
from engagements.stages import Stage
from peerchallenge.accounts.models import User

VISIT = dt.date(2024, 3, 5)
WRITTEN = dt.date(2024, 6, 12)
SEPTEMBER = dt.date(2024, 9, 4)
FIRST_CUT_OFF = dt.date(2024, 8, 23)
NOVEMBER = dt.date(2024, 11, 6)
CUT_OFF = dt.date(2024, 10, 25)
FREEZING = dt.datetime(2024, 10, 28, 9, 0, tzinfo=dt.UTC)


@dataclass
class World:
    engagement: Engagement
    carys: User  # coordinator
    ruth: User  # clerk
    owen: User  # owns actions
    sam: User  # coordinator of another council
    actions: dict[str, Action]

    def update(self, ref: str, on: dt.date, **said: Any) -> None:
        action = Action.objects.get(engagement=self.engagement, ref=ref)
        said.setdefault("status", action.status)
        said.setdefault("done", f"Said about {ref} on {on}")
        updates.update_action(action, version=action.version, form_key=uuid.uuid4(), by=self.carys, today=on, **said)

    def begin(self, meeting_on: dt.date = NOVEMBER, cut_off_on: dt.date = CUT_OFF) -> CommitteeReport:
        return reports.start_report(
            self.engagement,
            committee="Finance and Resources Committee",
            meeting_on=meeting_on,
            cut_off_on=cut_off_on,
            form_key=uuid.uuid4(),
            by=self.carys,
            today=cut_off_on,
        )

    def freeze(self, report: CommitteeReport, now: dt.datetime = FREEZING) -> CommitteeReport:
        return reports.ask_to_issue(report, version=report.version, by=self.carys, now=now)


def person(email: str, name: str, **fields: Any) -> User:
    return User.objects.create_user(email, "a long pass phrase", name=name, **fields)


def northmoor() -> World:
    kind, _ = ChallengeType.objects.get_or_create(
        key="corporate",
        defaults={"title": "Corporate peer challenge", "abbreviation": "CPC", "days": 4, "days_basis": "sourced", "team_basis": "sourced"},
    )
    council = councils.add_council(
        "Northmoor Borough Council", short_name="Northmoor", slug="northmoor-of-reports", type="district",
        governance="committee", is_invented=True, by=None,
    )  # fmt: skip
    other = councils.add_council(
        "Saltmere City Council", short_name="Saltmere", slug="saltmere-of-reports", type="district", is_invented=True, by=None
    )
    carys = person("carys@northmoor.example", "Carys Bevan", job_title="Policy and Performance Manager", telephone="01632 960143")
    ruth = person("ruth@northmoor.example", "Ruth Okafor")
    owen = person("owen@northmoor.example", "Owen Price")
    sam = person("sam@saltmere.example", "Sam Whitlock")
    for user, role in ((carys, "coordinator"), (ruth, "clerk"), (owen, "action_owner")):
        councils.give_role(user, council=council, role=role, by=None)
    councils.give_role(sam, council=other, role="coordinator", by=None)
    engagement = challenges.start_challenge(
        council, type=kind, slug="northmoor-2024", visit_starts_on=VISIT, visit_ends_on=VISIT + dt.timedelta(days=3), by=None, today=VISIT
    )
    for ref, text in (("1", "Say in one page what the borough should be"), ("2", "Plan from evidence"), ("3", "Be seen in the region")):
        recommendations.write_recommendation(engagement, text=text, ref=ref, by=None)
    engagement.refresh_from_db()
    stages.bring_in(engagement, at=Stage.ACTION_PLAN, why="Set up for a test", by=carys, today=WRITTEN)
    by_ref = {recommendation.ref: recommendation for recommendation in engagement.recommendations.all()}
    plan.answer_recommendation(
        by_ref["3"], answer="accepted_in_part", reason="The Leader chairs a board already.", by=carys, today=WRITTEN
    )
    wanted = (
        ("1", "Share the page with staff", "Oct 24", "in_progress", ()),
        ("1", "Hang it in every building", "Ongoing", "ongoing", ()),
        ("2", "", "Dec 24", "not_started", (("done", None, "We have a timetable."), ("planned", None, "We will refine the draft."))),
        ("3", "Brief members before each meeting", "Sep 24", "in_progress", ()),
        ("3", "Report back to full Council", "Oct 24", "not_started", ()),
    )
    actions = {}
    for ref, text, timescale, status, positions in wanted:
        action = plan.add_action(
            by_ref[ref],
            text=text,
            owners=(OwnerEntry("Chief Executive", "accountable"), OwnerEntry("Director of Policy & Transformation")),
            timescale=timescale,
            status=status,
            positions=[PositionEntry(kind, on, words) for kind, on, words in positions],
            by=carys,
            today=WRITTEN,
        )
        actions[action.ref] = action
    chief = councils.post_named("Chief Executive", council=council, by=None)
    councils.hold_post(chief, name="Priya Nair", from_on=dt.date(2020, 1, 6), by=None)
    director = councils.post_named("Director of Policy & Transformation", council=council, by=None)
    councils.hold_post(director, name="Owen Price", user=owen, from_on=dt.date(2020, 1, 6), by=None)
    return World(Engagement.objects.select_related("council", "type").get(pk=engagement.pk), carys, ruth, owen, sam, actions)
