"""Read a council's action plan from a file, and add it to a challenge."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from django.utils import timezone

from actionplans.operations.imports import add_file
from actionplans.reading import read_plan, to_gold
from actionplans.reading.model import Reading
from engagements.models import Engagement
from peerchallenge.access import Refused
from peerchallenge.tabular import Unreadable, read_file
from peerchallenge.tabular.limits import MAX_FILE, TOO_BIG
from peerchallenge.web.words import counted

CANNOT = 2


class Command(BaseCommand):
    help = "Read an action plan (Word, Excel, CSV, web page or text) and add it to a challenge. Exit 2 when it cannot be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--engagement", metavar="REF", help="the challenge's address (northmoor-2024) or reference")
        parser.add_argument("--dry-run", action="store_true", help="read and show; write nothing")
        parser.add_argument("--json", action="store_true", help="print only the reading, as JSON")
        parser.add_argument(
            "--visit-start", metavar="YYYY-MM-DD", help="first day of the visit, to find dates before it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        content = self.content(path)
        engagement = self.engagement(options["engagement"])
        reads_only = options["dry_run"] or (options["json"] and engagement is None)
        if engagement is None and not reads_only:
            self.cannot("Say which challenge the plan belongs to with --engagement, or use --dry-run to read it only.")
        visit_start = self.visit_start(options["visit_start"]) or (engagement.visit_starts_on if engagement else None)
        try:
            reading = read_plan(read_file(content, path.name), visit_start=visit_start)
            if reading.problem:
                raise Unreadable(reading.problem)
        except Unreadable as unreadable:
            self.cannot(str(unreadable))
        if not reads_only and engagement is not None:
            self.add(engagement, content, path.name)
        if options["json"]:
            self.stdout.write(json.dumps(to_gold(reading), ensure_ascii=False, indent=1))
        else:
            self.tell(reading, path.name, added=not reads_only)

    def engagement(self, ref: str | None) -> Engagement | None:
        if not ref:
            return None
        found = (
            Engagement.objects.select_related("council", "type").filter(Q(slug=ref) | Q(reference__iexact=ref)).first()
        )
        if found is None:
            self.cannot(f"There is no challenge “{ref}”. Give its address, such as northmoor-2024, or its reference.")
        return found

    def visit_start(self, given: str | None) -> dt.date | None:
        if not given:
            return None
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            self.cannot(f"“{given}” is not a date. Write it like 2024-03-05.")

    def content(self, path: Path) -> bytes:
        try:
            if path.is_file() and path.stat().st_size > MAX_FILE:
                self.cannot(TOO_BIG)
            return path.read_bytes()
        except OSError as fault:
            self.cannot(f"{path} cannot be opened: {fault.strerror}.")

    def add(self, engagement: Engagement, content: bytes, name: str) -> None:
        now = timezone.now()
        try:
            add_file(engagement, content=content, name=name, by=None, now=now, today=timezone.localdate(now))
        except (Unreadable, Refused) as refused:
            self.cannot(str(refused))

    def tell(self, reading: Reading, name: str, *, added: bool) -> None:
        recommendations, actions = len(reading.recommendations), len(reading.actions)
        self.stdout.write(f"{name}: {counted(recommendations, 'recommendation')}, {counted(actions, 'action')}.")
        for warning in reading.warnings:
            self.stdout.write(f"  Row {warning.row}: {warning.sentence}")
        self.stdout.write("The plan was added." if added else "Nothing was written.")

    def cannot(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(CANNOT)
