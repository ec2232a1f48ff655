"""What can be said only when every recommendation is known: parents, repeated references, references to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .drafts import RecommendationDraft
from .layout import PlanRow
from .notes import Notes
from .refs import is_single_letter, parent_of, same_ref_key

POINTER = re.compile(
    r"(?<!\w)(?:see|refer to|addressed through|addressed under|covered by|covered under|covered in|picked up in|"
    r"picked up under|as per|combined with)(?!\w)"
    r"(?:\s+(?:also|the|recommendations?|recs?|actions?|items?|nos?)\b\.?)*\s+",
    re.IGNORECASE,
)
REF_THERE = re.compile(
    r"(?P<number>[A-Za-z]{0,3} ?\d+(?:\.\d+)*[A-Za-z]?)(?P<part>\([A-Za-z]\))?|(?P<letter>\([A-Za-z]\)|[A-Za-z]\))"
)


def set_parents(tables: Iterable[Sequence[RecommendationDraft]]) -> None:
    """Give each recommendation its parent, where that is a recommendation of the same file and tier.

    A single letter belongs to the nearest recommendation above it in its table whose reference is more than that.
    """
    lists = [list(drafts) for drafts in tables]
    known: dict[tuple[str | None, str], str] = {}
    for drafts in lists:
        for draft in drafts:
            if draft.ref is not None:
                known.setdefault((draft.tier, draft.ref.casefold()), draft.ref)
    for drafts in lists:
        above: RecommendationDraft | None = None
        for draft in drafts:
            if is_single_letter(draft.ref):
                if above is not None and above.tier == draft.tier:
                    draft.parent_ref = above.ref
                continue
            if draft.ref is not None:
                above = draft
                parent = parent_of(draft.ref)
                if parent is not None:
                    draft.parent_ref = known.get((draft.tier, parent.casefold()))


def note_missing(drafts: Sequence[RecommendationDraft], notes: Notes) -> None:
    """A recommendation without any action lacks an owner and a timescale, unless others stand under it."""
    parents = {(draft.tier, draft.parent_ref) for draft in drafts if draft.parent_ref is not None}
    for draft in drafts:
        if draft.actions or (draft.ref is not None and (draft.tier, draft.ref) in parents):
            continue
        for code, column in (("missing_owner", draft.owner_column), ("missing_timescale", draft.timescale_column)):
            if column is not None:
                notes.add(code, table=draft.table, row=draft.row, column=column.heading, place=column.index)


def note_duplicates(drafts: Sequence[RecommendationDraft], notes: Notes) -> None:
    """A reference that occurs again with the same tier and parent, but with another text."""
    seen: dict[tuple[str | None, str | None, str], str] = {}
    for draft in drafts:
        if draft.ref is None:
            continue
        key = (draft.tier, draft.parent_ref, draft.ref.casefold())
        text = " ".join(draft.text.split())
        if key not in seen:
            seen[key] = text
        elif seen[key] != text:
            column = draft.ref_column
            notes.add(
                "duplicate_ref",
                table=draft.table,
                row=draft.row,
                column=column.heading if column else None,
                place=column.index if column else None,
                text=draft.ref,
            )


def pointed_to(text: str, refs: dict[str, str]) -> str | None:
    """The recommendation of the file that a text points to with words such as "see" or "covered by"."""
    plain = " ".join(text.split())
    for pointer in POINTER.finditer(plain):
        if found := ref_there(plain, pointer.end(), refs):
            return found
    return None


def ref_there(text: str, start: int, refs: dict[str, str]) -> str | None:
    """The reference that stands at this place of a text, if the file has it. A letter alone needs its bracket."""
    match = REF_THERE.match(text, start)
    if match is None:
        return None
    number, part, letter = match["number"], match["part"] or "", match["letter"]
    if letter:
        after = text[match.end() : match.end() + 1]
        return None if after.isalnum() else refs.get(letter.strip("()").casefold())
    tries = [(number + part, match.end()), (number, match.end("number"))]
    for found, end in tries:
        if goes_on(text, end):
            continue
        for form in (found, found.replace(" ", "")):
            if ref := refs.get(same_ref_key(form)):
                return ref
    return None


def goes_on(text: str, end: int) -> bool:
    """Whether a letter or digit follows, or a full stop with a digit: then another reference stands there."""
    return text[end : end + 1].isalnum() or (text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit())


def note_pointers(rows: Iterable[PlanRow], drafts: Sequence[RecommendationDraft], notes: Notes) -> None:
    """Note each cell that points to another recommendation of the file."""
    refs: dict[str, str] = {}
    for draft in drafts:
        if draft.ref is not None:
            refs.setdefault(same_ref_key(draft.ref), draft.ref)
    if not refs:
        return
    for here in rows:
        if here.state != "plan":
            continue
        for index, cell in here.row.cells.items():
            column = here.columns.get(index)
            if column is None or column.kind in ("ref", "recommendation", "leave_out"):
                continue
            if found := pointed_to(cell.text, refs):
                notes.add(
                    "cross_reference",
                    table=here.table,
                    row=here.row.number,
                    column=column.heading,
                    place=index,
                    text=cell.text,
                    refers_to=found,
                )
