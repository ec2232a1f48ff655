"""What an import would add to a plan: rows as read, matched to what is there. Pure; nothing is written here.

A recommendation of the file is matched to one of the final report by its reference, then by its words. The report's
words win; the file's words are kept as a note. An action that is there already is not added again: what the file says
about it and the plan does not have yet is added to it as notes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actionplans.positions import OwnerKind, PositionKind
from actionplans.reading import Reading
from actionplans.reading.model import Action as ReadAction
from actionplans.reading.model import Recommendation as ReadRecommendation

# What the bullets of a position column are, asked once for the whole file.
PLANNED_IS_ACTION = "planned"
EACH_IS_ACTION = "each"
KEEP_TOGETHER = "together"


@dataclass(frozen=True)
class KnownAction:
    """An action of the plan as it is: its words folded for comparing, its owners, its timescale."""

    id: int
    ref: str
    text: str
    headline: str
    owners: frozenset[tuple[str, str]]
    timescale: str
    status_label: str
    statements: frozenset[str]


@dataclass(frozen=True)
class KnownRecommendation:
    id: int
    ref: str
    tier: str
    text: str
    is_final: bool
    actions: tuple[KnownAction, ...] = ()


@dataclass(frozen=True)
class Statement:
    kind: str
    on: dt.date | None
    text: str


@dataclass(frozen=True)
class ProposedAction:
    """One action to add, or statements to add to `known`, or nothing where the plan has it all."""

    text: str
    statements: tuple[Statement, ...]
    owners: tuple[tuple[str, str, str], ...]  # title, kind, heading
    timescale: str
    due: dt.date | None
    status_label: str
    status: str | None
    extra: Mapping[str, str]
    table: int
    row: int
    known: KnownAction | None = None

    @property
    def place(self) -> str:
        """Where it stood in the file."""
        return f"table {self.table + 1}, row {self.row}"

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def has_nothing_new(self) -> bool:
        return self.known is not None and not self.statements


@dataclass(frozen=True)
class ProposedRecommendation:
    number: int
    ref: str
    tier: str | None
    theme: str
    text: str
    parent_ref: str | None
    response: str
    actions: tuple[ProposedAction, ...]
    known: KnownRecommendation | None = None

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def words_differ(self) -> bool:
        return self.known is not None and folded(self.known.text) != folded(self.text)


@dataclass(frozen=True)
class Proposal:
    recommendations: tuple[ProposedRecommendation, ...] = ()
    new_posts: tuple[str, ...] = ()
    posts: int = 0

    @property
    def actions(self) -> list[ProposedAction]:
        return [action for recommendation in self.recommendations for action in recommendation.actions]

    @property
    def new_recommendations(self) -> int:
        return sum(recommendation.is_new for recommendation in self.recommendations)

    @property
    def new_actions(self) -> int:
        return sum(action.is_new for action in self.actions)

    @property
    def added_to(self) -> int:
        """Actions of the plan that get further statements."""
        return sum(not action.is_new and not action.has_nothing_new for action in self.actions)

    @property
    def first_updates(self) -> int:
        return sum(
            any(said.kind == PositionKind.DONE for said in action.statements)
            for action in self.actions
            if action.is_new
        )

    @property
    def differing(self) -> int:
        return sum(recommendation.words_differ for recommendation in self.recommendations)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new_recommendations or self.new_actions or self.added_to)


def propose(
    reading: Reading,
    known: Sequence[KnownRecommendation],
    *,
    bullets: str = PLANNED_IS_ACTION,
    posts: Iterable[str] = (),
) -> Proposal:
    """What adding `reading` to a plan with `known` recommendations would do."""
    matcher = Matcher(known)
    proposed = []
    for number, read in enumerate(reading.recommendations, start=1):
        found = matcher.find(read.ref or "", read.tier, read.text)
        actions = [part for action in read.actions for part in _split(action, bullets)]
        long = {
            f"{name} as in the file": words or ""
            for name, words, longest in (("Reference", read.ref, LONGEST_REF), ("Theme", read.theme, LONGEST_THEME))
            if len(words or "") > longest
        }
        if long and actions:
            actions[0] = replace(actions[0], extra={**actions[0].extra, **long})
        if found is not None:
            matched = match_actions(actions, matcher.unused_actions(found), file_words=_file_words(read, found))
            matcher.use(action.known for action in matched)
            actions = matched
        proposed.append(
            ProposedRecommendation(
                number=number,
                ref=(read.ref or "")[:LONGEST_REF],
                tier=read.tier,
                theme=(read.theme or "")[:LONGEST_THEME],
                text=read.text,
                parent_ref=read.parent_ref,
                response=read.response or "",
                actions=tuple(actions),
                known=found,
            )
        )
    titles = {folded(title): title for item in proposed for action in item.actions for title, _, _ in action.owners}
    there = {folded(title) for title in posts}
    new = tuple(title for key, title in titles.items() if key not in there)
    return Proposal(tuple(proposed), new_posts=new, posts=len(titles))


def asks_about_bullets(reading: Reading) -> bool:
    """Whether some row has several statements and no text of its own, so that a person should say what they are."""
    return any(
        not action.text and len(action.position) > 1
        for recommendation in reading.recommendations
        for action in recommendation.actions
    )


def folded(text: str) -> str:
    """Words for comparing: any white space is one space, capitals do not matter, no full stop at the end."""
    return " ".join(text.split()).casefold().rstrip(".")


@dataclass
class Matcher:
    """Finds each recommendation of a file among those there are, each at most once unless the reference repeats."""

    known: Sequence[KnownRecommendation]
    used: set[int] = field(default_factory=set)

    def find(self, ref: str, tier: str | None, text: str) -> KnownRecommendation | None:
        same_words = [item for item in self.known if folded(item.text) == folded(text)]
        same_ref = [
            item for item in self.known if ref and bare_ref(item.ref) == bare_ref(ref) and tier in {None, item.tier}
        ]
        both = [item for item in same_ref if item in same_words]
        for candidates in (both, same_ref, same_words):
            if candidates:
                return candidates[0]
        return None

    def unused_actions(self, found: KnownRecommendation) -> list[KnownAction]:
        return [action for action in found.actions if action.id not in self.used]

    def use(self, actions: Iterable[KnownAction | None]) -> None:
        self.used.update(action.id for action in actions if action is not None)


def bare_ref(ref: str) -> str:
    """A reference without the R that some put in front: R2 and 2 are one."""
    bare = ref.strip().casefold()
    return bare[1:] if bare[:1] == "r" and bare[1:2].isdigit() else bare


def match_actions(
    actions: Sequence[ProposedAction], known: Sequence[KnownAction], *, file_words: Mapping[str, str]
) -> list[ProposedAction]:
    """Say which actions of a file are there already: by their words, else one by one where nothing else can be meant."""
    left = list(known)
    found: dict[int, KnownAction] = {}
    for index, action in enumerate(actions):
        match = next((there for there in left if _same_words(action, there)), None)
        if match is None and len(actions) == len(known):
            match = next((there for there in left if _same_duty(action, there)), None)
        if match is not None:
            found[index] = match
            left.remove(match)
    matched = []
    for index, action in enumerate(actions):
        extra = {**action.extra, **(file_words if index == 0 else {})}
        if index in found:
            matched.append(_only_what_is_new(replace(action, extra=extra), found[index]))
        else:
            matched.append(replace(action, extra=extra))
    return matched


def _same_words(action: ProposedAction, there: KnownAction) -> bool:
    words = {folded(action.text), *(folded(said.text) for said in action.statements)} - {""}
    return bool(words & {folded(there.text), folded(there.headline), *there.statements} - {""})


def _same_duty(action: ProposedAction, there: KnownAction) -> bool:
    owners = frozenset((folded(title), kind) for title, kind, _ in action.owners)
    return owners == there.owners and folded(action.timescale) == folded(there.timescale)


def _only_what_is_new(action: ProposedAction, known: KnownAction) -> ProposedAction:
    """What the file says about an action of the plan and the plan does not say yet, as statements."""
    had = {*known.statements, folded(known.text), folded(known.headline)}
    planned = [Statement(PositionKind.PLANNED, None, action.text)] if action.text else []
    said = [statement for statement in (*planned, *action.statements) if folded(statement.text) not in had]
    notes = [f"{heading}: {words}" for heading, words in action.extra.items()]
    if folded(action.timescale) != folded(known.timescale) and action.timescale:
        notes.append(f"Timescale in the file: {action.timescale}")
    if action.status_label and folded(action.status_label) != folded(known.status_label):
        notes.append(f"Status in the file: {action.status_label}")
    had_owners = {title for title, _ in known.owners}
    new_owners = [title for title, _, _ in action.owners if folded(title) not in had_owners]
    if new_owners:
        notes.append(f"Owners in the file: {'; '.join(new_owners)}")
    said += [Statement(PositionKind.NOTE, None, note) for note in notes if folded(note) not in had]
    return replace(action, known=known, statements=tuple(said))


FILE_WORDS = "Recommendation as in the file"


def _file_words(read: ReadRecommendation, found: KnownRecommendation) -> dict[str, str]:
    return {} if folded(read.text) == folded(found.text) else {FILE_WORDS: read.text}


def _split(action: ReadAction, bullets: str) -> list[ProposedAction]:
    """One action of the file as one or several, by what the person said the bullets are."""
    whole = _proposed(action)
    if action.text or len(action.position) < 2 or bullets == KEEP_TOGETHER:
        return [whole]
    if bullets == EACH_IS_ACTION:
        return [
            replace(whole, text=said.text, statements=(), extra=whole.extra if not n else {})
            for n, said in enumerate(whole.statements)
        ]
    planned = [said for said in whole.statements if said.kind == PositionKind.PLANNED]
    if not planned:
        return [whole]
    rest = tuple(said for said in whole.statements if said.kind != PositionKind.PLANNED)
    return [replace(whole, text="\n".join(said.text for said in planned), statements=rest)]


# What is longer than its column keeps its words among the extra columns.
LONGEST_REF = 40
LONGEST_THEME = 300
LONGEST_TIMESCALE = 500
LONGEST_STATUS = 200
LONGEST_POST = 200


def _proposed(action: ReadAction) -> ProposedAction:
    extra = dict(action.extra)
    timescale, status = action.timescale.text, action.status.text
    if len(timescale) > LONGEST_TIMESCALE:
        extra["Timescale as in the file"], timescale = timescale, ""
    if len(status) > LONGEST_STATUS:
        extra["Status as in the file"], status = status, ""
    owners = [(title, OwnerKind.ACCOUNTABLE.value, "") for title in action.accountable]
    owners += [(title, OwnerKind.RESPONSIBLE.value, "") for title in action.responsible]
    owners += [
        (title, OwnerKind.OTHER.value, heading) for heading, titles in action.other_owners.items() for title in titles
    ]
    long = [title for title, _, _ in owners if len(title) > LONGEST_POST]
    if long:
        extra["Owners as in the file"] = "\n".join(long)
        owners = [owner for owner in owners if owner[0] not in long]
    return ProposedAction(
        text=action.text,
        statements=tuple(Statement(item.kind, item.on, item.text) for item in action.position),
        owners=tuple(owners),
        timescale=timescale,
        due=action.timescale.due,
        status_label=status,
        status=action.status.canonical,
        extra=extra,
        table=action.table,
        row=action.row,
    )
