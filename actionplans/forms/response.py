"""The council's answer to a recommendation."""

from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import Div, Layout
from django.core.exceptions import ValidationError

from actionplans.forms.plan import VersionField
from actionplans.models import Response
from actionplans.positions import ANSWERS_WITH_REASON, Answer
from peerchallenge.web.forms import BaseForm, ChoiceField, TextField

ANSWERS = [Answer.ACCEPTED, *ANSWERS_WITH_REASON]


class ResponseForm(BaseForm):
    submit_label = "Save the response"
    never_optional = ("reason",)

    answer = ChoiceField(
        "What is the council’s response?",
        [(answer.value, answer.label) for answer in ANSWERS],
        missing="Choose the council’s response",
    )
    reason = TextField(
        "Why?", hint="Needed unless the answer is “Accepted”. This will be published.", rows=3, thing="The reason"
    )
    words = TextField(
        "Anything the council wants to add?",
        hint="In the council’s own words. This will be published.",
        rows=4,
        thing="The words",
    )
    version = VersionField()

    def __init__(self, *args: Any, response: Response | None, **kwargs: Any):
        known: dict[str, Any] = {"version": response.version if response else 0}
        if response:
            known |= {"answer": response.answer, "reason": response.reason, "words": response.words}
        super().__init__(*args, initial=known, **kwargs)

    def layout(self) -> Layout:
        # Whether the reason is asked for is a matter of style (app-if-why): it is always on the page.
        return Layout("answer", Div("reason", css_class="app-opened app-if-why"), "words", "version")

    def opened_by_an_answer(self) -> Iterator[str]:
        return iter(("reason",))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") in ANSWERS_WITH_REASON and not answers.get("reason", "").strip():
            self.add_error("reason", ValidationError("Say why the council gives this answer"))
        return answers

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "answer": cleaned["answer"],
            "reason": cleaned["reason"] if cleaned["answer"] in ANSWERS_WITH_REASON else "",
            "words": cleaned["words"],
            "version": cleaned["version"] or None,
        }

    def again(self, *, response: Response) -> "ResponseForm":
        """The same answers on the newest version of the response."""
        return ResponseForm(self.data.dict() | {"version": response.version}, response=response, cancel=self.cancel)
