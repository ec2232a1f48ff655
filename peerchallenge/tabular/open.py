"""What kind of file is this? Decided by what is in it; the name only helps where the content leaves it open."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

import puremagic

from . import limits
from .archive import LOCKED, open_archive
from .excel import read_excel
from .limits import MAX_FILE, MAX_TEXT_FILE
from .model import Document, Unreadable
from .plain import BINARY, decode_text, read_lines, read_separated
from .web import read_web
from .word import read_word

EMPTY_FILE = "This file is empty. Choose the file that holds the plan, or paste the table instead."
NOT_FOUND = "This file cannot be opened. Check that it is still there and choose it again."
MACROS = "This file contains macros, so we have not opened it. Save it as .docx or .xlsx without macros and choose that."
OLD_WORD = "This file is in an old Word format. Open it in Word, save it as .docx and choose that."
OLD_EXCEL = "This file is in an old Excel format. Open it in Excel, save it as .xlsx and choose that."
OLD_OFFICE = "This file is in an old Office format. Open it, save it as .docx or .xlsx and choose that."
OPEN_DOCUMENT = "This file is in the OpenDocument format. Save it as .docx or .xlsx and choose that."
PDF = "This is a PDF. Choose the Word or Excel file it was made from, or copy the table and paste it instead."
RICH_TEXT = "This file is in Rich Text Format. Open it in Word, save it as .docx and choose that."
OTHER_ARCHIVE = "This is a packed folder, not a plan. Unpack it and choose the Word or Excel file that is in it."
PROGRAM = "This is a program, not a Word file. Choose the Word, Excel, CSV or web page file that holds the plan."
PICTURE = "This is a picture. Choose the Word or Excel file that holds the plan, or copy the table and paste it instead."
DRAWING = PICTURE
MAIL = "This file is a saved e-mail or web archive. Save the page as .html, or copy the table and paste it instead."
NAMED_OTHERWISE = "This file is named like {kind} file but it is not one. Open it, save it as .{suffix} and choose that."
NO_TABLE = "We could not find a table in this file. Paste the table instead."

MARKUP = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|div|meta|main|h[1-6]|p|section|article)\b", re.I | re.S)
MARKUP_LATER = re.compile(r"<(html|body|table)\b", re.I)
WORD_PARTS = ("word/document.xml",)
OFFICE_SUFFIXES = {".docx": "a Word", ".doc": "a Word", ".xlsx": "an Excel", ".xls": "an Excel", ".pdf": "a PDF"}


def read_file(source: str | Path | bytes, name: str | None = None) -> Document:
    """Read a file into paragraphs and tables. Raises Unreadable with a sentence that says what to do.

    A path is better than bytes: a packed file is then read piece by piece.
    """
    path = None if isinstance(source, bytes) else Path(source)
    name = name if name is not None else path.name if path is not None else ""
    try:
        size = path.stat().st_size if path is not None else len(source)
        if size > MAX_FILE:
            raise Unreadable(limits.TOO_BIG)
        if path is not None:
            with path.open("rb") as opened:
                head = opened.read(8192)
        else:
            head = bytes(source[:8192]) if isinstance(source, bytes) else b""
    except OSError as problem:
        raise Unreadable(NOT_FOUND) from problem
    if not head.strip():
        raise Unreadable(EMPTY_FILE)
    packed = path if path is not None else source
    if head.startswith(b"PK"):
        return read_packed(packed if isinstance(packed, (Path, bytes)) else Path(packed), name)
    refuse_other_kinds(head, path if path is not None else source)
    if size > MAX_TEXT_FILE:
        raise Unreadable(limits.TOO_LONG_TEXT)
    content = path.read_bytes() if path is not None else source
    return read_plain(content if isinstance(content, bytes) else b"", name)


def read_text(text: str, name: str = "pasted text") -> Document:
    """Read pasted text: the same reading as a text file."""
    text = text.encode("utf-8", errors="replace").decode("utf-8").replace("\x00", "")
    if not text.strip():
        raise Unreadable(EMPTY_FILE)
    if len(text) > MAX_TEXT_FILE:
        raise Unreadable(limits.TOO_LONG_TEXT)
    return read_lines(text, name)


def read_packed(source: Path | bytes, name: str) -> Document:
    """Word or Excel, told by the parts in the archive. Macros are refused whatever the name says."""
    with open_archive(source) as archive:
        names = set(archive.names)
        types = b""
        if archive.has("[Content_Types].xml"):
            with archive.part("[Content_Types].xml", limits.MEGABYTE) as stream:
                while chunk := stream.read():
                    types += chunk
        main = next((part for kind, part in archive.targets("").values() if kind == "officeDocument"), "")
    lowered = types.lower()
    if any(part.lower().endswith("vbaproject.bin") for part in names) or b"macroenabled" in lowered:
        raise Unreadable(MACROS)
    if "mimetype" in names and any(part.startswith("META-INF/") for part in names):
        raise Unreadable(OPEN_DOCUMENT)
    if "EncryptedPackage" in names:
        raise Unreadable(LOCKED)
    if main.endswith(".bin") or "xl/workbook.bin" in names:
        raise Unreadable(OLD_EXCEL)
    if b"wordprocessingml" in lowered or "word/document.xml" in names:
        document = main if main in names else "word/document.xml"
        if document in names:
            read = read_word(source, name, document)
            if not read.tables and not any(getattr(part, "heading", 0) for part in read.body):
                raise Unreadable(NO_TABLE)
            return read
    if b"spreadsheetml" in lowered or "xl/workbook.xml" in names:
        workbook = main if main in names else "xl/workbook.xml"
        if workbook in names:
            read = read_excel(source, name, workbook)
            if not any(table.rows for table in read.tables):
                raise Unreadable(NO_TABLE)
            return read
    raise Unreadable(OTHER_ARCHIVE)


def refuse_other_kinds(head: bytes, source: str | Path | bytes) -> None:
    """Refuse what is neither packed nor text, each kind with what to do about it."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
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
    text = decode_text(content)
    if not text.strip():
        raise Unreadable(EMPTY_FILE)
    if suffix in OFFICE_SUFFIXES:
        raise Unreadable(NAMED_OTHERWISE.format(kind=OFFICE_SUFFIXES[suffix], suffix=suffix.strip(".").ljust(4, "x")))
    if suffix in (".csv", ".tsv", ".tab"):
        return read_separated(text, name)
    return read_lines(text, name)
