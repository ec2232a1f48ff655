"""Dates, times and numbers as the pages write them. Day and month are never split over two lines."""

import datetime

from django.utils import timezone

SPACE = "\N{NO-BREAK SPACE}"


def long_date(day: datetime.date) -> str:
    """8 July 2024"""
    return f"{day.day}{SPACE}{day:%B}{SPACE}{day.year}"


def short_date(day: datetime.date) -> str:
    """8 July, where the year is plain"""
    return f"{day.day}{SPACE}{day:%B}"


def week_date(day: datetime.date) -> str:
    """Wednesday 6 March"""
    return f"{day:%A}{SPACE}{day.day}{SPACE}{day:%B}"


def day_range(first: datetime.date, last: datetime.date | None) -> str:
    """5 to 8 March 2024, 30 March to 2 April 2024, or the one day."""
    if last is None or last == first:
        return long_date(first)
    if first.year != last.year:
        return f"{long_date(first)} to {long_date(last)}"
    if first.month != last.month:
        return f"{short_date(first)} to {long_date(last)}"
    return f"{first.day}{SPACE}to{SPACE}{long_date(last)}"


def clock_time(moment: datetime.datetime | datetime.time) -> str:
    """10:15am, 9am, midday, midnight"""
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def past_moment(moment: datetime.datetime) -> str:
    """11 October 2024, 3:20pm, in the time of the United Kingdom"""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{long_date(local.date())}, {clock_time(local)}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 action, 2 actions"""
    return f"{number:,}{SPACE}{one if number == 1 else many or one + 's'}"


def file_size(size: int) -> str:
    """151 KB, 2.3 MB"""
    if size < 1024:
        return counted(size, "byte")
    if size < 1024 * 1024:
        return f"{round(size / 1024):,}{SPACE}KB"
    return f"{size / 1024 / 1024:.1f}{SPACE}MB"
