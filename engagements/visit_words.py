"""Why and when a visit was postponed or moved, as sentences."""

from collections.abc import Sequence

from engagements.models import VisitDate
from peerchallenge.web.words import day_range, long_date

State, Reason = VisitDate.State, VisitDate.Reason

BECAUSE: dict[str, str] = {
    Reason.GENERAL_ELECTION: "because of the general election",
    Reason.LOCAL_ELECTIONS: "because of local elections",
    Reason.COUNCIL: "at the council’s request",
    Reason.TEAM: "because the team was not available",
}


def because(entry: VisitDate) -> str:
    """Because of the general election; at the council's request; because: what somebody wrote."""
    known = BECAUSE.get(entry.reason, "")
    words = entry.reason_words.strip().rstrip(".")
    if known and words:
        return f"{known}: {words}"
    return known or (f"because: {words}" if words else "")


def sentence(entry: VisitDate) -> str:
    """The visit on 8 July 2024 was postponed on 31 May 2024 because of the general election."""
    day = day_range(entry.starts_on, entry.ends_on) if entry.starts_on else "no date"
    on = f" on {long_date(entry.decided_on)}" if entry.decided_on else ""
    why = f" {because(entry)}" if because(entry) else ""
    match entry.state:
        case State.POSTPONED:
            return f"The visit on {day} was postponed{on}{why}."
        case State.RESCHEDULED:
            return f"Moved{on} to {day}{why}."
        case State.CANCELLED:
            return f"Cancelled{on}{why}."
        case State.CONFIRMED:
            return f"Confirmed{on} for {day}{f' with {entry.agreed_by}' if entry.agreed_by else ''}."
    return f"Proposed{on} for {day}."


def moved_note(entries: Sequence[VisitDate]) -> str:
    """First planned for 16 January 2024. Moved on 30 November 2023 at the council's request. Empty when nothing moved."""
    changes = [entry for entry in entries if entry.state in {State.RESCHEDULED, State.POSTPONED, State.CANCELLED}]
    first = next((entry for entry in entries if entry.starts_on), None)
    if not changes or first is None or first.starts_on is None:
        return ""
    said = [f"First planned for {long_date(first.starts_on)}."]
    for entry in changes:
        on = f" on {long_date(entry.decided_on)}" if entry.decided_on else ""
        why = f" {because(entry)}" if because(entry) else ""
        verb = {State.RESCHEDULED: "Moved", State.POSTPONED: "Postponed", State.CANCELLED: "Cancelled"}[
            State(entry.state)
        ]
        said.append(f"{verb}{on}{why}.")
    return " ".join(said)
