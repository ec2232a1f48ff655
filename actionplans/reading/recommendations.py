"""The rows of one plan into recommendations with their actions."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerchallenge.tabular import Cell

from .actions import RowActions, TableFacts, Understanding
from .columns import Column
from .drafts import ActionDraft, RecommendationDraft
from .layout import PlanRow
from .model import Place, SourceRow
from .notes import Notes
from .refs import ref_at_start, stored_ref
from .responses import parse_response
from .tiers import has_tier_phrase, is_only_a_tier, tier_of, tier_of_cell

DATA_KINDS = (
    "action", "position", "accountable", "responsible", "other_owner", "timescale", "status", "extra",
)  # fmt: skip


@dataclass
class Walk:
    """Walks down the rows of one plan and remembers what carries on from row to row.

    `heading_tier` and `heading_theme` are what stands above the table or in the sheet's name.
    """

    facts: TableFacts
    understanding: Understanding
    notes: Notes
    heading_tier: str | None = None
    heading_theme: str | None = None
    group: int = 0
    section_tier: str | None = None
    section_theme: str | None = None
    section_words: str = ""
    column_tier: str | None = None
    column_tier_words: str = ""
    column_theme: str | None = None
    drafts: list[RecommendationDraft] = field(default_factory=list)
    by_text: dict[tuple[str | None, str], RecommendationDraft] = field(default_factory=dict)
    source: list[SourceRow] = field(default_factory=list)
    sections: list[tuple[PlanRow, str, str | None]] = field(default_factory=list)
    before: int = 0
    current: RecommendationDraft | None = None

    def row(self, here: PlanRow) -> None:
        """Take in one row."""
        if here.state in ("blank", "header"):
            return
        if here.state == "section":
            self.section(here)
        elif here.state == "plan":
            self.plan_row(here)
        elif here.state == "skipped":
            self.skip(here)
        draft = self.place_of(here)
        self.source.append(
            SourceRow(
                here.table, here.row.number, source_cells(here), "read" if here.state == "plan" else here.state, draft
            )
        )

    def place_of(self, here: PlanRow) -> int | None:
        """Which recommendation a row went to, as its place in the reading."""
        if here.state != "plan" or self.current is None:
            return None
        return self.before + self.current.number

    def skip(self, here: PlanRow) -> None:
        text = " ".join(cell.text for cell in here.row.cells.values() if not cell.is_blank)
        self.notes.add("skipped_row", table=here.table, row=here.row.number, column=None, text=text)

    def section(self, here: PlanRow) -> None:
        """A line between the rows names a theme, a tier, or both."""
        text = " ".join(cell.text for cell in here.row.cells.values() if not cell.is_blank)
        tier = tier_of(text)
        self.sections.append((here, text, tier))
        self.column_theme = None
        if tier is None:
            self.section_theme = text
            return
        self.section_tier, self.section_words = tier, text
        self.column_tier = None
        self.section_theme = None if is_only_a_tier(text) else text

    def finish(self) -> None:
        """A section that gave no recommendation its theme or tier is named as left out, so that no word is lost."""
        themes = {draft.theme for draft in self.drafts}
        tiers = {draft.tier for draft in self.drafts}
        for here, text, tier in self.sections:
            used = tier in tiers if tier is not None and is_only_a_tier(text) else text in themes
            if not used:
                self.skip(here)

    def plan_row(self, here: PlanRow) -> None:
        held: list[tuple[Column, str]] = []
        recommendation = here.column("recommendation")
        cell = here.row.cell(recommendation.index) if recommendation else Cell()
        ref_column, ref_words = self.ref_of(here)
        theme = self.theme_of(here)
        tier = self.tier_of(here, held)
        draft = self.current
        covered = recommendation is not None and recommendation.index in here.row.above
        same_ref = not ref_words or (draft is not None and stored_ref(ref_words) == draft.ref)
        if covered and draft is not None:
            if ref_words and not same_ref and ref_column is not None and ref_column.index not in here.row.above:
                held.append((ref_column, ref_words))
        elif cell.is_blank and same_ref:
            if draft is None:
                here.state = "skipped"
                self.skip(here)
                return
        else:
            draft = self.recommendation(here, recommendation, cell, ref_column, ref_words, tier, theme)
        if draft is None:
            return
        self.current = draft
        self.hold_others(here, draft, held)
        self.actions(here, draft, held)

    def ref_of(self, here: PlanRow) -> tuple[Column | None, str]:
        """The words of the ref column, or the number Word counted there."""
        column = here.column("ref")
        if column is None:
            return None, ""
        cell = here.row.cell(column.index)
        return column, "" if cell.is_blank and not cell.number else " ".join((cell.text or cell.number).split())

    def theme_of(self, here: PlanRow) -> str | None:
        """The theme column, whose blank cells carry on from above; else the section; else the heading."""
        found = here.of_kind("theme")
        if found:
            self.column_theme = found[0][1].text
        return self.column_theme or self.section_theme or self.heading_theme

    def tier_of(self, here: PlanRow, held: list[tuple[Column, str]]) -> tuple[str | None, str]:
        """The tier and the words it comes from: the column, a section, the heading above, the column's heading."""
        found = here.of_kind("tier")
        if found:
            column, cell = found[0]
            self.column_tier, self.column_tier_words = tier_of_cell(cell.text), cell.text
            if self.column_tier is None:
                held.append((column, cell.text))
        if self.column_tier:
            return self.column_tier, self.column_tier_words
        if self.section_tier:
            return self.section_tier, self.section_words
        if self.heading_tier:
            return self.heading_tier, ""
        column_of = here.column("recommendation")
        return (tier_of(column_of.heading) if column_of else None), ""

    def recommendation(
        self,
        here: PlanRow,
        column: Column | None,
        cell: Cell,
        ref_column: Column | None,
        ref_words: str,
        tier: tuple[str | None, str],
        theme: str | None,
    ) -> RecommendationDraft:
        """The recommendation of a row: a new one, or the one with the same reference and text."""
        text = "" if cell.is_blank else cell.text
        ref = stored_ref(ref_words) or None
        taken_from = ref_column if ref else None
        if ref is None and (found := ref_at_start(text)):
            ref, ref_words, text = found.ref, found.source, found.rest
        key = (ref, " ".join(text.split()))
        draft = self.by_text.get(key)
        if draft is not None:
            return draft
        draft = RecommendationDraft(here.table, here.row.number, ref, text, tier[0], theme)
        draft.ref_column = taken_from or column if ref else None
        for name, words in (("ref", ref_words), ("tier", tier[1]), ("theme", theme or "")):
            if words:
                draft.sources[name] = words
        draft.owner_column, draft.timescale_column = self.facts.owner_column, self.facts.timescale_column
        for name, where in (("text", column), ("ref", draft.ref_column), ("theme", here.column("theme")),
                            ("tier", here.column("tier"))):  # fmt: skip
            if where is not None:
                draft.places[name] = Place(here.table, here.row.number, where.index, where.heading)
        draft.number = len(self.drafts)
        self.drafts.append(draft)
        self.by_text[key] = draft
        return draft

    def hold_others(self, here: PlanRow, draft: RecommendationDraft, held: list[tuple[Column, str]]) -> None:
        """A theme or tier that is not the recommendation's own is kept with the action."""
        for column, cell in here.of_kind("theme"):
            if cell.text != draft.theme:
                held.append((column, cell.text))
        for column, cell in here.of_kind("tier"):
            named = tier_of_cell(cell.text)
            if named is not None and (named != draft.tier or cell.text != draft.sources.get("tier", cell.text)):
                held.append((column, cell.text))
            elif named is not None:
                draft.sources.setdefault("tier", cell.text)

    def actions(self, here: PlanRow, draft: RecommendationDraft, held: list[tuple[Column, str]]) -> None:
        """Add the actions of this row, and whatever of the row has no other place."""
        answer, kept = self.response_of(here, draft)
        has_data = bool(here.of_kind(*DATA_KINDS)) or bool(held) or kept is not None
        if not has_data:
            return
        actions = RowActions(here, self.facts, self.understanding, self.notes).read()
        draft.actions += actions
        for column, text in held:
            for action in actions:
                action.keep(column.heading, text)
        if kept is not None and answer is not None:
            self.keep_response(answer, kept, draft, actions)

    def response_of(self, here: PlanRow, draft: RecommendationDraft) -> tuple[Column | None, str | None]:
        """The answer to the recommendation; and the whole cell, when it says more than that."""
        found = here.of_kind("response")
        if not found:
            return None, None
        column, cell = found[0]
        response, more = parse_response(cell.text)
        if draft.response is None and response is not None:
            draft.response = response
            draft.places["response"] = Place(here.table, here.row.number, column.index, column.heading)
        elif response is not None and response != draft.response:
            more = True
        if not more:
            draft.sources.setdefault("response", cell.text)
        return column, cell.text if more else None

    def keep_response(self, column: Column, text: str, draft: RecommendationDraft, actions: list[ActionDraft]) -> None:
        """An answer in more words is the action where the table has no action or position; else it is kept once."""
        if not self.facts.has_action_or_position:
            for action in actions:
                action.text = text
                action.at("text", column)
            return
        first = draft.actions[0]
        if first.extra.get(column.heading) != text:
            first.keep(column.heading, text)


def source_cells(here: PlanRow) -> tuple[tuple[str, str], ...]:
    """What the file says in this row: heading and text of each filled cell."""
    cells = []
    for index, cell in here.row.cells.items():
        column = here.columns.get(index)
        text = cell.text or cell.number
        if text:
            cells.append((column.heading if column and not here.row.alone else "", text))
    return tuple(cells)


def heading_tier_and_theme(heading: str, name: str, *, several: bool) -> tuple[str | None, str | None]:
    """What the heading above a table, or the name of a sheet, says about tier and theme."""
    tier = tier_of(heading) or tier_of(name)
    theme = heading if several and heading and not has_tier_phrase(heading) else None
    return tier, theme
