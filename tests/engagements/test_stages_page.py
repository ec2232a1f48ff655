"""The page about the stages is written from their table."""

from django.conf import settings

from engagements.management.commands.document_stages import page
from engagements.stages import MOVES


def test_the_page_is_the_table() -> None:
    written = (settings.BASE_DIR / "docs" / "stages.md").read_text(encoding="utf-8")

    assert written == page()
    assert written.count("\n| ") == 2 + 14 + 2 + len(MOVES)
    assert "**peer accepted**" in written
