"""What kind of file is this? Decided by what is in it; the name only helps where the content leaves it open."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

import puremagic

from . import limits
from .archive import LOCKED, open_archive
from .excel import read_excel
from .limits import MAX_FILE, MAX_TEXT_FILE
from .model import Document, Paragraph, Unreadable
from .plain import BINARY, decode_text, read_lines, read_separated
from .web import read_web
from .word import read_word

EMPTY_FILE = "This file is empty. Choose the file that holds the plan, or paste the table instead."
NOT_FOUND = "This file cannot be opened. Check that it is still there and choose it again."
MACROS = (
    "This file contains macros, so we have not opened it. Save it as .docx or .xlsx without macros and choose that."
)
OLD_WORD = "This file is in an old Word format. Open it in Word, save it as .docx and choose that."
OLD_EXCEL = "This file is in an old Excel format. Open it in Excel, save it as .xlsx and choose that."
OLD_OFFICE = "This file is in an old Office format. Open it, save it as .docx or .xlsx and choose that."
OPEN_DOCUMENT = "This file is in the OpenDocument format. Save it as .docx or .xlsx and choose that."
PDF = "This is a PDF. Choose the Word or Excel file it was made from, or copy the table and paste it instead."
RICH_TEXT = "This file is in Rich Text Format. Open it in Word, save it as .docx and choose that."
OTHER_ARCHIVE = "This is a packed folder, not a plan. Unpack it and choose the Word or Excel file that is in it."
PROGRAM = "This is a program, not a Word file. Choose the Word, Excel, CSV or web page file that holds the plan."
PICTURE = (
    "This is a picture. Choose the Word or Excel file that holds the plan, or copy the table and paste it instead."
)
DRAWING = PICTURE
MAIL = "This file is a saved e-mail or web archive. Save the page as .html, or copy the table and paste it instead."
NAMED_OTHERWISE = (
    "This file is named like {kind} file but it is not one. Open it, save it as .{suffix} and choose that."
)
NO_TABLE = "We could not find a table in this file. Paste the table instead."

MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    r"<(!doctype\s+html|html|head|body|table|div|meta|main|h[1-6]|p|section|article)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP_LATER = re.compile(r"<(html|body|table)\b", re.I)
START = 8192
OFFICE_SUFFIXES = {".docx": "a Word", ".doc": "a Word", ".xlsx": "an Excel", ".xls": "an Excel", ".pdf": "a PDF"}


def read_file(source: str | Path | bytes, name: str | None = None) -> Document:
    """Read a file into paragraphs and tables. Raises Unreadable with a sentence that says what to do.

    A path is better than bytes: a packed file is then read piece by piece.
    """
    held: Path | bytes = Path(source) if isinstance(source, str) else source
    name = name if name is not None else held.name if isinstance(held, Path) else ""
    try:
        size, head = size_and_start(held)
        if size > MAX_FILE:
            raise Unreadable(limits.TOO_BIG)
        if not head.strip():
            raise Unreadable(EMPTY_FILE)
        if head.startswith(b"PK"):
            return read_packed(held, name)
        refuse_other_kinds(head, held)
        if size > limits.MAX_PAGE:
            raise Unreadable(limits.TOO_LONG_TEXT)
        return read_plain(held.read_bytes() if isinstance(held, Path) else held, name)
    except OSError as problem:
        raise Unreadable(NOT_FOUND) from problem


def size_and_start(held: Path | bytes) -> tuple[int, bytes]:
    """How many bytes the file has, and its first ones."""
    if isinstance(held, bytes):
        return len(held), held[:START]
    with held.open("rb") as opened:
        return held.stat().st_size, opened.read(START)


def read_text(text: str, name: str = "pasted text") -> Document:
    """Read pasted text: the same reading as a text file."""
    text = text.encode("utf-8", errors="replace").decode("utf-8").replace("\x00", "")
    if not text.strip():
        raise Unreadable(EMPTY_FILE)
    if len(text) > MAX_TEXT_FILE:
        raise Unreadable(limits.TOO_LONG_TEXT)
    return read_lines(text, name)


def read_packed(held: Path | bytes, name: str) -> Document:
    """Word or Excel, told by the parts in the archive. Macros are refused whatever the name says."""
    with open_archive(held) as archive:
        names = set(archive.names)
        types = archive.small("[Content_Types].xml").lower()
        main = next((part for kind, part in archive.targets("").values() if kind == "officeDocument"), "")
    refuse_packed_kinds(names, types, main)
    word, workbook = (main if main in names else part for part in ("word/document.xml", "xl/workbook.xml"))
    if b"wordprocessingml" in types and word in names:
        read = read_word(held, name, word)
        readable = bool(read.tables) or any(isinstance(part, Paragraph) and part.heading for part in read.body)
    elif b"spreadsheetml" in types and workbook in names:
        read = read_excel(held, name, workbook)
        readable = any(table.rows for table in read.tables)
    else:
        raise Unreadable(OTHER_ARCHIVE)
    if not readable:
        raise Unreadable(NO_TABLE)
    return read


def refuse_packed_kinds(names: set[str], types: bytes, main: str) -> None:
    """Refuse packed files that are not plain Word or Excel files."""
    if b"macroenabled" in types or any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Unreadable(MACROS)
    if "mimetype" in names and any(part.startswith("META-INF/") for part in names):
        raise Unreadable(OPEN_DOCUMENT)
    if "EncryptedPackage" in names:
        raise Unreadable(LOCKED)
    if main.endswith(".bin") or "xl/workbook.bin" in names:
        raise Unreadable(OLD_EXCEL)


def refuse_other_kinds(head: bytes, held: Path | bytes) -> None:
    """Refuse what is neither packed nor text, each kind with what to do about it."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        content = held if isinstance(held, bytes) else held.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(LOCKED)
        if "WordDocument".encode("utf-16-le") in content:
            raise Unreadable(OLD_WORD)
        if any(title.encode("utf-16-le") in content for title in ("Workbook", "Book\x00")):
            raise Unreadable(OLD_EXCEL)
        raise Unreadable(OLD_OFFICE)
    if head.lstrip().startswith(b"%PDF"):
        raise Unreadable(PDF)
    if head.startswith(b"{\\rtf"):
        raise Unreadable(RICH_TEXT)
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise Unreadable(PROGRAM)
    if head[:200].lstrip().lower().startswith((b"mime-version:", b"from:", b"received:")):
        raise Unreadable(MAIL)
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(PICTURE if is_picture(head) else BINARY)
    if is_picture(head):
        raise Unreadable(PICTURE)


def is_picture(head: bytes) -> bool:
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    return bool(found) and found[0].mime_type.startswith(("image/", "video/", "audio/")) and found[0].confidence >= 0.4


def read_plain(content: bytes, name: str) -> Document:
    """A web page, separated values or text. The content decides first, then the name."""
    suffix = PurePath(name).suffix.lower()
    start = content[:4096].decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \r\n\t")
    if re.match(r"(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg\b", start, re.I | re.S):
        raise Unreadable(DRAWING)
    if re.search(r"<\?mso-application|<pkg:package|<w:wordDocument", start):
        raise Unreadable(OLD_OFFICE)
    if MARKUP.match(start) or (suffix in (".html", ".htm", ".xhtml") and MARKUP_LATER.search(start)):
        return read_web(content, name)
    if suffix in (".html", ".htm", ".xhtml"):
        return read_web(content, name)
    if len(content) > MAX_TEXT_FILE:
        raise Unreadable(limits.TOO_LONG_TEXT)
    text = decode_text(content)
    if not text.strip():
        raise Unreadable(EMPTY_FILE)
    if suffix in OFFICE_SUFFIXES:
        raise Unreadable(NAMED_OTHERWISE.format(kind=OFFICE_SUFFIXES[suffix], suffix=suffix.strip(".").ljust(4, "x")))
    if suffix in (".csv", ".tsv", ".tab"):
        return read_separated(text, name)
    return read_lines(text, name)
