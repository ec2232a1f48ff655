"""What a PDF may be made of besides its own text: our style sheets, fonts and shapes, and nothing else."""

import re
from pathlib import Path

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

FOLDERS = ("build", "documents")
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
ADDRESS = re.compile(r"static:((?:[a-z0-9][a-z0-9_-]*/)+[a-z0-9][a-z0-9._-]*)", re.IGNORECASE)


class StaticFilesOnly(URLFetcher):
    """Serves `static:build/…` and `static:documents/…` from the project's static folder.

    Every other address (file, http, data, a path that leaves the folders) stops the rendering: a PDF with a hole
    in it is never made.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["static"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = static_path(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES[path.suffix]})


def static_path(url: str) -> Path:
    """The file that `url` names, or ValueError when it is not one of ours."""
    match = ADDRESS.fullmatch(url)
    if match is None:
        raise ValueError(f"A document may not use {url[:200]}")
    root = Path(settings.BASE_DIR).resolve() / "static"
    path = (root / match[1]).resolve()
    if not any(path.is_relative_to(root / folder) for folder in FOLDERS):
        raise ValueError(f"A document may not use {url[:200]}")
    if path.suffix not in CONTENT_TYPES or not path.is_file():
        raise ValueError(f"{url[:200]} is missing; npm run build makes the fonts and styles")
    return path
