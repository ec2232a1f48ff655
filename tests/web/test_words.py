import datetime

import pytest

from peerchallenge.web import words

D = datetime.date
UTC = datetime.UTC


def plain(said: str) -> str:
    return said.replace(words.SPACE, " ")


def test_day_and_month_are_never_split_over_two_lines() -> None:
    assert words.long_date(D(2024, 7, 8)) == "8\u00a0July\u00a02024"
    assert plain(words.week_date(D(2024, 3, 6))) == "Wednesday 6 March"
    assert plain(words.short_date(D(2024, 3, 6))) == "6 March"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (D(2024, 3, 5), D(2024, 3, 8), "5 to 8 March 2024"),
        (D(2024, 7, 30), D(2024, 8, 2), "30 July to 2 August 2024"),
        (D(2024, 12, 30), D(2025, 1, 2), "30 December 2024 to 2 January 2025"),
        (D(2024, 3, 5), D(2024, 3, 5), "5 March 2024"),
        (D(2024, 3, 5), None, "5 March 2024"),
    ],
)
def test_a_range_says_no_more_than_it_must(first: D, last: D | None, said: str) -> None:
    assert plain(words.day_range(first, last)) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime.time(10, 15), "10:15am"),
        (datetime.time(9), "9am"),
        (datetime.time(12), "midday"),
        (datetime.time(0), "midnight"),
        (datetime.time(12, 30), "12:30pm"),
        (datetime.time(23, 5), "11:05pm"),
    ],
)
def test_times(at: datetime.time, said: str) -> None:
    assert words.clock_time(at) == said


def test_moments_are_in_the_time_of_the_united_kingdom() -> None:
    in_summer = datetime.datetime(2024, 10, 11, 14, 20, tzinfo=UTC)
    in_winter = datetime.datetime(2024, 11, 11, 14, 20, tzinfo=UTC)

    assert plain(words.past_moment(in_summer)) == "11 October 2024, 3:20pm"
    assert plain(words.past_moment(in_winter)) == "11 November 2024, 2:20pm"


@pytest.mark.parametrize(("number", "said"), [(0, "0 actions"), (1, "1 action"), (1234, "1,234 actions")])
def test_counts(number: int, said: str) -> None:
    assert plain(words.counted(number, "action")) == said


def test_a_plural_may_be_a_word_of_its_own() -> None:
    assert plain(words.counted(2, "party", "parties")) == "2 parties"


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 byte"), (512, "512 bytes"), (154_600, "151 KB"), (2_400_000, "2.3 MB")]
)
def test_file_sizes(size: int, said: str) -> None:
    assert plain(words.file_size(size)) == said
