"""One row of a plan into its actions: one, or several where bullets and dates or statuses stand in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peerchallenge.tabular import Cell

from .columns import Column
from .drafts import ActionDraft
from .entries import Item, entries_of, items_of, split_entries, status_entries, timescale_entries
from .headings import OWNER_KINDS
from .layout import PlanRow
from .model import Place, PlanStatus, PlanTimescale, Statement
from .notes import Notes
from .owners import is_named, joined_lines, owners_of
from .positions import dated_items, statement_kind
from .statuses import parse_status
from .timescales import parse_timescale


@dataclass(frozen=True)
class Understanding:
    """What holds for the whole file: when the visit was, what colours mean, what a person said labels mean."""

    visit_start: date | None
    legend: dict[str, str]
    known_statuses: dict[str, str]


@dataclass(frozen=True)
class TableFacts:
    """Which columns the table has, told apart from what one row fills in."""

    owner_column: Column | None
    timescale_column: Column | None
    has_action_or_position: bool


class RowActions:
    """Reads the actions of one row."""

    def __init__(self, here: PlanRow, facts: TableFacts, understanding: Understanding, notes: Notes) -> None:
        self.here = here
        self.facts = facts
        self.understanding = understanding
        self.notes = notes
        found = here.of_kind("action")
        self.action = found[0] if found else None
        self.timescale = next(iter(here.of_kind("timescale")), None)
        self.status = next(iter(here.of_kind("status")), None)
        self.items = items_of(self.action[1].lines) if self.action else []
        self.entries, self.leads = split_entries(self.items)
        self.times = timescale_entries(self.timescale[1]) if self.timescale else []
        self.statuses = status_entries(self.status[1]) if self.status else []
        count = len(self.entries)
        self.paired = count >= 2 and count in (len(self.times), len(self.statuses))
        self.count = count if self.paired else 1
        self.drafts = [ActionDraft(here.table, here.row.number) for _each in range(self.count)]

    def read(self) -> list[ActionDraft]:
        self.read_words()
        for column, cell in self.here.of_kind(*OWNER_KINDS):
            self.read_owners(column, cell)
        for column, cell in self.here.of_kind("extra"):
            self.read_extra(column, cell)
        self.read_status()
        self.read_timescale()
        self.check_owners()
        return self.drafts

    def warn(self, code: str, column: Column, text: str) -> None:
        self.notes.add(
            code,
            table=self.here.table,
            row=self.here.row.number,
            column=column.heading,
            place=column.index,
            text=text,
        )

    def read_words(self) -> None:
        """The words of the action and the statements about its position, in the order of the columns."""
        for column, cell in self.here.of_kind("action", "position"):
            place = Place(self.here.table, self.here.row.number, column.index, column.heading)
            if column.kind == "position":
                self.read_position(column, cell, place)
                continue
            for draft in self.drafts:
                draft.at("text", column)
            if self.paired:
                for draft, text in zip(self.drafts, self.entries, strict=True):
                    draft.text = text
                self.drafts[0].position += [Statement(text, "note", None, place) for text in self.leads]
            elif len(self.entries) >= 2 and cell.has_bullets:
                self.drafts[0].text = "\n".join(self.leads)
                bullets = [item for item in self.items if item.bullet]
                self.drafts[0].position += statements(bullets, None, place)
            else:
                self.drafts[0].text = cell.text

    def read_position(self, column: Column, cell: Cell, place: Place) -> None:
        """Statements in order; dealt out to the actions when there are as many entries as actions."""
        items = [each.item for each in dated_items(items_of(cell.lines))]
        entries, leads = split_entries(items)
        if self.paired and len(entries) == self.count:
            self.drafts[0].position += statements([Item(text) for text in leads], column.on, place)
            for draft, text in zip(self.drafts, entries, strict=True):
                draft.position += statements([Item(text)], column.on, place)
        else:
            self.drafts[0].position += statements(items, column.on, place)

    def read_owners(self, column: Column, cell: Cell) -> None:
        lines = joined_lines(cell.lines)
        dealt = self.paired and len(lines) == self.count
        for number, draft in enumerate(self.drafts):
            owners = list(owners_of([lines[number]] if dealt else lines))
            if column.kind == "other_owner":
                draft.other_owners.setdefault(column.heading, []).extend(owners)
                draft.at(f"other_owners.{column.heading}", column)
            else:
                draft.owners[column.kind] += owners
                draft.at(column.kind, column)

    def read_extra(self, column: Column, cell: Cell) -> None:
        entries, leads = entries_of(cell)
        dealt = self.paired and len(entries) == self.count
        for number, draft in enumerate(self.drafts):
            text = entries[number] if dealt else cell.text
            if dealt and number == 0 and leads:
                text = "\n".join([*leads, text])
            draft.keep(column.heading, text)
            draft.at(f"extra.{column.heading}", column)

    def read_status(self) -> None:
        if self.status is None:
            return
        column, cell = self.status
        dealt = self.paired and len(self.statuses) == self.count
        if not dealt and len(self.statuses) >= 2:
            self.warn("unpaired_bullets", column, cell.text)
        leads = entries_of(cell)[1]
        for number, draft in enumerate(self.drafts):
            draft.at("status", column)
            if not dealt and len(self.statuses) >= 2:
                draft.status = PlanStatus(cell.text, None)
                continue
            text = self.statuses[number] if dealt else cell.text
            if dealt and number == 0 and leads:
                draft.keep(column.heading, "\n".join(leads))
            canonical = self.meaning(text)
            draft.status = PlanStatus(text, canonical)
            if canonical is None and text:
                self.warn("unknown_status", column, text)

    def meaning(self, text: str) -> str | None:
        return parse_status(text, legend=self.understanding.legend, known=self.understanding.known_statuses)

    def read_timescale(self) -> None:
        if self.timescale is None:
            if self.facts.timescale_column is not None:
                self.warn("missing_timescale", self.facts.timescale_column, "")
            return
        column, cell = self.timescale
        dealt = self.paired and len(self.times) == self.count
        leads = entries_of(cell)[1]
        if not dealt and len(self.times) >= 2:
            self.warn("unpaired_bullets", column, cell.text)
            for draft in self.drafts:
                draft.timescale = PlanTimescale(cell.text, None, "unparsed")
                draft.at("timescale", column)
            return
        for number, draft in enumerate(self.drafts):
            draft.at("timescale", column)
            if dealt and number == 0 and leads:
                draft.keep(column.heading, "\n".join(leads))
            self.one_timescale(draft, column, self.times[number] if dealt else cell.text)

    def one_timescale(self, draft: ActionDraft, column: Column, text: str) -> None:
        """A timescale and what to say about it. Where the row has no status, it is taken from here."""
        read = parse_timescale(text)
        draft.timescale = PlanTimescale(text, read.due, read.precision)
        if read.status_word:
            self.warn("status_in_timescale", column, text)
            if not draft.status.text:
                known = self.meaning(read.status_word) or read.status
                draft.status = PlanStatus(read.status_word, known)
                draft.at("status", column)
        if read.precision == "unparsed":
            self.warn("unparsed_timescale", column, text)
        if read.is_missing:
            self.warn("missing_timescale", column, text)
        if read.due and self.understanding.visit_start and read.due < self.understanding.visit_start:
            self.warn("date_before_visit", column, text)

    def check_owners(self) -> None:
        column = self.facts.owner_column
        if column is None:
            return
        for draft in self.drafts:
            named = [*draft.owners["accountable"], *draft.owners["responsible"]]
            named += [owner for owners in draft.other_owners.values() for owner in owners]
            if not any(is_named(owner) for owner in named):
                self.warn("missing_owner", column, " ".join(named))


def statements(items: list[Item], on: date | None, place: Place) -> list[Statement]:
    """Items as statements: done, planned or a note, on the date they start with or the period of their column."""
    return [Statement(each.item.text, statement_kind(each.rest), each.on or on, place) for each in dated_items(items)]
