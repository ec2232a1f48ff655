"""Small files made for tests: Word, Excel, CSV, web pages and pasted text, all with invented words."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from openpyxl import Workbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet2"><w:name w:val="List Bullet 2"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


@dataclass(frozen=True)
class P:
    """A Word paragraph: its text, its style, and its place in a list as (list, level)."""

    text: str
    style: str = ""
    listed: tuple[int, int] | None = None
    raw: str = ""

    def xml(self) -> str:
        properties = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        if self.listed:
            number, level = self.listed
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        runs = "<w:r><w:br/></w:r>".join(
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in self.text.split("\n")
        )
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.raw or runs}</w:p>"


@dataclass(frozen=True)
class C:
    """A Word cell: its paragraphs, how many columns it covers, and "restart" or "continue" for a merge down."""

    content: str | Sequence[P] = ""
    span: int = 1
    down: str = ""
    raw: str = ""

    def xml(self) -> str:
        about = f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else ""
        if self.down:
            about += f'<w:vMerge w:val="{self.down}"/>' if self.down == "restart" else "<w:vMerge/>"
        parts = [P(part) for part in self.content.split("\n")] if isinstance(self.content, str) else self.content
        inner = self.raw or "".join(part.xml() for part in parts)
        return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner or '<w:p/>'}</w:tc>"


def table_xml(rows: Sequence[Sequence[str | C] | str]) -> str:
    """A Word table. A row given as a string is taken as it is."""
    made = []
    for row in rows:
        if isinstance(row, str):
            made.append(row)
        else:
            cells = "".join((cell if isinstance(cell, C) else C(cell)).xml() for cell in row)
            made.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def word_parts(body: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }


def word(*parts: str | P | Sequence[Sequence[str | C] | str]) -> bytes:
    """A Word file of paragraphs (text or P) and tables (lists of rows)."""
    body = ""
    for part in parts:
        if isinstance(part, P):
            body += part.xml()
        elif isinstance(part, str):
            body += part if part.startswith("<w:") else P(part).xml()
        else:
            body += table_xml(part)
    return packed(word_parts(body))


def excel(*sheets: tuple[str, Sequence[Sequence[object]]], merges: dict[str, list[str]] | None = None) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for name in (merges or {}).get(title, []):
            sheet.merge_cells(name)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def separated(rows: Sequence[Sequence[str]], *, by: str = ",", encoding: str = "utf-8") -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=by).writerows(rows)
    return held.getvalue().encode(encoding)


def web(*parts: str | Sequence[Sequence[str]]) -> bytes:
    """A web page of pieces of HTML and tables (lists of rows of HTML)."""
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += part
        else:
            rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in part)
            body += f"<table>{rows}</table>"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def pasted(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)
