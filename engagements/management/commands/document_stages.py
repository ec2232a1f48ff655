"""Write docs/stages.md from the table of stages; with --check, only say whether it is up to date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagements.stages import HARD_CONDITIONS, MOVES, STAGE_WORDS, STANDING_WORDS, StageWords

PAGE = settings.BASE_DIR / "docs" / "stages.md"
HEAD = """# The life of a challenge

Written by `manage.py document_stages` from `engagements/stages.py`. Change that table, not this page.

## What each reader calls a stage

| LGA | Council | Public |
| --- | --- | --- |
"""
MOVES_HEAD = """
## From one stage to the next

What is missing is a warning: a move goes ahead when somebody says why. Conditions in bold always hold it back.

| From | To | Needs |
| --- | --- | --- |
"""


class Command(BaseCommand):
    help = "Write docs/stages.md from the table of stages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        text = page()
        if not options["check"]:
            PAGE.write_text(text, encoding="utf-8")
        elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/stages.md is out of date. Run manage.py document_stages.")


def page() -> str:
    words = [*STAGE_WORDS.values(), *STANDING_WORDS.values()]
    return (
        HEAD
        + "".join(map(_words, words))
        + MOVES_HEAD
        + "".join(
            f"| {STAGE_WORDS[move.source].lga} | {STAGE_WORDS[move.target].lga} | {_needs(move.conditions)} |\n"
            for move in MOVES
        )
    )


def _words(words: StageWords) -> str:
    return f"| {words.lga} | {words.council} | {words.public or 'not public'} |\n"


def _needs(conditions: tuple[str, ...]) -> str:
    named = [(code, code.replace("_", " ")) for code in conditions]
    return ", ".join(f"**{words}**" if code in HARD_CONDITIONS else words for code, words in named)
