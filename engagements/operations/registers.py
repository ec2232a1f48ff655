"""Loading a register of councils: adds and changes, never deletes; all or nothing."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.text import slugify

from engagements.models import Council, Succession
from engagements.operations.councils import add_council, change_council, record_succession
from engagements.registers import CouncilRow, Register, UnreadableRegister
from peerchallenge.history.operations import operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

Progress = Callable[[int, int], None]
FACTS = ("region", "governance", "website", "starts_on", "ends_on", "notes")


@dataclass
class Loaded:
    """What loading a register would do or did. `unnamed` are councils of its kinds that it no longer has."""

    added: list[CouncilRow] = field(default_factory=list)
    changed: dict[int, tuple[CouncilRow, dict[str, object]]] = field(default_factory=dict)
    same: int = 0
    followed: list[tuple[str, str]] = field(default_factory=list)
    unnamed: list[Council] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return bool(self.added or self.changed or self.followed)


class Known:
    """The councils there are, found by code, by full name, or by short name and kind."""

    def __init__(self, councils: Iterable[Council]):
        self.councils = list(councils)
        self.by_code = {council.code: council for council in self.councils if council.code}
        self.by_name = {council.name.lower(): council for council in self.councils}
        self.by_place = {
            (council.short_name.lower(), council.type): council for council in self.councils if council.ends_on is None
        }

    def match(self, row: CouncilRow) -> Council | None:
        """By code first. A council keeps its identity when the ONS gives it a new code for a changed boundary."""
        if row.code and row.code in self.by_code:
            return self.by_code[row.code]
        named = self.by_name.get(row.name.lower()) or self.by_place.get((row.short_name.lower(), row.type))
        return None if named is None or (row.ends_on and named.ends_on is None and named.code) else named


def compare(register: Register, *, missing_ended_on: dt.date | None = None) -> Loaded:
    """Say what loading would do. Writes nothing."""
    known = Known(Council.objects.order_by("pk"))
    loaded = Loaded()
    met: set[int] = set()
    for row in register.rows:
        council = known.match(row)
        if council is None:
            loaded.added.append(row)
            continue
        met.add(council.pk)
        facts = _new_facts(row, council, is_official=register.is_official)
        if facts:
            loaded.changed[council.pk] = (row, facts)
        else:
            loaded.same += 1
    loaded.unnamed = [
        council
        for council in known.councils
        if council.pk not in met and council.ends_on is None and council.code and council.code[:3] in register.kinds
    ]
    if missing_ended_on:
        for council in loaded.unnamed:
            loaded.changed[council.pk] = (
                CouncilRow(0, council.code or "", council.name, council.short_name, council.type),
                {"ends_on": missing_ended_on},
            )
    _compare_successions(register, known, loaded)
    return loaded


def _new_facts(row: CouncilRow, council: Council, *, is_official: bool) -> dict[str, object]:
    """What the row says and we do not know yet. An official register has short names only, so names stay."""
    facts: dict[str, object] = {name: getattr(row, name) for name in FACTS if getattr(row, name)}
    if row.code and row.code > (council.code or ""):
        facts["code"] = row.code
    if not is_official:
        facts |= {"name": row.name, "short_name": row.short_name, "type": row.type}
    return {name: value for name, value in facts.items() if getattr(council, name) != value}


def _compare_successions(register: Register, known: Known, loaded: Loaded) -> None:
    names = {row.name: row.name for row in register.rows} | {council.name: council.name for council in known.councils}
    by_code = {row.code: row.name for row in register.rows if row.code} | {
        code: council.name for code, council in known.by_code.items()
    }
    present = set(Succession.objects.values_list("predecessor__name", "successor__name"))
    faults = []
    for row in register.rows:
        followers = []
        for who in row.followed_by:
            name = by_code.get(who) or names.get(who)
            if name is None:
                faults.append(f"Row {row.row}: “{who}”, named as a successor, is no council of this file or of ours.")
            else:
                followers.append(name)
        if row.replaced_by:
            found = named_in(row.replaced_by, names)
            followers += found
            if not found:
                loaded.remarks.append(f"Row {row.row}: no council found in “Replaced by {row.replaced_by}”.")
        loaded.followed += [
            (row.name, name)
            for name in dict.fromkeys(followers)
            if (row.name, name) not in present and name != row.name
        ]
    if faults:
        raise UnreadableRegister(faults)


def named_in(words: str, names: Iterable[str]) -> list[str]:
    """The councils named in a sentence, longest names first, so that “Dorset Council” is not found inside another."""
    found = []
    for name in sorted(names, key=len, reverse=True):
        if name in words:
            found.append(name)
            words = words.replace(name, " ")
    return sorted(found)


@operation("loaded a register of councils")
def load_register(
    register: Register, *, missing_ended_on: dt.date | None = None, by: "User | None", say: Progress | None = None
) -> Loaded:
    """Add the councils we do not have, change what the register knows better, link the ended to those that followed.

    Nothing is deleted. A council the register leaves out is only told about, unless `missing_ended_on` gives its last day.
    """
    loaded = compare(register, missing_ended_on=missing_ended_on)
    total, done = len(loaded.added) + len(loaded.changed) + len(loaded.followed), 0
    councils = {council.name: council for council in Council.objects.order_by("pk")}
    by_pk = {council.pk: council for council in councils.values()}
    taken = {council.slug for council in councils.values()}

    def step() -> None:
        nonlocal done
        done += 1
        if say:
            say(done, total)

    for pk, (_, facts) in loaded.changed.items():
        changed = change_council(by_pk[pk], by=by, **facts)
        councils[changed.name] = changed
        step()
    # Councils in being take the plain addresses; those that ended take what is left.
    for row in sorted(loaded.added, key=lambda row: (row.ends_on is not None, row.row)):
        slug = free_address(row, taken)
        taken.add(slug)
        councils[row.name] = add_council(
            row.name,
            short_name=row.short_name,
            slug=slug,
            type=row.type,
            region=row.region,
            governance=row.governance,
            code=row.code or None,
            website=row.website,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            notes=row.notes,
            by=by,
        )
        step()
    for ended, follower in loaded.followed:
        record_succession(councils[ended], successor=councils[follower], by=by)
        step()
    return loaded


def free_address(row: CouncilRow, taken: set[str]) -> str:
    """The short name, else the whole name, else with the code: somerset, somerset-county-council, somerset-e10000027."""
    short = slugify(row.short_name)[:70] or "council"
    choices = [short, slugify(row.name)[:80], f"{short}-{row.code.lower()}" if row.code else "", f"{short}-{row.row}"]
    return next(choice for choice in choices if choice and choice not in taken)
