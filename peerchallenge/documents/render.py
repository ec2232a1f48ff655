"""The one door to PDF: every paper the service makes comes from `render_pdf`."""

import functools
import gc
import io
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from peerchallenge.documents.checking import ensure_accessible
from peerchallenge.documents.faults import DocumentFault
from peerchallenge.documents.fetching import StaticFilesOnly
from peerchallenge.documents.glyphs import printable
from peerchallenge.documents.tagging import finish_tags

STYLES = "static:documents/paper.css"
MADE_BY = "Peer challenge"
MOST_LETTERS = 700_000  # of HTML; about 600 pages, half a minute and 400 MB


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    language: str = "en-GB",
    author: str = "",
    produced_on: date,
    keywords: str = "",
) -> bytes:
    """The accessible PDF (PDF/UA-1) of `template` with `context`.

    The same input gives the same bytes: the only date in the file is `produced_on`. The template extends
    documents/paper.html. Nothing is read but our own static files. A file that would not be accessible is never
    returned: `DocumentFault` says what is wrong.
    """
    paper = {"title": title, "language": language, "author": author}
    html = printable(render_to_string(template, {**context, "paper": paper}))
    if len(html) > MOST_LETTERS:
        raise DocumentFault(f"The document is too long: {len(html):,} letters, and {MOST_LETTERS:,} can be printed.")
    content = _with_clean_metadata(
        _print(html), title=title, language=language, author=author, produced_on=produced_on, keywords=keywords
    )
    ensure_accessible(content, title=title, language=language)
    return content


@dataclass(frozen=True)
class Press:
    """What stays the same from paper to paper: our fonts, loaded once, and our styles, read once."""

    fonts: FontConfiguration
    styles: CSS


@functools.cache
def _press() -> Press:
    fonts = FontConfiguration()
    return Press(fonts, CSS(url=STYLES, font_config=fonts, url_fetcher=StaticFilesOnly()))


_printing = threading.Lock()  # the font library is shared and not safe for two papers at once


def _print(html: str) -> bytes:
    with _printing, _without_collecting():
        try:
            press = _press()
            paper = HTML(string=html, base_url="static:", url_fetcher=StaticFilesOnly())
            return paper.write_pdf(
                font_config=press.fonts,
                stylesheets=[press.styles],
                pdf_variant="pdf/ua-1",
                finisher=finish_tags,
                uncompressed_pdf=True,
            )
        except FatalURLFetchingError as fault:
            raise DocumentFault(f"{fault.__cause__ or fault}.") from fault


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Laying out makes many objects that all stay; looking through them for garbage costs a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with_clean_metadata(
    content: bytes, *, title: str, language: str, author: str, produced_on: date, keywords: str
) -> bytes:
    """The file with only our own words about it: no paths, no versions, no clock, and an ID made of its content."""
    moment = f"{produced_on:%Y-%m-%d}T00:00:00Z"
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.trailer["/Info"]
        pdf.docinfo["/Title"] = title
        if author:
            pdf.docinfo["/Author"] = author
        if keywords:
            pdf.docinfo["/Keywords"] = keywords
        pdf.docinfo["/Creator"] = MADE_BY
        pdf.docinfo["/Producer"] = MADE_BY
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{produced_on:%Y%m%d}000000Z"
        about = METADATA.format(
            title=escape(title),
            author=CREATOR.format(author=escape(author)) if author else "",
            language=escape(language),
            keywords=escape(keywords),
            made_by=MADE_BY,
            moment=moment,
        )
        pdf.Root.Metadata = pdf.make_stream(about.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.save(
            output,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return output.getvalue()


CREATOR = "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{made_by}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<xmp:CreatorTool>{made_by}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
