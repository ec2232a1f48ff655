"""Questions of bringing a plan in: the file, what its columns and status words are, what its bullet points are."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from actionplans.bringing import EACH_IS_ACTION, KEEP_TOGETHER, PLANNED_IS_ACTION
from actionplans.positions import STATUS_MEANINGS, Status
from actionplans.reading.headings import KINDS
from actionplans.reading.model import Reading
from peerchallenge.web.forms import BaseForm, Button, ChoiceField, FileField, TextField

ACCEPTED = (".docx", ".xlsx", ".csv", ".html", ".htm", ".txt")
PASTE_LIMIT = 400_000


class UploadForm(BaseForm):
    """A file or pasted text, one of the two."""

    submit_label = "Read it"
    never_optional = ("file", "pasted")

    file = FileField(
        "Choose the file",
        hint=f"Word, Excel, CSV or web page, up to {settings.UPLOAD_LIMIT_BYTES // 1024**2} MB",
        accept=ACCEPTED,
        most_bytes=settings.UPLOAD_LIMIT_BYTES,
    )
    pasted = TextField(
        "Or paste the table here",
        hint="Copy the whole table in Word, Excel or your web page, with its headings, and paste it",
        rows=8,
        longest=PASTE_LIMIT,
        thing="The pasted text",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        if not given.get("file") and not given.get("pasted"):
            self.add_error("file", "Choose the file or paste the table")
        if given.get("file") and given.get("pasted"):
            self.add_error("pasted", "Choose the file or paste the table, not both")
        return given


class ColumnsForm(BaseForm):
    """What each column is and what each status word means. The guesses are chosen already."""

    submit_label = "Check the rows"

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.columns = [(table, column) for table in reading.tables if table.is_plan for column in table.columns]
        for table, column in self.columns:
            self.fields[column_name(table.index, column.index)] = ChoiceField(
                f"What “{column.heading}” is", KINDS, missing=f"Choose what the column “{column.heading}” is",
                drop_down=True, initial=column.kind,
            )  # fmt: skip
        self.labels = reading.status_labels()
        for number, (label, (meaning, _)) in enumerate(self.labels.items()):
            self.fields[status_name(number)] = ChoiceField(
                f"What “{label}” means", [("", "Choose"), *Status.choices], drop_down=True, initial=meaning or "",
                missing=f"Choose what “{label}” means",
            )  # fmt: skip

    def column_rows(self) -> list[dict[str, Any]]:
        """Each column with its select, for the table of the page."""
        return [
            {"table": table, "column": column, "field": self[column_name(table.index, column.index)]}
            for table, column in self.columns
        ]

    def status_rows(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "count": count, "field": self[status_name(number)]}
            for number, (label, (_, count)) in enumerate(self.labels.items())
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for table in {table.index for table, _ in self.columns}:
            kinds = [
                kind
                for (there, column) in self.columns
                if there.index == table and (kind := given.get(column_name(table, column.index)))
            ]
            if not self.errors and "recommendation" not in kinds:
                raise ValidationError("Choose which column holds the recommendation")
        return given

    def chosen_columns(self) -> dict[str, str]:
        return {
            f"{table.index}:{column.index}": self.cleaned_data[column_name(table.index, column.index)]
            for table, column in self.columns
        }

    def chosen_statuses(self) -> dict[str, str]:
        return {label: self.cleaned_data[status_name(number)] for number, label in enumerate(self.labels)}


class BulletsForm(BaseForm):
    submit_label = "Use this answer"

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    bullets = ChoiceField(
        "What are the bullet points of the position?",
        [
            (PLANNED_IS_ACTION, "“We will…” is an action, “We have…” is the first update on it"),
            (EACH_IS_ACTION, "Each bullet point is an action"),
            (KEEP_TOGETHER, "Keep them together as one action"),
        ],
        missing="Choose what the bullet points are",
    )

    def __init__(self, *args: Any, action: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper.form_action = action

    def buttons(self) -> list[Button]:
        return [Button(self.submit_label, kind="secondary")]


def column_name(table: int, column: int) -> str:
    return f"column_{table}_{column}"


def status_name(number: int) -> str:
    return f"status_{number}"


def meanings() -> list[tuple[str, str]]:
    """Our statuses with their definitions, shown beside the choice."""
    return [(str(Status(code).label), STATUS_MEANINGS[code]) for code in Status.values]
