"""What each warning says to the person who checks the rows."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "unparsed_timescale": "“{text}” is kept as written, but we could not tell the date. Enter a due date if there is one.",
    "missing_timescale": "No timescale is given. Add one, or leave it open.",
    "status_in_timescale": "The timescale “{text}” begins with a status. We have read the status from it.",
    "date_before_visit": "“{text}” is before the peer team’s visit. Check the year.",
    "unknown_status": "We do not know what “{text}” means. Choose what it stands for.",
    "unpaired_bullets": "“{text}” has several entries, but not one for each action. Say which belongs to which.",
    "duplicate_ref": "The reference “{text}” is used twice for different recommendations. Check which is right.",
    "missing_owner": "Nobody is named for this action. Add who is accountable or responsible.",
    "cross_reference": "This row points to recommendation {refers_to}. We have kept the words and linked the two.",
    "skipped_row": "This row is not part of the plan, so we have left it out: “{text}”.",
}
CODES: tuple[str, ...] = tuple(SENTENCES)
MOST = 120


def sentence_for(code: str, *, text: str = "", column: str = "", refers_to: str = "") -> str:
    """The sentence for a warning, with the words of the file in it."""
    text = " ".join(text.split())
    short = text if len(text) <= MOST else text[: MOST - 1].rstrip() + "…"
    return SENTENCES[code].format(text=short, column=column, refers_to=refers_to)
