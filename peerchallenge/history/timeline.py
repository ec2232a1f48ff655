"""What happened to a thing, as sentences with old and new values, newest first.

An entry is one operation. The fields that changed come from the event tables, read in one statement however many
tables there are. A model may say how it is told:

    history_hidden = ("headline",)                 fields that are not for readers
    history_words = {"due_on": "Date"}             names of fields for readers, where the field's own does not do
    history_pair = ("kind", "post")                a row in one line: the words of the first field, the value of the second
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.utils.dateparse import parse_date, parse_datetime

from peerchallenge.history.models import OperationRecord
from peerchallenge.web.parts import Change, Happening
from peerchallenge.web.words import counted, long_date, past_moment

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field

# An import touches hundreds of rows. Beyond this many an entry says how many, not which.
MOST_ROWS_IN_WORDS = 6
MOST_ROWS_READ = 3000

HIDDEN = {
    "id",
    "version",
    "slug",
    "place",
    "position",
    "form_key",
    "created_at",
    "recorded_at",
    "recorded_by",
    "engagement",
}

STATEMENT = """
SELECT {number} AS model, e.pgh_id, e.pgh_context_id, e.pgh_label, to_jsonb(e) AS now, to_jsonb(p) AS before
FROM {table} e
LEFT JOIN LATERAL (
    SELECT * FROM {table} b WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id ORDER BY b.pgh_id DESC LIMIT 1
) p ON e.pgh_label = 'update'
WHERE e.pgh_context_id = ANY(%(contexts)s)
"""


@dataclass(frozen=True)
class Touched:
    """One row that an operation inserted, updated or deleted."""

    model: type[models.Model]
    label: str
    now: dict[str, Any]
    before: dict[str, Any]

    def fields(self) -> list[tuple[AnyField, Any, Any]]:
        """The fields a reader is told about, each with its value before and after."""
        hidden = HIDDEN | set(getattr(self.model, "history_hidden", ()))
        return [
            (field, before, after)
            for field in self.model._meta.concrete_fields
            if field.name not in hidden
            and field.attname in self.now
            and not isinstance(field, models.JSONField)
            and (before := self.value_before(field)) != (after := self.value_after(field))
            and not (self.label == "insert" and after is False)
        ]

    def pair(self) -> tuple[AnyField, Any, AnyField, Any] | None:
        """The two fields of a row that is told in one line."""
        names = getattr(self.model, "history_pair", None)
        if names is None or self.label == "update":
            return None
        fields = {field.name: field for field in self.model._meta.concrete_fields}
        said_by, value_of = (fields[name] for name in names)
        return said_by, self.now.get(said_by.attname), value_of, self.now.get(value_of.attname)

    def value_before(self, field: AnyField) -> Any:
        source = self.now if self.label == "delete" else self.before
        return source.get(field.attname) if self.label != "insert" else None

    def value_after(self, field: AnyField) -> Any:
        return None if self.label == "delete" else self.now.get(field.attname)


def timeline(*things: models.Model, limit: int = 20, page: int = 1) -> list[Happening]:
    """The operations on any of `things`, newest first, as entries for components/timeline.html."""
    found = OperationRecord.objects.about(*things).select_related("by").order_by("-at", "-id")
    return entries_of(found[limit * (page - 1) : limit * page])


def count_of(*things: models.Model) -> int:
    """How many entries the whole timeline has."""
    return OperationRecord.objects.about(*things).count()


def entries_of(records: Iterable[OperationRecord]) -> list[Happening]:
    records = list(records)
    touched = touched_by([record.pk for record in records])
    names = Names(row for rows in touched.values() for row in rows if len(rows) <= MOST_ROWS_IN_WORDS)
    return [
        Happening(
            title=capitalised(record.sentence),
            at=record.at,
            by=str(record.by) if record.by else "",
            words=how_many(touched[record.pk]),
            changes=changes_in(touched[record.pk], names),
        )
        for record in records
    ]


def touched_by(contexts: Sequence[Any]) -> dict[Any, list[Touched]]:
    """The rows each operation touched, in the order it touched them. One statement."""
    found: dict[Any, list[Touched]] = defaultdict(list)
    if not contexts:
        return found
    tables = event_tables()
    union = " UNION ALL ".join(
        f"({STATEMENT.format(number=number, table=connection.ops.quote_name(table))})"
        for number, (table, _) in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY 2 LIMIT {MOST_ROWS_READ}", {"contexts": list(contexts)})
        for number, _, context, label, now, before in cursor.fetchall():
            found[context].append(Touched(tables[number][1], label, as_dict(now), as_dict(before)))
    return found


def as_dict(value: Any) -> dict[str, Any]:
    """Django leaves jsonb of raw statements as text."""
    if isinstance(value, str):
        value = json.loads(value)
    return value or {}


@lru_cache(maxsize=1)
def event_tables() -> list[tuple[str, type[models.Model]]]:
    """(event table, model it is about) for every tracked model."""
    tables = []
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            tables.append((model._meta.db_table, tracked))
    return sorted(tables, key=lambda entry: entry[0])


def how_many(rows: Sequence[Touched]) -> str:
    """For an operation over many rows: "9 actions added, 21 owners added"."""
    if len(rows) <= MOST_ROWS_IN_WORDS:
        return ""
    counts: dict[tuple[type[models.Model], str], int] = defaultdict(int)
    for row in rows:
        counts[row.model, row.label] += 1
    done = {"insert": "added", "update": "changed", "delete": "removed"}
    said = [
        f"{counted(number, str(model._meta.verbose_name), str(model._meta.verbose_name_plural))} {done[label]}"
        for (model, label), number in counts.items()
    ]
    return capitalised(", ".join(said)) + "."


def changes_in(rows: Sequence[Touched], names: "Names") -> tuple[Change, ...]:
    if len(rows) > MOST_ROWS_IN_WORDS:
        return ()
    told: dict[Change, type[models.Model]] = {}
    for row in rows:
        for change in changes_of(row, names):
            told.setdefault(change, row.model)
    models_with_label: dict[str, set[type[models.Model]]] = defaultdict(set)
    for change, model in told.items():
        models_with_label[change.label].add(model)
    return tuple(
        change if len(models_with_label[change.label]) == 1 else named_after(model, change)
        for change, model in told.items()
    )


def changes_of(row: Touched, names: "Names") -> list[Change]:
    pair = row.pair()
    if pair is not None:
        said_by, said, value_of, value = pair
        words = names.words(value_of, value)
        label = capitalised(names.words(said_by, said))
        return [Change(label, words, "") if row.label == "delete" else Change(label, "", words)]
    changes = [
        Change(label_of(row.model, field), names.words(field, before), names.words(field, after))
        for field, before, after in row.fields()
    ]
    return [change for change in changes if change.before != change.after]


def label_of(model: type[models.Model], field: AnyField) -> str:
    words: dict[str, str] = getattr(model, "history_words", {})
    return words.get(field.name) or capitalised(str(field.verbose_name))


def named_after(model: type[models.Model], change: Change) -> Change:
    """Two kinds of rows have a field of this name: say whose it is."""
    return Change(f"{change.label} ({model._meta.verbose_name})", change.before, change.after)


class Names:
    """Values in words. Rows that foreign keys point to are read once per model."""

    def __init__(self, rows: Iterable[Touched]):
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row in rows:
            pair = row.pair()
            values = [(pair[2], None, pair[3])] if pair else row.fields()
            for field, before, after in values:
                if isinstance(field, models.ForeignKey):
                    wanted[field.related_model].update({before, after} - {None})
        self.known = {model: self._read(model, keys) for model, keys in wanted.items()}

    @staticmethod
    def _read(model: type[models.Model], keys: set[Any]) -> dict[Any, str]:
        return {key: str(thing) for key, thing in model._default_manager.in_bulk(keys).items()}

    def words(self, field: AnyField, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(field, models.ForeignKey):
            return self.known.get(field.related_model, {}).get(value, "")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return plain_words(field, value)


def plain_words(field: AnyField, value: Any) -> str:
    if isinstance(field, models.BooleanField):
        return "Yes" if value else "No"
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return past_moment(moment) if moment else str(value)
    if isinstance(field, models.DateField):
        day: dt.date | None = parse_date(value)
        return long_date(day) if day else str(value)
    return str(value)


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
