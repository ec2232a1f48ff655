"""Loads the frameworks, kinds of challenge, election days and demonstration councils that come with the project."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from engagements.operations import reference


class Command(BaseCommand):
    help = "Load the reference data that comes with the project. May be run again: what is there stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="where something here differs from the files, take the files’ words"
        )
        parser.add_argument("--no-councils", action="store_true", help="leave out the councils of the demonstration")

    def handle(self, *args: Any, update: bool, no_councils: bool, **options: Any) -> None:
        outcomes = []
        steps = [
            lambda: reference.load_frameworks(update=update, by=None),
            lambda: reference.load_challenge_types(update=update, by=None),
            lambda: reference.load_elections(update=update, by=None),
        ]
        if not no_councils:
            steps.append(lambda: reference.load_demonstration_councils(by=None))
        for step in steps:
            outcome = step()
            outcomes.append(outcome)
            self.stdout.write(f"{outcome.title}: {self.summary(outcome)}")
        if not any(outcome.added or outcome.updated for outcome in outcomes):
            self.stdout.write("Nothing changed.")

    def summary(self, outcome: reference.Outcome) -> str:
        parts = []
        if outcome.added:
            parts.append(f"{len(outcome.added)} added")
        if outcome.updated:
            parts.append(f"{len(outcome.updated)} brought up to date ({', '.join(outcome.updated)})")
        if outcome.left:
            parts.append(
                f"{len(outcome.left)} differ from the files and are left: {', '.join(outcome.left)} (--update takes the files’ words)"
            )
        if outcome.same:
            parts.append(f"{outcome.same} there already")
        return ", ".join(parts)
