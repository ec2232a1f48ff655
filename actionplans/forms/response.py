"""The council's answer to a recommendation."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from actionplans.forms.plan import VersionField
from actionplans.models import Response
from actionplans.positions import ANSWERS_WITH_REASON, Answer
from peerchallenge.web.forms import BaseForm, ChoiceField, Reveals, TextField

WHY = {Answer.IN_PART: "why_in_part", Answer.NOT_ACCEPTED: "why_not", Answer.COVERED: "why_covered"}
REVEALED = {answer.value: (name,) for answer, name in WHY.items()}
ANSWERS = [Answer.ACCEPTED, *ANSWERS_WITH_REASON]


def why() -> TextField:
    return TextField("Why?", hint="This will be published.", rows=3, thing="The reason")


class ResponseForm(BaseForm):
    submit_label = "Save the response"
    reveals: ClassVar[Reveals] = {"answer": REVEALED}
    never_optional = tuple(WHY.values())

    answer = ChoiceField(
        "What is the council’s response?",
        [(answer.value, answer.label) for answer in ANSWERS],
        missing="Choose the council’s response",
    )
    why_in_part = why()
    why_not = why()
    why_covered = why()
    words = TextField(
        "Anything the council wants to add?", hint="In the council’s own words. This will be published.", rows=4, thing="The words"
    )
    version = VersionField()

    def __init__(self, *args: Any, response: Response | None, **kwargs: Any):
        known: dict[str, Any] = {"version": response.version if response else 0}
        if response:
            known |= {"answer": response.answer, "words": response.words}
            if name := WHY.get(Answer(response.answer)):
                known[name] = response.reason
        super().__init__(*args, initial=known, **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        name = WHY.get(answers.get("answer", ""))
        if name and not answers.get(name, "").strip():
            self.add_error(name, ValidationError("Say why the council gives this answer"))
        return answers

    def answers(self) -> dict[str, Any]:
        name = WHY.get(self.cleaned_data["answer"])
        return {
            "answer": self.cleaned_data["answer"],
            "reason": self.cleaned_data[name] if name else "",
            "words": self.cleaned_data["words"],
            "version": self.cleaned_data["version"] or None,
        }

    def again(self, *, response: Response) -> "ResponseForm":
        """The same answers on the newest version of the response."""
        return ResponseForm(self.data.dict() | {"version": response.version}, response=response, cancel=self.cancel)
