"""What a column is for, told by its heading: whole headings, whatever their case, punctuation and plural."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from .timescales import flat, period_within

KINDS: tuple[tuple[str, str], ...] = (
    ("ref", "Reference"),
    ("recommendation", "Recommendation"),
    ("theme", "Theme"),
    ("tier", "Key or further"),
    ("response", "Response"),
    ("action", "Action"),
    ("position", "Position"),
    ("accountable", "Accountable"),
    ("responsible", "Responsible"),
    ("other_owner", "Other owner"),
    ("timescale", "Timescale"),
    ("status", "Status"),
    ("extra", "Keep as extra"),
    ("leave_out", "Leave out"),
)
OWNER_KINDS = ("accountable", "responsible", "other_owner")
PLAN_KINDS = frozenset({"action", "position", "timescale", "status", "response", *OWNER_KINDS})

SYNONYMS: dict[str, str] = {
    "ref": (
        "Ref, Reference, No, Number, #, Rec no, Rec ref, Rec number, Recommendation no, Recommendation number, "
        "Recommendation ref"
    ),
    "recommendation": (
        "Recommendation, Key recommendation, Main recommendation, Further recommendation, Peer team recommendation, "
        "Peer recommendation, Peer challenge recommendation, LGA recommendation, CPC recommendation, "
        "Peer team suggestion, Suggestion, What the peers recommended, What the peer team recommended"
    ),
    "theme": "Theme, Core theme, Area, Area of focus, Subject, Workstream",
    "tier": "Tier, Type, Type of recommendation, Recommendation type",
    "response": ("Response, Council response, Council's response, Our response, Management response, Agreed, Accepted"),
    "action": (
        "Action, Agreed action, Planned action, Proposed action, Action required, Action to be taken, Key action, "
        "What we will do"
    ),
    "position": (
        "Position, Position on the recommendation, Current position, Latest position, Progress, Progress update, "
        "Progress to date, Progress so far, Progress note, Update, Latest update, Commentary, Narrative, "
        "What we have done"
    ),
    "accountable": (
        "Accountable, Accountable officer, Accountable lead, Accountable person, SRO, Senior responsible officer, "
        "Senior responsible owner, Sponsor, Executive sponsor"
    ),
    "responsible": (
        "Responsible, Responsible officer, Lead, Lead officer, Officer lead, Owner, Action owner, By whom, Who, "
        "Assigned to, Responsibility"
    ),
    "other_owner": (
        "Portfolio holder, Cabinet member, Lead member, Member lead, Lead councillor, Scrutiny committee, "
        "Overview and scrutiny committee, Committee, Working group, Support, Supporting officer, Partner, "
        "Key partner, Consultee"
    ),
    "timescale": (
        "Timescale, Timeframe, Timeline, Target date, Due date, Deadline, By when, When, Completion date, "
        "Target completion date, Date, Original date, Original target date, Delivery date"
    ),
    "status": (
        "Status, Current status, Progress status, Implementation status, RAG, BRAG, RAG status, BRAG status, "
        "RAG rating, BRAG rating, Implemented, % complete, Percent complete, Percentage complete"
    ),
}
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
PUNCTUATION = re.compile(r"[^\w\s#%]|_")
FILLERS = frozenset("a as at to of for on in the by end".split())
PERIOD_WORDS = frozenset({"update", "progress", "position", "commentary"})
LONGEST = 200
ORIGINAL = "original recommendation"


@lru_cache(maxsize=2048)
def matching_forms(heading: str) -> tuple[str, ...]:
    """A heading as it is compared: small letters, no brackets, no punctuation, no "s" at the end of a word.

    Punctuation counts as nothing or as a space, so that "By-when" and "Council's response" both match.
    """
    if len(heading) > LONGEST:
        return (heading,)
    bare = BRACKETS.sub(" ", " ".join(heading.split()).casefold()).replace("%", " % ").replace("#", " # ")
    forms = []
    for instead in ("", " "):
        words = PUNCTUATION.sub(instead, bare).split()
        forms.append(" ".join(word[:-1] if word.endswith("s") and len(word) > 1 else word for word in words))
    return tuple(forms)


BY_HEADING = {
    matching_forms(heading)[0]: kind for kind, headings in SYNONYMS.items() for heading in headings.split(", ")
}


def is_original_recommendation(heading: str) -> bool:
    return ORIGINAL in matching_forms(heading)


def heading_period(heading: str) -> date | None:
    """The last day of the period a heading names, as in "Update June 2025"."""
    found = period_within(flat(heading)) if len(heading) <= LONGEST else None
    return found[0] if found else None


def names_an_update(heading: str) -> bool:
    """Whether a heading is one of the words update, progress, position, commentary together with a period."""
    plain = flat(heading)
    found = period_within(plain) if len(plain) <= LONGEST else None
    if found is None:
        return False
    start, end = found[2]
    for form in matching_forms(plain[:start] + " " + plain[end:]):
        words = [word for word in form.split() if word not in FILLERS]
        text = " ".join(words)
        if text in {matching_forms(word)[0] for word in PERIOD_WORDS} or BY_HEADING.get(text) == "position":
            return True
    return False


@lru_cache(maxsize=2048)
def heading_kind(heading: str) -> str:
    """The kind of a column by its heading; "extra" for a heading we do not know."""
    if len(heading) > LONGEST:
        return "extra"
    for form in matching_forms(heading):
        if kind := BY_HEADING.get(form):
            return kind
    return "position" if names_an_update(heading) else "extra"


def mentions_recommendation(heading: str) -> bool:
    """Whether a heading that is of no known kind has the word recommendation in it."""
    return heading_kind(heading) == "extra" and re.search(r"\brecommendations?\b", heading, re.IGNORECASE) is not None
