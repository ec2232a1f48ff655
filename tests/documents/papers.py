"""Reading a PDF in tests: its words, its structure, its bookmarks."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pypdf import PdfReader


def words_of(content: bytes) -> str:
    """All text in the order it is drawn, with single spaces."""
    reader = PdfReader(io.BytesIO(content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@dataclass(frozen=True)
class Element:
    """One element of a PDF's structure: its kind, its heading cells or scope, its words for a picture."""

    kind: str
    scope: str
    headers: int
    alt: str


def elements_of(content: bytes) -> list[Element]:
    """The structure tree in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return list(_below(pdf.Root.StructTreeRoot.K[0]))


def _below(element: Any) -> Iterator[Element]:
    about = element.get("/A", {})
    yield Element(
        str(element.S)[1:],
        str(about.get("/Scope", "")),
        len(about.get("/Headers", [])),
        str(element.get("/Alt", "")),
    )
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _below(kid)


def bookmarks_of(content: bytes) -> list[str]:
    def titles(outline: list[Any]) -> Iterator[str]:
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield entry.title

    return list(titles(PdfReader(io.BytesIO(content)).outline))
