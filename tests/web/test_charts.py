"""Pictures: right numbers, no touching words, nothing a content security policy would refuse."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from peerchallenge.web import charts, clockwork
from peerchallenge.web.charts import STATUS_ORDER, Clock, Milestone, Portfolio, PortfolioRow, StatusRow
from peerchallenge.web.parts import CONFIDENCE_WORDS

D = datetime.date
TODAY = D(2024, 10, 14)
SVG = "{http://www.w3.org/2000/svg}"

NORTHMOOR = [
    Milestone(D(2023, 10, 9), "Scoping", "9 Oct 2023", state="done"),
    Milestone(D(2024, 1, 16), "First date", "16 Jan 2024, moved", state="moved"),
    Milestone(D(2024, 2, 13), "Documents", "13 Feb 2024", state="done"),
    Milestone(D(2024, 3, 5), "Visit", "5 to 8 Mar 2024", state="done"),
    Milestone(D(2024, 5, 28), "Report", "28 May, 8 days early", state="done"),
    Milestone(D(2024, 6, 12), "Plan", "12 June, 54 days early", state="done"),
    Milestone(D(2024, 11, 12), "Progress review", "booked 12 Nov"),
    Milestone(D(2025, 3, 5), "Review report", "by 5 Mar 2025"),
]


def trees(drawn: SafeString) -> list[etree._Element]:
    return list(etree.fromstring(f"<all>{drawn}</all>"))


def texts(tree: etree._Element) -> list[str]:
    return [text.text or "" for text in tree.iter(f"{SVG}text")]


def every_picture() -> Iterator[SafeString]:
    yield charts.status_bars([StatusRow("Today", {"complete": 4, "superseded": 1, "closed": 2})])
    yield charts.clock(Clock(NORTHMOOR, TODAY))
    yield charts.portfolio(Portfolio([PortfolioRow("Northmoor", NORTHMOOR, "a note")], TODAY))
    for code in CONFIDENCE_WORDS:
        yield charts.confidence_shape(code)
    for code in STATUS_ORDER:
        yield charts.swatch(code)


def test_pictures_are_safe_and_hold_no_style() -> None:
    for drawn in every_picture():
        assert isinstance(drawn, SafeString)
        assert "style=" not in drawn
        assert "<script" not in drawn
        for tree in trees(drawn):
            assert tree.get("role") == "img" or tree.get("aria-hidden") == "true"


def test_words_from_outside_are_text() -> None:
    hostile = '<script>alert("x")</script>&'
    row = PortfolioRow(hostile, [Milestone(TODAY, hostile, hostile, letter="<")], note=hostile)
    for drawn in (
        charts.portfolio(Portfolio([row], TODAY)),
        charts.clock(Clock([Milestone(TODAY, hostile, hostile)], TODAY)),
        charts.status_bars([StatusRow(hostile, {"complete": 1})]),
    ):
        assert "<script>" not in drawn
        assert trees(drawn)


def test_a_status_bar_says_every_number_in_words_and_in_the_parts() -> None:
    wide, narrow = trees(charts.status_bars([StatusRow("", {"in_progress": 7, "complete": 4, "delayed": 1})]))

    assert wide.get("aria-label") == "4 complete, 7 in progress, 1 delayed"
    assert texts(wide) == ["4", "7", "1"]
    assert narrow.get("aria-label") == wide.get("aria-label")


def test_status_bars_name_their_dates_the_last_in_bold() -> None:
    rows = [StatusRow("12 June", {"complete": 1}), StatusRow("Today", {"complete": 2})]
    wide, _ = trees(charts.status_bars(rows))

    assert wide.get("aria-label") == "12 June: 1 complete. Today: 2 complete"
    assert [
        text.text for text in wide.iter(f"{SVG}text") if text.get("font-weight") and text.get("text-anchor") is None
    ] == ["Today"]


def test_a_bar_of_nothing_says_so() -> None:
    wide, _ = trees(charts.status_bars([StatusRow("", {"complete": 0})]))

    assert wide.get("aria-label") == "No actions"
    assert texts(wide) == ["No actions"]


@given(st.dictionaries(st.sampled_from(STATUS_ORDER), st.integers(0, 99_999)))
def test_the_parts_of_a_bar_fill_it_and_never_touch(counts: dict[str, int]) -> None:
    wide, _ = trees(charts.status_bars([StatusRow("", counts)]))
    parts = sorted((float(r.get("x", 0)), float(r.get("width"))) for r in wide.iter(f"{SVG}rect"))

    for (left, width), (following, _width) in pairwise(parts):
        assert left + width + 2 <= following + 0.2
    last, width = parts[-1]
    assert last + width <= charts.BAR_WIDTH
    if any(counts.values()):
        assert [int(words) for words in texts(wide)] == [counts[code] for code in STATUS_ORDER if counts.get(code)]


def test_parts_stand_in_one_order_whatever_the_order_of_the_counts() -> None:
    one = charts.status_bars([StatusRow("", {"complete": 1, "delayed": 2})])
    other = charts.status_bars([StatusRow("", {"delayed": 2, "complete": 1})])

    assert one == other


def test_the_key_holds_only_what_occurs() -> None:
    shown = charts.statuses_shown([StatusRow("", {"complete": 1, "delayed": 0}), StatusRow("", {"ongoing": 1})])

    assert [(code, word) for code, word, _ in shown] == [("complete", "Complete"), ("ongoing", "Ongoing")]


@pytest.mark.parametrize(
    "milestones",
    [
        NORTHMOOR,
        [Milestone(TODAY + datetime.timedelta(days=30 * n), "Review report", "by 5 Mar 2025") for n in range(8)],
        [Milestone(TODAY + datetime.timedelta(days=60 * n), "Progress review report", "agreed") for n in range(7)],
        [Milestone(TODAY - datetime.timedelta(days=400 - n), "Action plan", "12 June 2024") for n in (0, 5, 100, 103)],
    ],
)
def test_words_on_the_clock_do_not_touch(milestones: list[Milestone]) -> None:
    days = [milestone.on for milestone in milestones] + [TODAY]
    month = datetime.timedelta(days=31)
    axis = clockwork.Axis(min(days) - month, max(days) + month, 10, clockwork.WIDTH - 10)
    ordered = sorted(milestones, key=lambda milestone: milestone.on)

    placed = clockwork._place(ordered, axis, axis.x(TODAY))

    for row in (clockwork.ABOVE, clockwork.BELOW):
        spans = sorted((place.left, place.right) for place in placed if place.row == row)
        for (_, right), (left, _right) in pairwise(spans):
            assert right <= left
    assert min(place.left for place in placed) >= 0
    assert max(place.right for place in placed) <= clockwork.WIDTH


def test_the_clock_shows_past_today_and_every_milestone() -> None:
    (tree,) = trees(charts.clock(Clock(NORTHMOOR, TODAY)))

    said = texts(tree)
    assert tree.get("aria-hidden") == "true"
    for milestone in NORTHMOOR:
        assert milestone.label in said
        assert milestone.detail in said
    assert "Today" in said


@pytest.mark.parametrize("days", [-900, 900])
def test_the_words_of_today_stay_on_the_paper(days: int) -> None:
    far = [Milestone(TODAY + datetime.timedelta(days=days), "Visit", "March 2024")]
    (tree,) = trees(charts.clock(Clock(far, TODAY)))

    (today,) = [text for text in tree.iter(f"{SVG}text") if text.text == "Today"]
    assert clockwork.TODAY_HALF <= float(today.get("x")) <= clockwork.WIDTH - clockwork.TODAY_HALF


def test_a_clock_with_nothing_on_it_can_be_drawn() -> None:
    (tree,) = trees(charts.clock(Clock([], TODAY)))

    assert "Today" in texts(tree)


def test_the_portfolio_tells_done_to_come_and_missed_apart_without_colour() -> None:
    marks = [
        Milestone(D(2024, 5, 7), letter="V", state="done"),
        Milestone(D(2024, 10, 7), letter="A", state="missed"),
        Milestone(D(2025, 3, 7), letter="P"),
    ]
    (tree,) = trees(charts.portfolio(Portfolio([PortfolioRow("Saltmere", marks)], TODAY)))

    assert (
        tree.get("aria-label")
        == "Saltmere: visit 7 May 2024 done, action plan 7 October 2024 missed, progress review 7 March 2025 to come"
    )
    assert len(list(tree.iter(f"{SVG}path"))) == 1
    assert [word for word in texts(tree) if len(word) == 1] == ["V", "A", "P"]
    assert list(tree.iter(f"{SVG}a")) == []


def test_marks_outside_the_two_years_are_left_to_the_table() -> None:
    marks = [Milestone(D(2019, 1, 1), letter="V", state="done"), Milestone(D(2030, 1, 1), letter="R")]
    (tree,) = trees(charts.portfolio(Portfolio([PortfolioRow("Northmoor", marks)], TODAY)))

    assert [word for word in texts(tree) if len(word) == 1] == []
    for number in re.findall(r' (?:x|x1|x2|cx)="([-\d.]+)"', etree.tostring(tree).decode()):
        assert 0 <= float(number) <= clockwork.WIDTH


def test_a_challenge_of_long_ago_says_why_its_row_is_empty() -> None:
    row = PortfolioRow("Northmoor", [Milestone(D(2019, 1, 1), letter="V", state="done")])
    (tree,) = trees(charts.portfolio(Portfolio([row], TODAY)))

    assert "All its dates are before October 2023" in texts(tree)


def test_the_portfolio_grows_with_its_rows() -> None:
    def height(rows: int) -> float:
        row = PortfolioRow("Northmoor", [])
        (tree,) = trees(charts.portfolio(Portfolio([row] * rows, TODAY)))
        return float(tree.get("viewBox").split()[3])

    assert height(8) == 50 + 42 * 8
    assert height(3) == 50 + 42 * 3


def test_shapes_of_confidence_differ_in_shape() -> None:
    drawn = [trees(charts.confidence_shape(code))[0] for code in ("on_track", "at_risk", "off_track")]

    outlines = {etree.tostring(next(iter(tree))).split(b"fill")[0] for tree in drawn}
    assert len(outlines) == 3


@pytest.mark.parametrize(("years", "shape"), [(2, r"Jan \d{4}"), (6, r"20\d\d"), (40, r"20\d\d")])
def test_the_words_under_the_clock_never_touch(years: int, shape: str) -> None:
    far = [Milestone(TODAY + datetime.timedelta(days=365 * years), "Visit", "later")]
    (tree,) = trees(charts.clock(Clock(far, TODAY)))

    foot = [text for text in tree.iter(f"{SVG}text") if float(text.get("y")) == clockwork.CLOCK_HEIGHT - 10]
    assert any(re.fullmatch(shape, text.text or "") for text in foot)
    for text, following in pairwise(foot):
        assert float(following.get("x")) - float(text.get("x")) > 8.5 * len(text.text or "")


@pytest.mark.parametrize(("days", "beside"), [(10, "after"), (60, "after"), (300, "before"), (-40, "today")])
def test_a_note_does_not_stand_on_a_mark(days: int, beside: str) -> None:
    mark = Milestone(TODAY + datetime.timedelta(days=days), letter="V", state="moved")
    note = "8 July 2024 postponed (local elections), no date"
    (tree,) = trees(charts.portfolio(Portfolio([PortfolioRow("Eastmarch", [mark], note)], TODAY)))

    (words,) = [text for text in tree.iter(f"{SVG}text") if text.text == note]
    (letter,) = [text for text in tree.iter(f"{SVG}text") if text.text == "V"]
    at, mark_at = float(words.get("x")), float(letter.get("x"))
    if words.get("text-anchor") == "end":
        assert beside == "before"
        assert at < mark_at
    else:
        assert (beside == "after") == (at - 20 <= mark_at + 0.2 and days > 0)
        assert at + 7.6 * len(note) <= clockwork.WIDTH
        assert at > mark_at + 12
