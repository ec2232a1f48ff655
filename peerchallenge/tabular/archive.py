"""Opening the packed files of Word and Excel safely: limits from the directory first, then parts as streams."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO

from lxml import etree

from . import limits
from .model import Unreadable

DAMAGED = (
    "This file is damaged and cannot be opened. Open it in Word or Excel, save it under a new name and choose that."
)
LOCKED = "This file is locked with a password. Save a copy without a password and choose that."
ENTITIES = (
    "This file contains definitions that Word and Excel never write, so we have not opened it. "
    "Copy the plan into a new document and choose that."
)
DECLARED = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
FORBIDDEN = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
OVERLAP = 24


class PartStream(io.RawIOBase):
    """A part of the archive being read. Refuses document type definitions, and parts that do not let go of memory."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__()
        self.stream = stream
        self.most = most
        self.since_release = 0
        self.tail = b""
        self.started = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(16384 if size is None or size < 0 else min(size, 16384))
        self.since_release += len(chunk)
        if self.since_release > self.most:
            raise Unreadable(limits.TOO_LONG)
        if not self.started and chunk:
            self.started = True
            declared = DECLARED.match(chunk)
            if declared and declared[1].lower() not in ENCODINGS:
                raise Unreadable(ENTITIES)
        window = self.tail + chunk
        if any(word in window for word in FORBIDDEN):
            raise Unreadable(ENTITIES)
        self.tail = window[-OVERLAP:]
        return chunk

    def release(self) -> None:
        """What was read so far has been dealt with and is no longer held."""
        self.since_release = 0


class Archive:
    """A packed file whose directory has been checked. Parts are read one after the other, never all at once."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed
        self.names = {info.filename.lstrip("/"): info.filename for info in packed.infolist()}

    def has(self, name: str) -> bool:
        return name in self.names

    @contextmanager
    def part(self, name: str, most: int) -> Iterator[PartStream]:
        try:
            opened = self.packed.open(self.names[name])
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as problem:
            raise Unreadable(DAMAGED) from problem
        except RuntimeError as problem:
            raise Unreadable(LOCKED) from problem
        try:
            with opened as stream:
                yield PartStream(stream, most)
        except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
            raise Unreadable(DAMAGED) from problem

    def small(self, name: str) -> bytes:
        """All bytes of a small part; nothing where there is no such part."""
        if not self.has(name):
            return b""
        with self.part(name, limits.MEGABYTE) as stream:
            return b"".join(iter(lambda: stream.read(16384), b""))

    def elements(self, name: str, *tags: str, most: int = limits.MAX_SMALL_PART) -> Iterator[etree._Element]:
        """Each element with one of these local names, when it ends; it is emptied once the caller has seen it."""
        with self.part(name, most) as stream:
            for _event, element in parse(stream, ("end",), tags):
                yield element
                let_go(element)
                stream.release()

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: identifier to (kind, name of the part it points to)."""
        folder = dirname(name)
        relations = join(folder, "_rels", name.rpartition("/")[2] + ".rels").lstrip("/")
        found: dict[str, tuple[str, str]] = {}
        if self.has(relations):
            for element in self.elements(relations, "Relationship"):
                if element.get("TargetMode") == "External":
                    continue
                target = element.get("Target", "")
                full = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], full)
        return found


def parse(stream: PartStream, events: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """Events for these local names, in any namespace. Nothing outside the part is ever fetched or expanded."""
    try:
        walker = etree.iterparse(
            stream,
            events=events,
            tag=["{*}" + tag for tag in tags],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        yield from walker
    except etree.XMLSyntaxError as problem:
        raise Unreadable(DAMAGED) from problem


def let_go(element: etree._Element) -> None:
    """Empty an element and drop what stands before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


@contextmanager
def open_archive(source: Path | bytes) -> Iterator[Archive]:
    """Open a packed file after checking, from its directory alone, how much it would unpack to."""
    try:
        packed = zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
        raise Unreadable(DAMAGED) from problem
    with packed:
        check_directory(packed)
        yield Archive(packed)


def check_directory(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > limits.MAX_PARTS or sum(entry.file_size for entry in entries) > limits.MAX_UNPACKED:
        raise Unreadable(limits.TOO_MUCH_INSIDE)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Unreadable(LOCKED)
        if entry.file_size > limits.RATIO_FROM and entry.file_size > limits.MAX_RATIO * max(entry.compress_size, 1):
            raise Unreadable(limits.TOO_MUCH_INSIDE)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name, whatever its namespace."""
    if element is None:
        return None
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child with this local name, then its child, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element
