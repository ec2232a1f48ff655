"""Frameworks, kinds of challenge, election days and the councils of the demonstration, from the project's data files.

What is missing is added. What is there and says something else was changed by people and is left, unless they ask
for the files' words. Loading twice changes nothing the second time.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models

from engagements.models import ChallengeType, Council, ElectionDay, Framework, MilestoneRule, Question, Theme
from engagements.operations.councils import add_council
from peerchallenge.history.operations import operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

DATA = Path(__file__).resolve().parent.parent / "data"
Entry = dict[str, Any]


@dataclass
class Outcome:
    """What loading did to one file: names of what was added, brought up to date, left although it differs, and a count."""

    title: str
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    same: int = 0


def read_rows(name: str) -> list[Entry]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["rows"]


def load_frameworks(*, update: bool, by: "User | None") -> Outcome:
    outcome = Outcome("Frameworks")
    there = {framework.key: framework for framework in Framework.objects.prefetch_related("themes__questions")}
    for entry in read_rows("frameworks"):
        _settle(outcome, entry, there.get(entry["key"]), _framework_as_entry, save_framework, update=update, by=by)
    return outcome


def load_challenge_types(*, update: bool, by: "User | None") -> Outcome:
    outcome = Outcome("Kinds of challenge")
    kinds = ChallengeType.objects.select_related("framework").prefetch_related("rules")
    there = {kind.key: kind for kind in kinds}
    for position, entry in enumerate(read_rows("challenge_types"), start=1):
        placed = {**entry, "position": position}
        _settle(outcome, placed, there.get(entry["key"]), _type_as_entry, save_challenge_type, update=update, by=by)
    return outcome


def load_elections(*, update: bool, by: "User | None") -> Outcome:
    outcome = Outcome("Election days")
    there = {(day.kind, day.polls_on.isoformat()): day for day in ElectionDay.objects.all()}
    for entry in read_rows("elections"):
        titled = {**entry, "title": f"{entry['kind']} {entry['polls_on']}"}
        present = there.get((entry["kind"], entry["polls_on"]))
        _settle(outcome, titled, present, _election_as_entry, save_election, update=update, by=by)
    return outcome


def load_demonstration_councils(*, by: "User | None") -> Outcome:
    """Add the councils of the demonstration. One that is there, whatever a register made of it, is left."""
    outcome = Outcome("Councils of the demonstration")
    rows = read_rows("councils")
    codes = set(Council.objects.exclude(code=None).values_list("code", flat=True))
    slugs = set(Council.objects.values_list("slug", flat=True))
    for entry in rows:
        if entry["slug"] in slugs or entry["code"] in codes:
            outcome.same += 1
            continue
        add_council(by=by, **entry)
        outcome.added.append(entry["name"])
    return outcome


def _settle(
    outcome: Outcome,
    entry: Entry,
    present: models.Model | None,
    as_entry: Callable[[Any], Entry],
    save: Callable[..., object],
    *,
    update: bool,
    by: "User | None",
) -> None:
    """Add `entry`, or compare it with what is there and decide whose words stay."""
    title = entry["title"]
    if present is None:
        save(entry, by=by)
        outcome.added.append(title)
        return
    known = as_entry(present)
    if known == {key: entry[key] for key in known}:
        outcome.same += 1
    elif update:
        save(entry, by=by)
        outcome.updated.append(title)
    else:
        outcome.left.append(title)


FRAMEWORK_FIELDS = ("key", "title", "in_force", "first_year", "last_year", "basis", "source", "notes")


def _framework_as_entry(framework: Framework) -> Entry:
    themes = sorted(framework.themes.all(), key=lambda theme: theme.position)
    return {name: getattr(framework, name) for name in FRAMEWORK_FIELDS} | {
        "themes": [
            {
                "key": theme.key,
                "title": theme.title,
                "questions": [
                    question.text for question in sorted(theme.questions.all(), key=lambda question: question.position)
                ],
            }
            for theme in themes
        ]
    }


@operation("loaded the framework {result}")
def save_framework(entry: Entry, *, by: "User | None") -> Framework:
    """Add a framework or take over its words from a data file. Challenges have copies, so none of them changes."""
    framework, _ = Framework.objects.update_or_create(
        key=entry["key"], defaults={name: entry[name] for name in FRAMEWORK_FIELDS}
    )
    Question.objects.filter(theme__framework=framework).delete()
    Theme.objects.filter(framework=framework).delete()
    for position, theme in enumerate(entry["themes"], start=1):
        added = Theme.objects.create(framework=framework, position=position, key=theme["key"], title=theme["title"])
        Question.objects.bulk_create(
            Question(theme=added, position=place, text=text) for place, text in enumerate(theme["questions"], start=1)
        )
    return framework


TYPE_FIELDS = (
    "key",
    "title",
    "abbreviation",
    "address_suffix",
    "position",
    "days",
    "days_basis",
    "days_source",
    "team",
    "team_basis",
    "team_source",
    "notes",
)  # fmt: skip


def _type_as_entry(kind: ChallengeType) -> Entry:
    rules = sorted(kind.rules.all(), key=lambda rule: rule.pk)
    return {name: getattr(kind, name) for name in TYPE_FIELDS} | {
        "framework": kind.framework.key if kind.framework else None,
        "rules": [
            {
                "kind": rule.kind,
                "months": rule.months,
                "basis": rule.basis,
                "source": rule.source,
                "visits_from": rule.visits_from.isoformat() if rule.visits_from else None,
            }
            for rule in rules
        ],
    }


@operation("loaded the kind of challenge {result}")
def save_challenge_type(entry: Entry, *, by: "User | None") -> ChallengeType:
    """Add a kind of challenge or take over its defaults and rules. Dates that are computed follow the new rules."""
    framework = Framework.objects.get(key=entry["framework"]) if entry["framework"] else None
    defaults = {name: entry[name] for name in TYPE_FIELDS} | {"framework": framework}
    kind, _ = ChallengeType.objects.update_or_create(key=entry["key"], defaults=defaults)
    MilestoneRule.objects.filter(type=kind).delete()
    MilestoneRule.objects.bulk_create(MilestoneRule(type=kind, **rule) for rule in entry["rules"])
    return kind


ELECTION_FIELDS = ("was_held", "basis", "source", "note")


def _election_as_entry(day: ElectionDay) -> Entry:
    return {name: getattr(day, name) for name in ELECTION_FIELDS} | {
        "kind": day.kind,
        "polls_on": day.polls_on.isoformat(),
        "notice_on": day.notice_on.isoformat() if day.notice_on else None,
    }


@operation("loaded the election day {result}")
def save_election(entry: Entry, *, by: "User | None") -> ElectionDay:
    """Add an election day or take over what the data file says of it."""
    notice = dt.date.fromisoformat(entry["notice_on"]) if entry["notice_on"] else None
    day, _ = ElectionDay.objects.update_or_create(
        kind=entry["kind"],
        polls_on=dt.date.fromisoformat(entry["polls_on"]),
        defaults={name: entry[name] for name in ELECTION_FIELDS} | {"notice_on": notice},
    )
    return day
