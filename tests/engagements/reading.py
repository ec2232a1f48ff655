"""A challenge that was visited, and how its pages are asked and read."""

import datetime as dt
import re

TODAY = dt.date(2024, 10, 14)
STARTS, ENDS = dt.date(2024, 3, 5), dt.date(2024, 3, 8)
AGREED = {"agreed_by": "Ida Brook", "by": None, "today": TODAY}


def url(challenge, part: str = "") -> str:
    return f"/challenges/{challenge.slug}/{part}"


def text_of(response) -> str:
    """What a reader reads, in one line."""
    body = response.content.decode()
    main = re.search(r"<main.*?</main>", body, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", (main[0] if main else body)).replace("\xa0", " ").split())


def errors_of(response) -> list[str]:
    form = response.context["form"]
    return [str(error) for errors in form.errors.values() for error in errors]
