"""Timescales as officers write them, with the date and precision each one means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.reading import parse_timescale

READ = [
    ("31/03/2025", "2025-03-31", "day"),
    ("31.03.2025", "2025-03-31", "day"),
    ("31-03-2025", "2025-03-31", "day"),
    ("1/9/25", "2025-09-01", "day"),
    ("2025-03-31", "2025-03-31", "day"),
    ("2025-03-31 00:00:00", "2025-03-31", "day"),
    ("2025-03-31T09:30:00", "2025-03-31", "day"),
    ("31 March 2025", "2025-03-31", "day"),
    ("31st Mar 2025", "2025-03-31", "day"),
    ("2nd Sept. 2025", "2025-09-02", "day"),
    ("31 Mar 25", "2025-03-31", "day"),
    ("31-Mar-25", "2025-03-31", "day"),
    ("Friday 31 October 2025", "2025-10-31", "day"),
    ("Fri, 31 October 2025 at 5pm", "2025-10-31", "day"),
    ("Friday, 31/10/2025 17:30", "2025-10-31", "day"),
    ("October 2024", "2024-10-31", "month"),
    ("oct 24", "2024-10-31", "month"),
    ("Oct-24", "2024-10-31", "month"),
    ("Oct–24", "2024-10-31", "month"),
    ("Oct/2024", "2024-10-31", "month"),
    ("Sept '25", "2025-09-30", "month"),
    ("Sep’25", "2025-09-30", "month"),
    ("Feb. 2028", "2028-02-29", "month"),
    ("Nov 24.", "2024-11-30", "month"),
    ("Q1 2024/25", "2024-06-30", "quarter"),
    ("Q2 24/25", "2024-09-30", "quarter"),
    ("Q3 2024-25", "2024-12-31", "quarter"),
    ("Quarter 4 2024/2025", "2025-03-31", "quarter"),
    ("Q1 of 2025/26", "2025-06-30", "quarter"),
    ("Spring 2025", "2025-05-31", "season"),
    ("summer 2025", "2025-08-31", "season"),
    ("Autumn 2025", "2025-11-30", "season"),
    ("Winter 2025/26", "2026-02-28", "season"),
    ("Winter 2027", "2028-02-29", "season"),
    ("2025", "2025-12-31", "year"),
    ("2025/26", "2026-03-31", "year"),
    ("2025-26", "2026-03-31", "year"),
    ("2025–26", "2026-03-31", "year"),
    ("2025/2026", "2026-03-31", "year"),
    ("FY 2025/26", "2026-03-31", "year"),
    ("FY 25/26", "2026-03-31", "year"),
    ("Financial year 2025/26", "2026-03-31", "year"),
    ("2025/26 financial year", "2026-03-31", "year"),
    ("by end of March 2026", "2026-03-31", "month"),
    ("By the end of Q4 2025/26", "2026-03-31", "quarter"),
    ("no later than 1 May 2026", "2026-05-01", "day"),
    ("to be completed by summer 2026", "2026-08-31", "season"),
    ("End of 2025", "2025-12-31", "year"),
    ("During 2025/26", "2026-03-31", "year"),
    ("Before the end of May 2025 (subject to funding)", "2025-05-31", "month"),
    ("by end of\nMarch 2026", "2026-03-31", "month"),
    ("July 2025 and ongoing", "2025-07-31", "ongoing"),
    ("July 2025 then on-going", "2025-07-31", "ongoing"),
    ("July 2025 & ongoing", "2025-07-31", "ongoing"),
    ("July 2025, ongoing", "2025-07-31", "ongoing"),
    ("Q2 2025/26 and ongoing (every year)", "2025-09-30", "ongoing"),
    ("Ongoing", None, "ongoing"),
    ("On-going", None, "ongoing"),
    ("on going", None, "ongoing"),
    ("Continuous", None, "ongoing"),
    ("Continuing (weekly)", None, "ongoing"),
    ("", None, "none"),
    ("TBC", None, "none"),
    ("tbd.", None, "none"),
    ("To be confirmed", None, "none"),
    ("To be agreed", None, "none"),
    ("n/a", None, "none"),
    ("None", None, "none"),
]
UNREAD = [
    "Early 2026", "From September 2025", "ASAP", "Q2 2025", "April to June 2025", "Phase 1 May 2025; phase 2 May 2026",
    "Annual Council", "31/02/2025", "32 March 2025", "March", "Spring", "25/26", "2025/27", "Winter 2025/27", "Q5 2025/26",
    "Summer 2025/26", "mid March 2025", "May or June 2025", "Ongoing, see above", "12 months", "31/03.2025", "0/0/2025",
]  # fmt: skip


@pytest.mark.parametrize(("text", "due", "precision"), READ)
def test_a_timescale_is_read(text, due, precision):
    read = parse_timescale(text)

    assert (read.text, read.due and read.due.isoformat(), read.precision) == (text, due, precision)
    assert not read.status_word


@pytest.mark.parametrize("text", UNREAD)
def test_what_we_cannot_tell_is_left_as_written(text):
    read = parse_timescale(text)

    assert (read.text, read.due, read.precision) == (text, None, "unparsed")


@pytest.mark.parametrize(
    ("text", "word", "status", "due", "precision"),
    [
        ("Complete", "Complete", "complete", None, "none"),
        ("In progress.", "In progress", "in_progress", None, "none"),
        ("Complete (July 2025)", "Complete", "complete", date(2025, 7, 31), "month"),
        ("Completed March 2025", "Completed", "complete", date(2025, 3, 31), "month"),
        ("Completed in March 2025", "Completed", "complete", date(2025, 3, 31), "month"),
        ("Delayed – Q3 2025/26", "Delayed", "delayed", date(2025, 12, 31), "quarter"),
        ("Delivered: 12/05/2025", "Delivered", "complete", date(2025, 5, 12), "day"),
        ("Done by 2025/26", "Done", "complete", date(2026, 3, 31), "year"),
        ("Closed – BAU", "Closed – BAU", "closed", None, "none"),
        ("Not started", "Not started", "not_started", None, "none"),
        ("Complete, awaiting audit", "Complete", "complete", None, "unparsed"),
    ],
)
def test_a_status_at_the_start_is_told_apart_from_the_date(text, word, status, due, precision):
    read = parse_timescale(text)

    assert (read.status_word, read.status, read.due, read.precision) == (word, status, due, precision)


def test_ongoing_is_a_timescale_and_not_a_status():
    assert parse_timescale("Ongoing").status_word == ""


@given(st.text(max_size=80))
def test_any_text_is_kept(text):
    assert parse_timescale(text).text == text


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_century_is_read_in_each_form(day):
    for pattern in ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%A %d %b %Y"):
        assert parse_timescale(day.strftime(pattern)).due == day
