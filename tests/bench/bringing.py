"""Reading and adding a plan of 100 and of 2,000 rows: seconds and peak memory, in a process of its own."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator

from docx import Document
from openpyxl import Workbook

HEADINGS = ("Ref", "Recommendation", "Position", "Accountable", "Responsible", "Timescale", "Status")


def measure() -> Iterator[dict[str, object]]:
    for rows in (100, 2000):
        for kind in ("docx", "xlsx"):
            content = word_file(rows) if kind == "docx" else excel_file(rows)
            told = subprocess.run([sys.executable, "-c", READ, kind], input=content, capture_output=True, check=True)
            yield {"file": f"{rows:,} rows of .{kind}", "KB": round(len(content) / 1024), **json.loads(told.stdout)}
    told = subprocess.run([sys.executable, "-c", ADD], input=word_file(100), capture_output=True, check=True)
    yield {"file": "100 rows of .docx, read and added to a plan", **json.loads(told.stdout)}


READ = """
import json, resource, sys, time
content = sys.stdin.buffer.read()
from actionplans.reading import read_plan
from peerchallenge.tabular import read_file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
reading = read_plan(read_file(content, "plan." + sys.argv[1]))
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"recommendations": len(reading.recommendations), "seconds": round(seconds, 2), "memory grew MB": round((peak - before) / 1024)}))
"""

ADD = """
import json, sys, time
content = sys.stdin.buffer.read()
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from actionplans.operations.imports import confirm_import, start_import
from engagements.models import ChallengeType, Council
from engagements.operations.challenges import start_challenge
from engagements.operations.stages import bring_in
from engagements.stages import Stage
now = timezone.now()
today = timezone.localdate(now)
with transaction.atomic():
    council = Council.objects.order_by("pk").first()
    challenge = start_challenge(council, type=ChallengeType.objects.get(key="corporate"), slug="for-the-benchmark", by=None, today=today)
    bring_in(challenge, at=Stage.FINAL, why="Benchmark", by=None, today=today)
    began = time.perf_counter()
    begun = start_import(challenge, content=content, name="plan.docx", content_type="application/octet-stream", by=None, now=now)
    read = time.perf_counter()
    confirm_import(begun, version=begun.version, by=None, now=now, today=today)
    ended = time.perf_counter()
    transaction.set_rollback(True)
print(json.dumps({"seconds to read": round(read - began, 2), "seconds to add": round(ended - read, 2)}))
"""


def row(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"Invented recommendation {number}: make it plain to residents how the council decides what it spends and why",
        f"We have written down how step {number} is done\nWe will publish what follows from it and ask people what they think",
        "Leader of the Council",
        f"Director of Service {number % 12}",
        ("Oct 26", "By end of March 2027", "Ongoing", "Q3 2026/27")[number % 4],
        ("In progress", "Complete", "Not started")[number % 3],
    )


def word_file(rows: int) -> bytes:
    document = Document()
    table = document.add_table(rows=rows + 1, cols=len(HEADINGS))
    cells = table._cells  # one walk; asking cell by cell takes minutes
    for place, words in enumerate([word for line in [HEADINGS, *map(row, range(1, rows + 1))] for word in line]):
        cells[place].text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel_file(rows: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    sheet.append(HEADINGS)
    for number in range(1, rows + 1):
        sheet.append(row(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
