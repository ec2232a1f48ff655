"""Whether a finished PDF may be offered: PDF/UA-1 by an independent validator, and what that does not look at."""

import io
from typing import Any

import page
import pikepdf

from peerchallenge.documents.faults import DocumentFault

MOST_NAMED = 5


def ensure_accessible(content: bytes, *, title: str, language: str) -> None:
    """Raise `DocumentFault`, saying what is wrong, unless everybody can read this PDF."""
    faults = [*_faults_of_structure(content, title=title, language=language), *_faults_of_validator(content)]
    if faults:
        more = f" and {len(faults) - MOST_NAMED} more" if len(faults) > MOST_NAMED else ""
        raise DocumentFault(f"The PDF is not accessible: {'; '.join(faults[:MOST_NAMED])}{more}.")


def _faults_of_validator(content: bytes) -> list[str]:
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.message} ({failure.rule_id})" for failure in report.failures]


def _faults_of_structure(content: bytes, *, title: str, language: str) -> list[str]:
    faults = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        if str(root.get("/Lang", "")) != language:
            faults.append("it does not say its language")
        if str(pdf.docinfo.get("/Title", "")) != title:
            faults.append("it does not show its title")
        if "/Outlines" not in root or "/First" not in root.Outlines:
            faults.append("it has no bookmarks")
        for name in ("/OpenAction", "/AA", "/AcroForm"):
            if name in root:
                faults.append(f"it has {name[1:]}")
        names: Any = root.get("/Names", {})
        faults += [f"it has {name[1:]}" for name in ("/EmbeddedFiles", "/JavaScript") if name in names]
    return faults
