"""The committee report of 9, 40 and 120 actions: seconds, pages, peak memory, beside Chromium printing the same page."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def measure() -> Iterator[dict[str, object]]:
    for actions in (9, 40, 120):
        with tempfile.TemporaryDirectory() as folder:
            told = subprocess.run([sys.executable, "-c", RENDER, str(actions), folder], capture_output=True, check=True)
            yield {"report of": f"{actions} actions", **json.loads(told.stdout)}
            yield {"report of": f"{actions} actions, by Chromium", **chromium(Path(folder))}


def chromium(folder: Path) -> dict[str, object]:
    """Print the same HTML by Chromium, whose PDF has no PDF/UA claim: for comparing the time only."""
    out = folder / "chromium.pdf"
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    began = time.perf_counter()
    subprocess.run(
        [
            "chromium",
            *flags,
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={out}",
            f"file://{folder}/report.html",
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return {"seconds": round(time.perf_counter() - began, 2), "KB": round(out.stat().st_size / 1024)}


RENDER = """
import io, json, pathlib, resource, sys, time
import django
django.setup()
from django.template.loader import render_to_string
from pypdf import PdfReader
from actionplans.report_words import report_context
from tests.documents.northmoor import report_of
from actionplans.report_paper import report_pdf
actions, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
report = report_of(actions)
report_pdf(report_of(1))
began = time.perf_counter()
content = report_pdf(report)
seconds = time.perf_counter() - began
(folder / "report.html").write_text(render_to_string("documents/progress_report.html", report_context(report, draft=False)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": round(seconds, 2), "pages": len(PdfReader(io.BytesIO(content)).pages), "KB": round(len(content) / 1024), "peak MB": round(peak / 1024)}))
"""
