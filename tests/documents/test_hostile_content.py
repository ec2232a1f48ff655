"""What people type never fetches anything, never runs, never breaks a paper and is never lost."""

import io
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from actionplans.report_content import ActionLine, Implication, Position, RecommendationLines
from actionplans.report_paper import report_pdf
from peerchallenge.documents import text
from peerchallenge.documents.faults import DocumentFault
from peerchallenge.documents.fetching import static_path
from peerchallenge.documents.render import _print, render_pdf
from tests.documents.northmoor import REPORT
from tests.documents.papers import words_of

HOSTILE = [
    '<img src="http://{listener}/a.png">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://{listener}/a.css">',
    "<style>@import url(http://{listener}/b.css); @font-face {{ font-family: x; src: url(http://{listener}/f) }}</style>",
    '<p style="background: url(http://{listener}/c.png)">x</p>',
    '<object data="http://{listener}/d"></object><embed src="http://{listener}/e">',
    '<svg><image href="http://{listener}/g.png"/></svg>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    "![picture](http://{listener}/h.png) ![file](file:///etc/passwd)",
    "<script>alert(1)</script><iframe srcdoc='x'></iframe><base href='http://{listener}/'>",
    "http://169.254.169.254/latest",
    "[press](javascript:alert(1)) [data](data:text/html,x)",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server that remembers who came."""
    visits: list[bytes] = []

    class Remember(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            visits.append(self.request.recv(200))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Remember) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", visits
        server.shutdown()


def line(words: str, ref: str = "1.1") -> ActionLine:
    return ActionLine(
        ref, words, "in_progress", words[:190], "at_risk", (Position(words, "done", date(2024, 10, 1)),), (words,),
        (words,), words[:400], date(2024, 9, 30), being_done=words,
    )  # fmt: skip


def report_saying(words: str, **changes: object):
    lines = (RecommendationLines("1", words, "accepted_in_part", words, (line(words),)),)
    return replace(
        REPORT,
        recommendations=lines,
        introduction=(words,),
        reason=words,
        decisions=(words,),
        implications=(Implication("Financial", words),),
        background_papers=(words,),
        **changes,
    )


def test_nothing_typed_is_fetched_attached_or_run(listener: tuple[str, list[bytes]]) -> None:
    address, visits = listener

    content = report_pdf(report_saying("\n".join(HOSTILE).format(listener=address), council="<b>Northmoor</b> & co"))

    assert visits == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == []
        assert "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names
        links = [str(note.A.URI) for sheet in pdf.pages for note in sheet.get("/Annots", []) if "/A" in note]
    assert [link for link in links if not link.startswith(("http://127.0.0.1", "http://169.254"))] == []
    assert b"root:" not in content
    words = words_of(content)
    assert "<script>alert(1)</script>" in words
    assert "<b>Northmoor</b> & co" in words


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:text/css,p{}",
        "static:../peerchallenge/settings.py",
        "static:documents/../../manage.py",
        "static:src/app.scss",
        "static:documents/missing.css",
        "static:/etc/passwd",
    ],
)
def test_only_our_own_static_files_are_served_and_anything_else_stops_the_paper(address: str) -> None:
    with pytest.raises(ValueError, match=r"static|document"):
        static_path(address)
    with pytest.raises(DocumentFault):
        _print(f'<html lang="en"><title>x</title><body><h1>x</h1><img alt="x" src="{address}"></body></html>')


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{{7*7}} {% load x %} ${7*7} %s%n ' OR 1=1--", "{{7*7}} {% load x %} ${7*7} %s%n ' OR 1=1--"),
        ("Cyngor Sir Ynys Môn: ŵ ŷ Ŵ Ŷ â ê î ô û", "Cyngor Sir Ynys Môn: ŵ ŷ Ŵ Ŷ â ê î ô û"),
        ("w\u0302 and y\u0302 written as two", "ŵ and ŷ written as two"),
        ("£4.3 million – “good” … ½ €", "£4.3 million – “good” … ½ €"),
        ("a\x00b\x0bc\ud800d", "a b cd"),
        ("tick ✓ arrow → bullet \uf0b7 face 🙂", "tick [yes] arrow -> bullet • face [slightly smiling face]"),
        ("non\u2011breaking \u202etxt\u202c", "non-breaking txt"),
        ("full width ＂ ＜b＞", 'full width " <b>'),
    ],
)
def test_every_letter_is_shown_or_written_another_way(typed: str, shown: str) -> None:
    words = words_of(report_pdf(report_saying(typed)))

    assert shown in words


def test_long_words_and_long_cells_are_broken_and_not_cut() -> None:
    word = "x" * 4_000
    cell = "A sentence of the council that goes on. " * 125

    content = report_pdf(report_saying(f"{word} END-OF-WORD {cell} END-OF-CELL"))

    drawn = words_of(content).replace(" ", "")
    assert drawn.count("END-OF-WORD") >= 6
    assert drawn.count("END-OF-CELL") >= 6
    assert drawn.count("x" * 100) > 0


def test_a_word_of_two_hundred_thousand_letters_is_printed_whole() -> None:
    lines = (RecommendationLines("1", "One", "accepted", "", (ActionLine("1.1", "y" * 200_000, "in_progress"),)),)
    content = report_pdf(replace(REPORT, recommendations=lines))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 50


def test_a_document_too_long_to_print_is_refused_in_words() -> None:
    lines = (RecommendationLines("1", "One", "", "", (ActionLine("1.1", "z " * 400_000, "in_progress"),)),)

    with pytest.raises(DocumentFault, match="too long"):
        report_pdf(replace(REPORT, recommendations=lines))


@pytest.mark.parametrize("mark", [">", "*", "[", "- ", "`", "_", "<"])
def test_deep_markdown_is_inert_and_no_longer_than_what_was_typed(mark: str) -> None:
    typed = mark * 10_000

    for shown in (text.rich(typed), text.inline(typed)):
        assert "<script" not in shown
        assert len(shown) < 40 * len(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# Not a heading", "<p># Not a heading</p>"),
        ("**bold** and *said*", "<p><strong>bold</strong> and <em>said</em></p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("![x](file:///etc/passwd)", "<p>!<a"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
def test_markdown_has_words_lists_and_links_and_no_more(typed: str, shown: str) -> None:
    assert shown.removesuffix("<a") in text.rich(typed)


def test_a_paper_that_would_not_be_accessible_is_refused(settings, tmp_path) -> None:
    (tmp_path / "bad.html").write_text(
        '<html lang="en-GB"><title>t</title><body><h1>A</h1><h4>B</h4><img src="x" alt=""></body></html>'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(DocumentFault):
        render_pdf("bad.html", {}, title="t", produced_on=date(2024, 1, 1))
