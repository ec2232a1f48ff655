"""The dates of the visit and the days of milestones."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagements.clock import Deadline
from engagements.milestones import REVIEW
from engagements.models import Engagement, Milestone, VisitDate
from engagements.stages import Standing
from peerchallenge.web.forms import BaseForm, ChoiceField, DateField, TextField, WebAddressField

Reason = VisitDate.Reason


class Versioned(BaseForm):
    """A form that knows which version of the row it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class ConfirmVisitForm(Versioned):
    starts_on = DateField(
        "What is the first day of the visit?", missing="Enter the first day of the visit", thing="The first day"
    )
    ends_on = DateField("What is the last day?", missing="Enter the last day of the visit", thing="The last day")
    agreed_by = TextField(
        "Who agreed it?",
        missing="Enter who agreed it",
        hint="Name and post, for example Priya Nair, Chief Executive",
        longest=200,
        thing="The name",
    )
    submit_label = "Confirm the visit"

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any):
        ends_on = engagement.visit_ends_on
        if engagement.visit_starts_on and ends_on is None:
            ends_on = engagement.visit_starts_on + dt.timedelta(days=engagement.type.days - 1)
        initial = {"starts_on": engagement.visit_starts_on, "ends_on": ends_on, "version": engagement.version}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        ensure_order(self, answers)
        return answers


class MoveVisitForm(Versioned):
    """Move, postpone or cancel, and why. A new date is asked for only where it moves."""

    MOVE, POSTPONE, CANCEL = "move", "postpone", "cancel"

    what = ChoiceField(
        "What is happening?",
        [
            (MOVE, "The visit moves to a new date"),
            (POSTPONE, "The visit is postponed, no new date yet"),
            (CANCEL, "The challenge is cancelled"),
        ],
        missing="Choose what is happening",
    )
    starts_on = DateField("What is the new first day?", thing="The new first day")
    ends_on = DateField("What is the new last day?", thing="The new last day")
    reason = ChoiceField("Why?", [(value, label) for value, label in Reason.choices if value], missing="Choose why")
    reason_words = TextField("Say more", hint="A few words, for example budget timetable", longest=500, thing="This")
    agreed_by = TextField(
        "Who agreed it?", missing="Enter who agreed it", hint="Name and post", longest=200, thing="The name"
    )
    decided_on = DateField("When was it agreed?", missing="Enter when it was agreed", thing="The date it was agreed")
    reveals = {"what": {MOVE: ("starts_on", "ends_on")}}
    never_optional = ("starts_on", "ends_on")
    submit_label = "Save"

    def __init__(self, *args: Any, engagement: Engagement, today: dt.date, **kwargs: Any):
        is_postponed = engagement.standing == Standing.POSTPONED
        initial = {"version": engagement.version, "decided_on": today, "what": self.MOVE if is_postponed else None}
        super().__init__(*args, initial=initial, **kwargs)
        if is_postponed:
            self.fields["what"].choices = [
                choice for choice in self.fields["what"].choices if choice[0] != self.POSTPONE
            ]
        self.today = today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("what") == self.MOVE:
            if not answers.get("starts_on") and "starts_on" not in self.errors:
                self.add_error("starts_on", "Enter the new first day")
            if not answers.get("ends_on") and "ends_on" not in self.errors:
                self.add_error("ends_on", "Enter the new last day")
            ensure_order(self, answers)
        if answers.get("reason") == Reason.OTHER and not answers.get("reason_words"):
            self.add_error("reason_words", "Say why")
        if (decided := answers.get("decided_on")) and decided > self.today:
            self.add_error("decided_on", "The date it was agreed must be today or earlier")
        return answers


def ensure_order(form: BaseForm, answers: dict[str, Any]) -> None:
    first, last = answers.get("starts_on"), answers.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", "The last day must be the first day or later")


class MilestoneForm(Versioned):
    """When it was done or is booked, where it can be read, and why it is late when it is."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    done_on = DateField("When was it done?", thing="The date")
    planned_on = DateField("Which day is it booked for?", thing="The date it is booked for")
    link = WebAddressField("Where can it be read?", hint="The address of the page or file")
    note = TextField("Note", hint="For example the minute or the committee", longest=500, thing="The note")
    late_reason = TextField(
        "Why was it late?", hint="These words stand in the clock", rows=3, longest=1000, thing="The reason"
    )
    late_reason_is_public = ChoiceField("Show this reason to the public?", [("yes", "Yes"), ("no", "No")], inline=True)
    agreed_due_on = DateField(
        "Which other date was agreed, if any?", thing="The agreed date", hint="In place of the date the rule gives"
    )
    agreed_reason = TextField("Why was another date agreed?", longest=1000, thing="The reason")
    agreed_by = TextField("Who agreed the other date?", longest=200, thing="The name")
    waived_reason = TextField(
        "Is it no longer asked for? Say why",
        hint="It then counts as settled. Leave empty while it is still to be done",
        longest=1000,
        thing="The reason",
    )

    def __init__(self, *args: Any, deadline: Deadline, milestone: Milestone | None, today: dt.date, **kwargs: Any):
        known = {name: getattr(milestone, name) for name in self.base_fields if milestone}
        known["late_reason_is_public"] = "yes" if milestone and milestone.late_reason_is_public else "no"
        super().__init__(*args, initial=known, **kwargs)
        self.today = today
        self.fields["done_on"].label = deadline.words.question
        if deadline.kind == REVIEW:
            self.order_fields(["version", "planned_on", "done_on"])
        else:
            del self.fields["planned_on"]
        if not deadline.days_late(today):
            for name in ("late_reason", "late_reason_is_public"):
                del self.fields[name]

    def clean_done_on(self) -> dt.date | None:
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > self.today:
            raise ValidationError("The date must be today or earlier")
        return done_on

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("agreed_due_on"):
            for name, words in (
                ("agreed_reason", "Say why another date was agreed"),
                ("agreed_by", "Enter who agreed the other date"),
            ):
                if not answers.get(name):
                    self.add_error(name, words)
        return answers

    def facts(self) -> dict[str, Any]:
        """What was answered, for the operation; questions that were not shown stay as they were."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "late_reason_is_public"}
        if "late_reason_is_public" in self.cleaned_data:
            facts["late_reason_is_public"] = self.cleaned_data["late_reason_is_public"] == "yes"
        facts["empties"] = [name for name in facts if name not in {"version", "late_reason_is_public"}]
        return facts
