"""Files that are not what they say, or that would fill the memory: refused with a sentence that says what to do."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from peerchallenge.tabular import Unreadable, read_file, read_text

from . import making

PLAN = [["Ref", "Recommendation", "Action"], ["1", "Wall", "Mend"]]
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def replaced(content: bytes, **parts: str | bytes) -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(content))
    kept: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return making.packed(
        {**kept, **{name.replace("__", "/").replace("_xml", ".xml"): new for name, new in parts.items()}}
    )


def locked() -> bytes:
    content = bytearray(making.word(PLAN))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


REFUSED = {
    "a program": (b"MZ\x90\x00" + b"\x00" * 80, "plan.docx", "program, not a Word file"),
    "nothing": (b"", "plan.docx", "empty"),
    "white space": (b" \n ", "plan.csv", "empty"),
    "old Word": (OLD_OFFICE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "plan.doc", "save it as .docx"),
    "old Excel": (OLD_OFFICE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "plan.xls", "save it as .xlsx"),
    "encrypted": (OLD_OFFICE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "plan.docx", "password"),
    "locked archive": (locked(), "plan.docx", "password"),
    "a PDF": (b"%PDF-1.7\n", "plan.docx", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40, "plan.docx", "picture"),
    "a drawing": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "plan.html", "picture"),
    "rich text": (b"{\\rtf1 plan}", "plan.doc", "Rich Text"),
    "text called Word": (b"Ref,Recommendation,Action\n1,a,b", "plan.docx", "named like a Word file"),
    "a packed folder": (making.packed({"plan.txt": "hello"}), "plan.docx", "packed folder"),
    "a cut-off file": (making.word(PLAN)[:-40], "plan.docx", "damaged"),
    "macros": (replaced(making.word(PLAN), **{"word/vbaProject.bin": b"x"}), "plan.docx", "macros"),
    "OpenDocument": (making.packed({"mimetype": "application/vnd.oasis", "META-INF/manifest.xml": "<a/>"}), "p.odt", ".docx"),
    "entities": (replaced(making.word(PLAN), word__document_xml=ENTITIES + "<x>&b;</x>"), "plan.docx", "have not opened"),
    "entities in styles": (replaced(making.word(PLAN), word__styles_xml=ENTITIES + "<x/>"), "plan.docx", "have not opened"),
    "entities in UTF-16": (
        replaced(making.excel(("P", PLAN)), xl__styles_xml=(ENTITIES + "<x/>").encode("utf-16")),
        "plan.xlsx",
        "have not opened",
    ),
    "a bomb of zeros": (replaced(making.word(PLAN), word__document_xml=b"0" * 30_000_000), "plan.docx", "unpacks to far more"),
    "many parts": (making.packed({f"word/{n}.xml": "" for n in range(2100)}), "plan.docx", "unpacks to far more"),
    "broken XML": (replaced(making.word(PLAN), word__document_xml="<w:document>"), "plan.docx", "damaged"),
    "too large": (b"a" * (20 * 1024 * 1024 + 1), "plan.csv", "larger than 20 MB"),
    "too much text": (b"Ref,Recommendation,Action\n" + b"1,a,b\n" * 600_000, "plan.csv", "far more text"),
    "too many columns": (making.separated([[*PLAN[0], *["x"] * 500]]), "plan.csv", "400 columns"),
    "too many rows": (making.web("<table>" + "<tr><td>x" * 20_000 + "</table>"), "plan.html", "too long"),
    "one endless row": (making.word([["x"] * 40_000]), "plan.docx", "too long"),
    "binary text": (b"Ref,Recommendation\x00\x01\x02", "plan.csv", "not text"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what, tmp_path):
    content, name, words = REFUSED[what]
    path = tmp_path / "upload"
    path.write_bytes(content)

    for source in (content, path):
        with pytest.raises(Unreadable) as refused:
            read_file(source, name)
        assert words in str(refused.value)


def test_macros_are_told_by_the_content_type():
    word = making.word(PLAN)
    types = zipfile.ZipFile(io.BytesIO(word)).read("[Content_Types].xml").replace(b"main+xml", b"macroEnabled.main+xml")

    with pytest.raises(Unreadable, match="macros"):
        read_file(replaced(word, **{"[Content_Types].xml": types}), "plan.docx")


def test_empty_pasted_text():
    with pytest.raises(Unreadable, match="empty"):
        read_text(" \n\t")


def test_a_file_that_is_gone(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_file(tmp_path / "gone.docx")


def test_the_content_decides_and_not_the_name():
    assert read_file(making.word(PLAN), "plan.xlsx").kind == "word"
    assert read_file(making.excel(("P", PLAN)), "plan.docx").kind == "excel"
    assert read_file(making.web(PLAN), "plan.xls").kind == "web"


MEASURE = """
import sys
from pathlib import Path
from peerchallenge.tabular import Unreadable, read_file

def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])

before = peak()
try:
    read_file(Path(sys.argv[1]), sys.argv[2])
except Unreadable:
    pass
print((peak() - before) // 1024)
"""
HEAVY = {
    "one endless row": lambda: (making.word([["x"] * 300_000]), "plan.docx"),
    "a long table": lambda: (
        making.word([[f"{row} {column}" for column in range(40)] for row in range(3000)]),
        "plan.docx",
    ),
    "a long sheet": lambda: (making.excel(("P", [[f"{row}"] * 10 for row in range(9000)])), "plan.xlsx"),
    "a long page": lambda: (making.web("<table>" + "<tr><td>x<td>y<td>z" * 200_000 + "</table>"), "plan.html"),
    "a long record": lambda: (b"Ref,Recommendation,Action\n" + b"," * 2_900_000, "plan.csv"),
}


@pytest.mark.parametrize("what", HEAVY)
def test_memory_stays_flat(what, tmp_path):
    content, name = HEAVY[what]()
    path = tmp_path / "upload"
    path.write_bytes(content)

    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), name], capture_output=True, text=True, check=True, timeout=60
    )

    assert int(ran.stdout) < 50
