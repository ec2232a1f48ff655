"""Builds the demonstration through the same operations as the pages. What is there already is left as it is."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actionplans.demonstration.plans import load_plan
from actionplans.models import Plan
from actionplans.operations.plan import plan_next_report
from engagements.models import ChallengeType, Council, Engagement, Framework
from engagements.operations import challenges, councils, milestones, recommendations, visit
from engagements.operations.stages import bring_in
from engagements.stages import ORDER, Stage
from peerchallenge.accounts.models import User
from peerchallenge.history.operations import operation

HERE = Path(__file__).parent
PASSWORD = "peer-challenge-demo"  # noqa: S105  # printed by bin/run; the demonstration is not for service
Progress = Callable[[str], None]


def read(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class World:
    """What the demonstration is made of while it is loaded. `added` counts what was not there before."""

    today: dt.date
    say: Progress
    added: list[str] = field(default_factory=list)

    def load(self) -> None:
        self.people()
        for load in (self.brentwood, self.essex, self.sevenoaks, self.northmoor, self.fenwick_vale, self.portfolio):
            load()
        self.peers()

    def people(self) -> None:
        self.say("People who can sign in")
        for person in read("people"):
            if User.objects.filter(email=person["email"]).exists():
                continue
            user = add_person(person, by=None)
            self.added.append(user.email)
            if "council" not in person:
                continue
            council = Council.objects.get(slug=person["council"])
            for role in person["roles"]:
                councils.give_role(user, council=council, role=role, by=None)
            for title in person.get("holds", ()):
                post = councils.post_named(title, council=council, by=None)
                councils.hold_post(post, name=user.name, user=user, from_on=dt.date(2019, 1, 7), by=None)

    def brentwood(self) -> None:
        story = read("brentwood")
        if self.knows(story["slug"]):
            return
        self.say("Brentwood 2024, from its published plan")
        first, last = month_of(story["visit_month"])
        engagement = self.start(story, first, last, manager="lena.fischer@lga.example", month_only=True)
        self.write_recommendations(engagement, story["recommendations"])
        self.bring_in(engagement, Stage.ACTION_PLAN)
        for kind, words in story["not_followed"].items():
            milestones.record_milestone(engagement, kind=kind, waived_reason=words, by=None, today=self.today)
        load_plan(engagement, story["recommendations"], today=self.today)
        self.report_to(engagement, story["committee"])

    def essex(self) -> None:
        story = read("history")["essex"]
        if self.knows(story["slug"]):
            return
        self.say("Essex 2024, postponed for the general election")
        engagement = self.start(story, *days_of(story["visit"]), manager="omar.reid@lga.example")
        focus = story["focus"]
        challenges.add_local_focus(
            engagement, title=focus["title"], questions=focus["questions"], asked_by="Essex County Council", by=None
        )
        self.bring_in(engagement, Stage.PREPARING)
        postponed = story["postponed"]
        visit.postpone_visit(
            engagement, reason=postponed["reason"], reason_words=postponed["words"], agreed_by=postponed["agreed_by"],
            decided_on=None, by=None, today=self.today,
        )  # fmt: skip

    def sevenoaks(self) -> None:
        story = read("history")["sevenoaks"]
        if self.knows(story["slug"]):
            return
        self.say("Sevenoaks 2020, with the core areas of its time")
        engagement = self.start(
            story, *days_of(story["visit"]), manager="omar.reid@lga.example", earlier=story["earlier"]
        )
        self.bring_in(engagement, Stage.PREPARING)

    def northmoor(self) -> None:
        story = read("northmoor")
        if Engagement.objects.filter(council__slug="northmoor").exists():
            return
        self.say("Northmoor, an invented council with a plan in full swing")
        starts = weekday(months_from(self.today, -story["visit_months_ago"]))
        engagement = self.start(story, starts, starts + dt.timedelta(days=3), manager="lena.fischer@lga.example")
        challenges.add_local_focus(
            engagement,
            title=story["focus"]["title"],
            questions=story["focus"]["questions"],
            asked_by="Chief Executive",
            by=None,
        )
        self.write_recommendations(engagement, story["recommendations"])
        self.bring_in(engagement, Stage.ACTION_PLAN)
        self.done(engagement, report_published=76, action_plan_latest=104)
        load_plan(engagement, story["recommendations"], today=self.today)
        self.report_to(engagement, story["committee"], in_days=24)

    def fenwick_vale(self) -> None:
        story = read("fenwick_vale")
        if Engagement.objects.filter(council__slug=story["council"]).exists():
            return
        self.say("Fenwick Vale, an invented council with a final report and no plan yet")
        starts = weekday(months_from(self.today, -story["visit_months_ago"]))
        engagement = self.start(story, starts, starts + dt.timedelta(days=3), manager="omar.reid@lga.example")
        self.write_recommendations(engagement, story["recommendations"])
        self.bring_in(engagement, Stage.PUBLISHED)
        self.done(engagement, report_published=70)

    def portfolio(self) -> None:
        for story in read("portfolio"):
            if Engagement.objects.filter(council__slug=story["council"]).exists():
                continue
            self.say(f"{story['council'].replace('-', ' ').capitalize()}, an invented council")
            starts = weekday(self.today + dt.timedelta(days=story["visit_days"]))
            engagement = self.start(
                story, starts, starts + dt.timedelta(days=story["days"] - 1), manager=story["manager"]
            )
            if ORDER[story["stage"]] >= ORDER[Stage.FINAL]:
                self.write_recommendations(engagement, read("fenwick_vale")["recommendations"])
            for kind, days in story.get("done", {}).items():
                milestones.record_milestone(
                    engagement, kind=kind, done_on=self.today + dt.timedelta(days=days), by=None, today=self.today
                )
            if "review" in story:
                booked = self.today + dt.timedelta(days=story["review"])
                milestones.record_milestone(
                    engagement, kind="progress_review", planned_on=booked, by=None, today=self.today
                )
            if story["stage"] != Stage.ASKED:
                self.bring_in(engagement, Stage(story["stage"]))
            if postponed := story.get("postponed"):
                visit.postpone_visit(
                    engagement, reason=postponed["reason"], reason_words=postponed["words"], agreed_by=postponed["agreed_by"],
                    decided_on=self.today + dt.timedelta(days=postponed["days"]), by=None, today=self.today,
                )  # fmt: skip

    def peers(self) -> None:
        for person in read("people"):
            if "peer" not in person:
                continue
            user = User.objects.get(email=person["email"])
            place = person["peer"]
            engagement = Engagement.objects.filter(council__slug=place["engagement"]).order_by("pk").first()
            if engagement is None or engagement.peers.filter(user=user).exists():
                continue
            challenges.add_peer(
                engagement, user=user, role=place["role"], from_council=place["from"],
                accepted_on=engagement.visit_starts_on, by=None,
            )  # fmt: skip

    def knows(self, slug: str) -> bool:
        return Engagement.objects.filter(slug=slug).exists()

    def start(
        self,
        story: dict[str, Any],
        starts: dt.date,
        ends: dt.date | None,
        *,
        manager: str | None,
        earlier: str = "",
        month_only: bool = False,
    ) -> Engagement:
        """Start a challenge with a confirmed visit, unless the story has it only asked for."""
        framework = Framework.objects.get(key=story["framework"]) if "framework" in story else None
        asked_only = story.get("stage") == Stage.ASKED
        engagement = challenges.start_challenge(
            Council.objects.get(slug=story["council"]),
            type=ChallengeType.objects.get(key=story.get("type", "corporate")),
            slug=story.get("slug"),
            manager=User.objects.get(email=manager) if manager else None,
            framework=framework,
            visit_starts_on=None if asked_only else starts,
            visit_ends_on=None if asked_only else ends,
            visit_wish=story.get("wish", ""),
            earlier_challenge=earlier,
            by=None,
            today=self.today,
        )
        if not asked_only:
            visit.confirm_visit(
                engagement, starts_on=starts, ends_on=ends, month_only=month_only,
                agreed_by="The council and the LGA", by=None, today=self.today,
            )  # fmt: skip
            engagement.refresh_from_db()
        self.added.append(engagement.slug)
        return engagement

    def done(self, engagement: Engagement, **days_after_visit: int) -> None:
        """Record milestones as done so many days after the first day of the visit."""
        for kind, days in days_after_visit.items():
            day = (engagement.visit_starts_on or self.today) + dt.timedelta(days=days)
            milestones.record_milestone(engagement, kind=kind, done_on=day, by=None, today=self.today)

    def write_recommendations(self, engagement: Engagement, wanted: list[dict[str, Any]]) -> None:
        areas = {area.position: area for area in engagement.focus_areas.all()}
        for entry in wanted:
            recommendations.write_recommendation(
                engagement, text=entry["text"], ref=entry["ref"], tier=entry.get("tier", "key"),
                focus_area=areas.get(entry.get("area", 0)), by=None,
            )  # fmt: skip

    def bring_in(self, engagement: Engagement, at: Stage) -> None:
        bring_in(engagement, at=at, why="It began before the demonstration was loaded", by=None, today=self.today)

    def report_to(self, engagement: Engagement, committee: str, *, in_days: int | None = None) -> None:
        councils.post_named(committee, council=engagement.council, kind="committee", by=None)
        plan = Plan.objects.get(engagement=engagement)
        meets = weekday(self.today + dt.timedelta(days=in_days)) if in_days else None
        plan_next_report(
            plan, committee=committee, next_meeting_on=meets,
            updates_close_on=meets - dt.timedelta(days=12) if meets else None, version=plan.version, by=None,
        )  # fmt: skip


@operation("added {result}")
def add_person(person: dict[str, Any], *, by: User | None) -> User:
    """A person of the demonstration, with its password."""
    return User.objects.create_user(
        person["email"], PASSWORD, name=person["name"], job_title=person["job"],
        telephone=person.get("telephone", ""), lga_role=person.get("lga", ""),
    )  # fmt: skip


def months_from(day: dt.date, months: int) -> dt.date:
    """The first of the month so many months away."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def month_of(words: str) -> tuple[dt.date, dt.date]:
    first = dt.date.fromisoformat(f"{words}-01")
    return first, months_from(first, 1) - dt.timedelta(days=1)


def days_of(visit_days: dict[str, str]) -> tuple[dt.date, dt.date | None]:
    ends = visit_days.get("ends")
    return dt.date.fromisoformat(visit_days["starts"]), dt.date.fromisoformat(ends) if ends else None


def weekday(day: dt.date) -> dt.date:
    """The Tuesday of that week."""
    return day - dt.timedelta(days=day.weekday()) + dt.timedelta(days=1)
