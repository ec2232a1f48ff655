"""Handing out a stored file. The view asks who may; this says how."""

import re

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from peerchallenge.documents.models import PDF, StoredFile

NOTHING_MORE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def file_response(stored: StoredFile, *, name: str, inline: bool = False) -> HttpResponse:
    """The whole file under `name`, for this reader only and for now only.

    Only a PDF may be shown in the browser (`inline`); everything else is saved. A file that is not what was stored
    is refused with `FileFault`.
    """
    shown = inline and stored.content_type == PDF
    response = HttpResponse(stored.read(), content_type=stored.content_type)
    response["Content-Disposition"] = str(content_disposition_header(not shown, safe_name(name)))
    response["Content-Security-Policy"] = NOTHING_MORE if shown else f"{NOTHING_MORE}; sandbox"
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def safe_name(name: str) -> str:
    """`name` without folders, control characters and what other systems refuse in a file's name."""
    last = re.split(r"[/\\]", name)[-1]
    return (
        re.sub(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]', "", last).strip(" .")[-150:] or "file"
    )
