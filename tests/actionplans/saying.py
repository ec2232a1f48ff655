"""Small sentences the plan's tests are written in."""

import datetime as dt
import re
import uuid
from html import unescape
from typing import Any

from actionplans.operations.updates import update_action

TODAY = dt.date(2024, 10, 14)


def say(
    action: Any, *, by: Any, today: dt.date = TODAY, version: int | None = None, key: Any = None, **words: Any
) -> Any:
    """Update an action on its present version, in progress unless told otherwise."""
    words.setdefault("status", "in_progress")
    return update_action(
        action,
        version=action.version if version is None else version,
        form_key=key or uuid.uuid4(),
        by=by,
        today=today,
        **words,
    )


def words_of(response: Any) -> str:
    """What a reader reads: the page without tags, on one line."""
    page = response.content.decode()
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ").split())


def plan_url(challenge: Any, rest: str = "") -> str:
    return f"/challenges/{challenge.engagement.slug}/plan/{rest}"


def number_of(label: str, response: Any) -> str:
    """The number of a figure on a page, by its label."""
    found = re.search(rf"(?s)<dt>(?:<a[^>]*>)?{re.escape(label)}.*?</dt>\s*<dd>(.*?)</dd>", response.content.decode())
    assert found, f"no figure {label}"
    return found.group(1)


def link_of(label: str, response: Any) -> str:
    found = re.search(rf'<dt><a[^>]*href="([^"]*)">{re.escape(label)}', response.content.decode())
    assert found, f"no link {label}"
    return unescape(found.group(1))


def refs_on(response: Any) -> list[str]:
    """The references of the actions in the plan's table, in order."""
    return re.findall(r'<td role="cell" data-label="Ref"[^>]*>([^<]*)</td>', response.content.decode())
