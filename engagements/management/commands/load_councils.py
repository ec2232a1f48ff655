"""Loads a register of councils from a CSV file."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagements.operations.registers import Loaded, compare, load_register
from engagements.registers import SHOWN, UnreadableRegister, read_register
from peerchallenge.web.words import counted

CREDITS = "docs/data-sources.md"


class Command(BaseCommand):
    help = (
        "Load councils from a CSV file: our columns (name, code, type …) or those of the ONS (LAD24CD, LAD24NM; CTY…). "
        "Adds and changes, never deletes; all or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--missing-ended-on",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the last day of the councils of the kinds in this file that it no longer names",
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, missing_ended_on: dt.date | None, **options: Any) -> None:
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
        except UnicodeDecodeError as fault:
            raise CommandError(f"{file} is not a CSV file in UTF-8. Save it as “CSV UTF-8”.") from fault
        try:
            register = read_register(text)
            self.stdout.write(f"{counted(len(register.rows), 'row')} read from {file.name}.")
            loaded = compare(register, missing_ended_on=missing_ended_on)
            if loaded.changes_something and not dry_run:
                loaded = load_register(register, missing_ended_on=missing_ended_on, by=None, say=self.progress)
        except UnreadableRegister as unreadable:
            shown = unreadable.faults[:SHOWN]
            if more := len(unreadable.faults) - len(shown):
                shown.append(f"and {more} more.")
            raise CommandError("\n".join(["Nothing was loaded.", *shown])) from unreadable
        if register.elsewhere:
            self.stdout.write(f"{counted(register.elsewhere, 'row')} of Scotland or Northern Ireland left out.")
        self.say(loaded, would=dry_run, ended=missing_ended_on is not None)

    def progress(self, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            self.stdout.write(f"{done} of {total}")

    def say(self, loaded: Loaded, *, would: bool, ended: bool) -> None:
        if not loaded.changes_something:
            self.stdout.write(f"Nothing changed: {counted(loaded.same, 'council')} as in the file.")
        else:
            verb = "would be " if would else ""
            self.stdout.write(
                f"{counted(len(loaded.added), 'council')} {verb}added, {len(loaded.changed)} {verb}changed, "
                f"{loaded.same} as they were, {counted(len(loaded.followed), 'succession')} {verb}recorded."
            )
        for row, facts in list(loaded.changed.values())[:SHOWN]:
            told = ", ".join(f"{name} {value}" for name, value in facts.items())
            self.stdout.write(f"  {row.name}: {told}")
        for remark in loaded.remarks[:SHOWN]:
            self.stdout.write(f"  {remark}")
        if loaded.unnamed and not ended:
            names = ", ".join(council.name for council in loaded.unnamed[:SHOWN])
            self.stdout.write(
                f"{counted(len(loaded.unnamed), 'council')} in being not in this file, left as they are: {names}. "
                "If they ended, give their last day with --missing-ended-on."
            )
        self.stdout.write(f"Where the data came from: {CREDITS}")
