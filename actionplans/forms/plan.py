"""When the plan is reported next."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actionplans.models import Plan
from peerchallenge.web.forms import BaseForm, DateField, TextField


class VersionField(forms.IntegerField):
    """The version of the row that the person read, sent back unseen, so that a later one is noticed."""

    def __init__(self) -> None:
        incomplete = "This page is incomplete. Open it again"
        super().__init__(
            min_value=0,
            widget=forms.HiddenInput(),
            error_messages={"required": incomplete, "invalid": incomplete, "min_value": incomplete},
        )


class NextReportForm(BaseForm):
    submit_label = "Save"

    committee = TextField(
        "Which committee hears of the plan next?",
        missing="Enter the committee",
        longest=200,
        thing="The committee",
    )
    next_meeting_on = DateField(
        "When does it meet?", missing="Enter the day of the meeting", thing="The day of the meeting"
    )
    updates_close_on = DateField(
        "Until when can owners send updates?",
        missing="Enter the last day for updates",
        thing="The last day for updates",
    )
    version = VersionField()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        known = {
            "committee": plan.committee,
            "next_meeting_on": plan.next_meeting_on,
            "updates_close_on": plan.updates_close_on,
            "version": plan.version,
        }
        super().__init__(*args, initial=known, **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        closes, meets = answers.get("updates_close_on"), answers.get("next_meeting_on")
        if closes and meets and closes > meets:
            self.add_error(
                "updates_close_on", ValidationError("Updates must close on the day of the meeting or before")
            )
        return answers

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def again(self, *, version: int, plan: Plan) -> "NextReportForm":
        """The same answers on the newest version of the plan."""
        return NextReportForm(self.data.dict() | {"version": version}, plan=plan, cancel=self.cancel)
