"""From a file as read to paragraphs and tables whose header can be looked for."""

from __future__ import annotations

from peerchallenge.tabular import Document, Paragraph, Table
from peerchallenge.tabular.plain import SEPARATORS, likely_separator, separated_table

from .headers import find_header
from .pasted import body_of_text

FIRST_RECORDS = 15
FIRST_CHARACTERS = 100_000
Body = tuple[Paragraph | Table, ...]


def body_of(document: Document) -> Body:
    """The paragraphs and tables of a document, with separated values and text made into tables."""
    if document.kind == "csv":
        return (separated_table(document.source, separator_of(document.source)),)
    if document.kind == "text":
        body = tuple(body_of_text(document.source))
        if any(isinstance(part, Table) for part in body):
            return body
        separator = separator_of(document.source)
        table = separated_table(document.source, separator)
        return (table,) if find_header(table, "csv") else body
    return document.body


def separator_of(text: str) -> str:
    """The separator with which a header is found; of several, the one that occurs most in the header record."""
    found: list[tuple[int, int, str]] = []
    for order, separator in enumerate(SEPARATORS):
        first = separated_table(text[:FIRST_CHARACTERS], separator, most=FIRST_RECORDS + 1)
        header = find_header(first, "csv") or find_header(first, "csv", loosely=True)
        if header is not None:
            columns = len(header.headings)
            found.append((columns, -order, separator))
    return max(found)[2] if found else likely_separator(text)
