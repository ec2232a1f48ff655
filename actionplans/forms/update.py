"""Saying where an action is: a rare user, two minutes."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django.core.exceptions import ValidationError

from actionplans.forms.plan import VersionField
from actionplans.lines import MARKS
from actionplans.models import Action, StatusWord
from actionplans.operations.adding import NOT_ON_TRACK
from actionplans.operations.entries import read_due_date
from actionplans.positions import CONFIDENCE_MEANINGS, FINISHED_STATUSES, STATUS_MEANINGS, Confidence, Precision, Status
from peerchallenge.web.forms import BaseForm, Button, ChoiceField, TextField
from peerchallenge.web.words import long_date

SHOWN_FIRST = [Status.IN_PROGRESS, Status.COMPLETE, Status.NOT_STARTED, Status.DELAYED]
RATED = [Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK]
FINISH = Button("Save and finish", name="then", value="finish", kind="secondary")
ASKED_FOR_EVIDENCE = "You will be asked what shows it is done"


class UpdateForm(BaseForm):
    """What has happened, where it is now, how sure, more time, evidence: in this order, prefilled with last time's answers."""

    submit_label = "Save and finish"
    form_class = "app-form app-form--update"
    has_one_time_key = True
    never_optional = ("done", "confidence", "shown_by", "more_time", "new_timescale", "new_date_reason")

    done = TextField(
        "What has happened?",
        hint="Two or three sentences. The committee and the public will read this.",
        rows=4,
        thing="What has happened",
    )
    next = TextField("What happens next?", hint="One sentence is enough", rows=2, thing="What happens next")
    status = ChoiceField("Where is it now?", missing="Choose where it is now")
    confidence = ChoiceField(
        "How sure are you that it will be done by the date?",
        [(value.value, MARKS[value]) for value in RATED],
        hints={value.value: CONFIDENCE_MEANINGS[value] for value in RATED},
    )
    more_time = ChoiceField("Do you need more time?", [("no", "No"), ("yes", "Yes, give a new date")])
    new_timescale = TextField(
        "New date",
        hint="A day or a month, for example 29 November 2024 or Nov 24",
        width=10,
        longest=200,
        thing="The new date",
    )
    new_date_reason = TextField(
        "Why is more time needed?",
        hint="The date changes when you save. The first date stays on show, and the next report lists the change",
        rows=2,
        thing="The reason",
    )
    evidence = TextField("Where can it be seen?", hint="A link, or where it is kept", rows=2, thing="The evidence")
    shown_by = TextField(
        "What shows it is done?",
        hint="For example, the minutes of a meeting, a published paper or a link",
        rows=2,
        thing="What shows it is done",
    )
    version = VersionField()

    def __init__(
        self,
        *args: Any,
        action: Action,
        today: dt.date,
        has_next: bool = False,
        all_statuses: bool = False,
        unchanged: bool = False,
        **kwargs: Any,
    ):
        self.action, self.today = action, today
        self.choices = status_choices(action, all_statuses=all_statuses)
        self.no_change_words = f"No change since {long_date(action.latest_on)}." if action.latest_on else "No change."
        known = {
            "done": self.no_change_words if unchanged else "",
            "status": current_choice(action, self.choices),
            "confidence": action.confidence,
            "more_time": "no",
            "version": action.version,
        }
        super().__init__(*args, initial=known, **kwargs)
        self.fields["new_timescale"].longest = None  # the check stays; a short box needs no count
        if action.latest_on:
            self.fields["done"].label = f"What has happened since {long_date(action.latest_on)}?"
        status = self.fields["status"]
        status.choices = [(value, label) for value, label, _ in self.choices]
        status.hints = {value: hint for value, _, hint in self.choices}
        if has_next:
            self.submit_label, self.more_buttons = "Save and see my next action", (FINISH,)

    def layout(self) -> Layout:
        nothing = HTML(
            '<p class="app-beside"><a class="govuk-link" href="?nothing-has-changed=yes">Nothing has changed</a></p>'
        )
        evidence = Div(HTML('{% include "actionplans/update/_evidence.html" %}'), css_class="app-evidence")
        # Which of these an answer leaves out is a matter of style (app-if-complete …): all are on the page.
        return Layout(
            "done",
            nothing,
            "next",
            "status",
            Div("shown_by", css_class="app-opened app-if-complete"),
            Div("confidence", css_class="app-unless-finished"),
            Div(
                "more_time",
                Div("new_timescale", "new_date_reason", css_class="app-opened app-if-more-time"),
                css_class="app-unless-finished",
            ),
            evidence,
            "version",
            "form_key",
        )

    @property
    def label_size(self) -> str:
        return "m"

    def opened_by_an_answer(self) -> Iterator[str]:
        return iter(("shown_by", "new_timescale", "new_date_reason"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if "status" not in answers:
            return answers
        status, _ = self.chosen_status()
        if not answers.get("done", "").strip():
            self.add_error("done", ValidationError("Write what has happened, or choose ‘Nothing has changed’"))
        elif self.is_unchanged() and status != self.action.status:
            self.add_error("done", ValidationError("You chose another place. Write what has happened"))
        if (
            status == Status.COMPLETE
            and self.action.status != Status.COMPLETE
            and not answers.get("shown_by", "").strip()
        ):
            self.add_error("shown_by", ValidationError("Say what shows it is done"))
        if status not in FINISHED_STATUSES:
            self.check_time(answers)
        return answers

    def check_time(self, answers: dict[str, Any]) -> None:
        """What a date asks of an action that goes on."""
        due_on = self.action.due_on
        if answers.get("more_time") == "yes":
            due_on = self.check_new_date(answers)
        confidence = answers.get("confidence", "")
        if self.action.due_on and not confidence:
            self.add_error("confidence", ValidationError("Choose how sure you are that it will be done by the date"))
        if due_on and due_on < self.today and confidence == Confidence.ON_TRACK:
            self.add_error("confidence", ValidationError(NOT_ON_TRACK))

    def check_new_date(self, answers: dict[str, Any]) -> dt.date | None:
        """The day of the new date where it can be read; a missing or earlier one is said at its question."""
        present = self.action.due_on
        wanted = f"Enter a new date after {long_date(present)}" if present else "Enter a new date"
        if not answers.get("new_date_reason", "").strip():
            self.add_error("new_date_reason", ValidationError("Say why more time is needed"))
        if "new_timescale" not in answers:
            return present
        due = read_due_date(answers["new_timescale"])
        if due.text and not due.is_readable:
            self.add_error(
                "new_timescale", ValidationError("Enter a date we can read, like 29 November 2024 or Nov 24")
            )
        elif not due.text or (present and due.precision != Precision.ONGOING and (due.on is None or due.on <= present)):
            self.add_error("new_timescale", ValidationError(wanted))
        else:
            return due.on
        return present

    def is_unchanged(self) -> bool:
        return self.cleaned_data.get("done", "").strip() == self.no_change_words

    def chosen_status(self) -> tuple[str, str]:
        """Our value and the council's own word for it."""
        value, _, label = self.cleaned_data["status"].partition(":")
        return value, label

    def answers(self) -> dict[str, Any]:
        """What the operation is given. Answers to questions that no longer apply are left out."""
        cleaned = self.cleaned_data
        status, label = self.chosen_status()
        goes_on = status not in FINISHED_STATUSES
        asks_for_time = goes_on and cleaned.get("more_time") == "yes"
        return {
            "version": cleaned["version"],
            "form_key": cleaned["form_key"],
            "done": cleaned["done"],
            "next": cleaned.get("next", ""),
            "no_change": self.is_unchanged(),
            "status": status,
            "status_label": label,
            "confidence": cleaned.get("confidence", "") if goes_on else "",
            "evidence": (cleaned.get("shown_by", "") if status == Status.COMPLETE else "")
            or cleaned.get("evidence", ""),
            "new_timescale": cleaned.get("new_timescale", "") if asks_for_time else "",
            "new_date_reason": cleaned.get("new_date_reason", "") if asks_for_time else "",
        }

    def again(self, *, version: int, form_key: str) -> "UpdateForm":
        """The same answers on the newest version of the action, as a form of its own."""
        data = self.data.dict() | {"version": version, "form_key": form_key}
        form = UpdateForm(data, action=self.action, today=self.today, cancel=self.cancel)
        form.submit_label = "Save my words as well"
        return form


def status_choices(action: Action, *, all_statuses: bool) -> list[tuple[str, str, str]]:
    """Value, words and hint of each answer. The council's own words come first, ours in the hint."""
    words = StatusWord.objects.filter(council=action.engagement.council_id).order_by("status", "label")
    own: dict[str, list[str]] = {}
    for status, label in words.values_list("status", "label"):
        own.setdefault(status, []).append(label)
    if action.status_label and action.status_label not in own.get(action.status, []):
        own.setdefault(action.status, []).append(action.status_label)
    offered = [*SHOWN_FIRST]
    offered += [status for status in Status if status not in offered and (all_statuses or status in {action.status})]
    if not action.due_on and Status.ONGOING not in offered:
        offered.append(Status.ONGOING)
    choices = []
    for status in offered:
        meaning = ASKED_FOR_EVIDENCE if status == Status.COMPLETE else STATUS_MEANINGS[status]
        for label in own.get(status, [""]):
            same = label.lower() in {"", str(status.label).lower()}
            hint = meaning if same else f"{status.label}: {meaning}"
            choices.append((f"{status.value}:{label}" if label else status.value, label or str(status.label), hint))
    return choices


def current_choice(action: Action, choices: list[tuple[str, str, str]]) -> str:
    labelled = f"{action.status}:{action.status_label}" if action.status_label else action.status
    values = [value for value, _, _ in choices]
    return (
        labelled
        if labelled in values
        else next((value for value in values if value.partition(":")[0] == action.status), "")
    )
