"""Reading a council's action plan: rows of any file become recommendations, actions, statements, owners and dates.

Pure functions over what `peerchallenge.tabular` read from a file. Nothing is evaluated, nothing is lost: every word of
a row is in the field it belongs to, or kept as extra, or the row is named by a warning as skipped.
"""

from .choices import Choices
from .gold import to_gold
from .headings import KINDS
from .losses import words_left_out
from .model import (
    Action,
    ColumnSeen,
    Place,
    PlanStatus,
    PlanTimescale,
    Reading,
    ReadingWarning,
    Recommendation,
    SourceRow,
    Statement,
    TableSeen,
)
from .owners import split_owners
from .plan import read_plan
from .sentences import CODES, sentence_for
from .statuses import parse_status
from .timescales import Timescale, parse_timescale

__all__ = [
    "CODES",
    "KINDS",
    "Action",
    "Choices",
    "ColumnSeen",
    "Place",
    "PlanStatus",
    "PlanTimescale",
    "Reading",
    "ReadingWarning",
    "Recommendation",
    "SourceRow",
    "Statement",
    "TableSeen",
    "Timescale",
    "parse_status",
    "parse_timescale",
    "read_plan",
    "sentence_for",
    "split_owners",
    "to_gold",
    "words_left_out",
]
