"""Files and words that are meant to do harm, sent to the real service by the coordinator, with its memory watched.

What each kind of file is told is in tests/reading/test_hostile_files.py. Here: over HTTP the sentence stands beside the
question, nothing is half written, the web workers stay small and go on working.
"""

import io
import re
import urllib.parse
import zipfile
from html import unescape
from pathlib import Path

import pytest

from tests.drills.pages import Answer
from tests.drills.stack import Stack
from tests.imports.files import word_file
from tests.reading import making

PLAN = [["Ref", "Recommendation", "Action"], ["1", "Wall", "Mend"]]
MOST_GROWTH_MB = 50
TABLES = ("actionplans_planimport", "documents_storedfile", "actionplans_action", "engagements_recommendation")


def bomb() -> bytes:
    """A Word file of some hundred kilobytes that unpacks to hundreds of megabytes."""
    real = zipfile.ZipFile(io.BytesIO(making.word(PLAN)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in real.namelist():
            if name != "word/document.xml":
                archive.writestr(name, real.read(name))
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<w:document xmlns:w="{making.W}"><w:body><w:p><w:r><w:t>'.encode())
            for _ in range(300):
                part.write(b"0" * 1024**2)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, but its list of contents says that every part is small."""
    content = bytearray(bomb())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


REFUSED = {
    "a bomb": (bomb, "plan.docx", "unpacks to far more"),
    "a bomb that lies about its size": (lying_bomb, "plan.docx", "damaged|unpacks to far more"),
    "a program renamed": (lambda: b"MZ\x90\x00" + b"\x00" * 4000, "plan.docx", "is a program, not a Word file"),
    "an empty file": (lambda: b"", "plan.docx", "The file is empty"),
    "a file without a table": (lambda: making.word([["just", "words"]]), "plan.docx", "table"),
    "fifty megabytes": (lambda: b"PK\x03\x04" + b"\x00" * 50 * 1024**2, "plan.docx", "must be 20 MB or smaller"),
    "ten thousand rows": (
        lambda: making.word([*PLAN[:1], *([f"{n}", f"Recommendation {n}", f"Action {n}"] for n in range(10_000))]),
        "plan.docx",
        "too long",
    ),
}


@pytest.fixture(scope="module")
def warm(stack: Stack) -> None:
    """What is loaded with the first file is loaded, in both web workers."""
    for _ in range(8):
        send(stack, word_file(), "plan.docx")


def send(stack: Stack, content: bytes, name: str) -> Answer:
    path = f"/challenges/{stack.scene['slug']}/plan/import/"
    return stack.upload(path, content, name, session=stack.scene["carys"])


def counts(stack: Stack) -> list[int]:
    return [stack.number(f"SELECT count(*) FROM {table}") for table in TABLES]


def memory(stack: Stack) -> dict[int, int]:
    """The megabytes each web worker holds."""
    return {process.pid: process.memory_info().rss // 1024**2 for process in stack.web_workers()}


def peaks(stack: Stack) -> dict[int, int]:
    """The most megabytes each web worker has held."""
    found = {}
    for process in stack.web_workers():
        status = Path(f"/proc/{process.pid}/status").read_text()
        found[process.pid] = int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024
    return found


def refusals(answer: Answer) -> str:
    found = re.search(r"(?s)govuk-error-summary__title.*?</ul>", answer.body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group())).split()) if found else ""


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_is_kept(stack: Stack, what: str) -> None:
    make, name, words = REFUSED[what]
    content = make()
    rows, held = counts(stack), memory(stack)
    forget_peaks(stack)

    answer = send(stack, content, name)

    assert answer.status == 200
    assert re.search(words, refusals(answer)), refusals(answer) or answer.body[:2000]
    assert counts(stack) == rows
    assert {pid: most for pid, most in peaks(stack).items() if most - held[pid] >= MOST_GROWTH_MB} == {}


HOSTILE = '=HYPERLINK("http://evil.example") <script>alert(1)</script> <b>ŷ ŵ tŷ’r</b> {{7*7}} \' OR 1=1--'


def test_formulas_tags_and_welsh_letters_are_shown_as_they_were_written(stack: Stack) -> None:
    rows = [("9", HOSTILE, "We will", "Mayor", "Clerk", "1 May 1999", "Who knows <i>")]
    rows_before = counts(stack)

    columns = send(stack, word_file(rows), "<img src=x>.docx").headers["Location"]
    shown = stack.get(columns, session=stack.scene["carys"])
    answers = {
        name: chosen(shown.body, name) or "in_progress"
        for name in re.findall(r'<select[^>]* name="([^"]+)"', shown.body)
    }
    settled = stack.post(columns, {**answers, "version": 1}, session=stack.scene["carys"])
    checked = stack.get(settled.headers["Location"], session=stack.scene["carys"])

    assert (shown.status, settled.status, checked.status) == (200, 302, 200)
    assert "Who knows <i>" in unescape(shown.body), "an unknown status must be settled"
    assert "is before the peer team’s visit. Check the year." in unescape(checked.body)
    assert HOSTILE in unescape(checked.body)
    for page in (shown.body, checked.body):
        assert not re.search(r"<script>alert|<img src=x>|<b>ŷ|Who knows <i>", page)
    assert counts(stack)[2:] == rows_before[2:], "nothing is in the plan before it is confirmed"


def chosen(page: str, name: str) -> str:
    options = re.search(rf'(?s)<select[^>]* name="{name}".*?</select>', page)
    found = re.search(r'value="([^"]*)"[^>]*selected', options.group()) if options else None
    return found.group(1) if found else ""


ODD = {
    "NUL": b"a%00b",
    "a lone surrogate": b"a%ED%A0%80b",
    "broken UTF-8": b"a%FF%FEb",
    "beyond the basic plane": "a\U0001f9ea\u0175w\u0302b".encode(),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", ["done", "status", "form_key", "version", "new_timescale", "evidence"])
def test_odd_letters_in_a_form_are_refused_or_shown_and_never_a_fault(stack: Stack, odd: str, place: str) -> None:
    _, slug = stack.scene["actions"][0]
    fields = {
        "status": b"nowhere",
        "done": b"Words",
        "version": b"1",
        "form_key": b"key",
    }  # no such status: nothing is saved
    body = b"&".join(name.encode() + b"=" + value for name, value in {**fields, place: ODD[odd]}.items())

    answer = stack.post_raw(f"/challenges/{stack.scene['slug']}/plan/{slug}/update/", body, session=stack.scene["owen"])

    assert answer.status == 200
    assert "There is a problem" in answer.body


@pytest.mark.parametrize("odd", ODD)
def test_odd_letters_in_pasted_text_and_addresses_are_never_a_fault(stack: Stack, odd: str) -> None:
    plan = f"/challenges/{stack.scene['slug']}/plan/"
    session = stack.scene["carys"]

    pasted = stack.post_raw(
        f"{plan}import/", b"pasted=Ref%09Recommendation%09Action%0A1%09" + ODD[odd] + b"%09b", session=session
    )
    asked = [
        stack.get(plan + address + urllib.parse.quote(ODD[odd], safe="%") + end, session=session)
        for address, end in [("?status=", ""), ("?owner=", ""), ("?sort=", ""), ("", "/"), ("reports/", ".pdf")]
    ]

    assert pasted.status in {200, 302}
    assert {answer.status for answer in asked} <= {200, 400, 404}


def forget_peaks(stack: Stack) -> None:
    for process in stack.web_workers():
        Path(f"/proc/{process.pid}/clear_refs").write_text("5")
