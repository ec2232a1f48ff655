"""What the renderer leaves out of a PDF's structure, put right just before the file is written.

- The text of running heads and feet is marked as an artifact, so that nobody is read it on every page.
- A table that runs over pages is one table with one head, not one for each page.
- Every heading cell says what it heads (Scope), and every other cell names its headings (Headers).
- Links are printed.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf
from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

Element: TypeAlias = Any  # a pydyf.Dictionary; the package has no types
PRINTED = 4


def finish_tags(document: Document, pdf: pydyf.PDF) -> None:
    """A finisher of WeasyPrint's write_pdf."""
    structure = Structure(pdf)
    parents = {child: parent for parent in document._html.etree_element.iter() for child in parent}
    cells = [cell for page in document.pages for cell in _cells(page._page_box)]
    _join_tables(structure, cells, parents)
    _name_headings(cells, parents)
    _mark_artifacts(structure, pdf)
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Annot":
            thing["F"] = PRINTED


class Structure:
    """The structure tree, followed by reference."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.objects = pdf.objects
        self.root = self.at(pdf.catalog["StructTreeRoot"])

    def at(self, reference: bytes) -> Any:
        return self.objects[int(reference.split()[0])]

    def parent(self, element: Element) -> Element:
        return self.at(element["P"])

    def above(self, element: Element, kind: str) -> Element:
        while element["S"] != kind:
            element = self.parent(element)
        return element

    def elements(self, element: Element) -> Iterator[Element]:
        """`element` and everything under it, in reading order."""
        yield element
        for kid in element["K"]:
            if isinstance(kid, bytes) and (child := self.at(kid)).get("Type") == "/StructElem":
                yield from self.elements(child)


def _cells(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TableCellBox) and hasattr(box, "mark"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _cells(child)


def _table_of(cell: Any, parents: dict[Any, Any]) -> Any:
    element = cell.element
    while element.tag != "table":
        element = parents[element]
    return element


def _join_tables(structure: Structure, cells: list[Any], parents: dict[Any, Any]) -> None:
    first: dict[Any, Any] = {}
    joined: set[int] = set()
    for cell in cells:
        table = structure.above(cell.mark, "/Table")
        whole: Any = first.setdefault(_table_of(cell, parents), table)
        if table is whole or table.number in joined:
            continue
        joined.add(table.number)
        structure.parent(table)["K"].remove(table.reference)
        for reference in table["K"]:
            part = structure.at(reference)
            if part["S"] in {"/TBody", "/TR", "/TFoot"}:
                part["P"] = whole.reference
                whole["K"].append(reference)
    for cell in cells:
        if structure.above(cell.mark, "/Table").number in joined:
            cell.mark = None  # a head said again on a later page


def _band_and_small_heads(cells: list[Any], parents: dict[Any, Any]) -> None:
    """Make data cells of a band over the whole width, and of row heads where there is hardly a row to head.

    Readers take more heads than data for a layout made of cells. A band has its own bookmark instead.
    """
    tables: dict[Any, list[Any]] = {}
    for cell in cells:
        if cell.mark is not None:
            tables.setdefault(_table_of(cell, parents), []).append(cell)
    for inside in tables.values():
        for cell in inside:
            if cell.element.get("scope") == "rowgroup":
                cell.mark["S"] = "/TD"
        heads = [cell for cell in inside if cell.mark["S"] == "/TH"]
        if 2 * len(heads) > len(inside):
            for cell in heads:
                if cell.element.get("scope") == "row":
                    cell.mark["S"] = "/TD"


def _name_headings(cells: list[Any], parents: dict[Any, Any]) -> None:
    """Give each heading cell its Scope and an ID, and each other cell the IDs of what stands over and before it."""
    _band_and_small_heads(cells, parents)
    names: dict[Any, pydyf.String] = {}
    said = [cell for cell in cells if cell.mark is not None]
    heads = [cell for cell in said if cell.mark["S"] == "/TH"]
    for cell in heads:
        cell.mark["A"]["Scope"] = "/Row" if cell.element.get("scope", "col") == "row" else "/Column"
        cell.mark["ID"] = pydyf.String(f"h{cell.mark.number}")
        names.setdefault(cell.element, cell.mark["ID"])
    over = _columns(heads, names, parents)
    for cell in said:
        if cell.mark["S"] == "/TH":
            continue
        cell.mark.pop("ID", None)
        row = parents[cell.element]
        above = over.get((_table_of(cell, parents), _position(cell.element, row)))
        before = [names[head] for head in row if head in names]
        cell.mark["A"]["Headers"] = pydyf.Array([*([above] if above else []), *before])


def _columns(heads: list[Any], names: dict[Any, Any], parents: dict[Any, Any]) -> dict[tuple[Any, int], Any]:
    found: dict[tuple[Any, int], Any] = {}
    for cell in heads:
        if cell.element.get("scope", "col") == "col":
            start = _position(cell.element, parents[cell.element])
            for column in range(start, start + int(cell.element.get("colspan", 1))):
                found.setdefault((_table_of(cell, parents), column), names[cell.element])
    return found


def _position(element: Any, row: Any) -> int:
    column = 0
    for other in row:
        if other is element:
            break
        column += int(other.get("colspan", 1))
    return column


def _mark_artifacts(structure: Structure, pdf: pydyf.PDF) -> None:
    """Whatever is drawn on a page and not in the structure is no part of what the paper says."""
    pages = [structure.at(reference) for reference in pdf.page_references]
    said: dict[int, set[int]] = {page["StructParents"]: set() for page in pages}
    number_of = {page.reference: page["StructParents"] for page in pages}
    for element in structure.elements(structure.at(structure.root["K"][0])):
        said[number_of[element["Pg"]] if "Pg" in element else 0].update(
            kid for kid in element["K"] if isinstance(kid, int)
        )
    entries = structure.at(structure.root["ParentTree"])["Nums"]
    listed = dict(zip(entries[::2], entries[1::2], strict=True))
    for page in pages:
        number = page["StructParents"]
        for mcid in range(len(listed[number])):
            if mcid not in said[number]:
                listed[number][mcid] = "null"
        drawing = structure.at(page["Contents"]).stream
        for place, piece in enumerate(drawing):
            if isinstance(piece, pydyf.Dictionary) and "MCID" in piece and piece["MCID"] not in said[number]:
                drawing[place - 1] = "/Artifact"
                drawing[place] = b"<</Type /Pagination>>"
