"""The committee progress report as a PDF, made from frozen content alone."""

import functools
import hashlib
from pathlib import Path

from django.conf import settings

from actionplans.report_content import ProgressReport
from actionplans.report_words import report_context
from peerchallenge.documents.render import render_pdf
from peerchallenge.documents.words import long_date

TEMPLATE = "documents/progress_report.html"
MADE_OF = ("templates/documents/*.html", "static/documents/paper.css")


def title_of(report: ProgressReport) -> str:
    return f"{report.council}: {report.title}, {report.committee}, {long_date(report.meeting_on)}"


def report_pdf(report: ProgressReport, *, draft: bool = False) -> bytes:
    """The PDF, checked against PDF/UA-1. The same content gives the same bytes."""
    return render_pdf(
        TEMPLATE,
        report_context(report, draft=draft),
        title=title_of(report),
        author=report.council,
        produced_on=report.produced_on,
        keywords=report.keywords,
    )


@functools.cache
def template_version() -> str:
    """Which state of the templates and styles a report was printed with: the beginning of their SHA-256."""
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for path in sorted(Path(settings.BASE_DIR).glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
