"""A form with every kind of question."""

from typing import Any

from django.utils.html import format_html

from peerchallenge.web.charts import confidence_shape
from peerchallenge.web.fields import (
    AgreeField,
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    FileField,
    PasswordField,
    TextField,
    WebAddressField,
    WholeNumberField,
)
from peerchallenge.web.forms import BaseForm, Button
from peerchallenge.web.parts import CONFIDENCE_MEANINGS, CONFIDENCE_WORDS

RATED = [code for code in CONFIDENCE_WORDS if code]


class EveryQuestion(BaseForm):
    submit_label = "Save and see my next action"
    more_buttons = (Button("Save and finish", name="finish", kind="secondary"),)
    reveals = {"more_time": {"yes": ("new_date", "reason")}}
    has_one_time_key = True

    happened = TextField(
        "What has happened since 9 August 2024?",
        missing="Enter what has happened",
        hint="Two or three sentences. The committee and the public will read this.",
        rows=4,
        longest=2000,
        thing="What has happened",
    )
    note = TextField("What did you find?", missing="Enter what you found", rows=3)
    minute = TextField(
        "Which minute?", missing="Enter the number of the minute", longest=20, width=10, thing="The minute"
    )
    status = ChoiceField(
        "Where is it now?",
        [("in_progress", "In progress"), ("complete", "Complete"), ("not_started", "Not started")],
        missing="Choose where it is now",
        hints={"complete": "You will be asked what shows it is done"},
    )
    confidence = ChoiceField(
        "How sure are you that it will be done by the date?",
        [(code, format_html("{}{}", confidence_shape(code), CONFIDENCE_WORDS[code])) for code in RATED],
        missing="Choose how sure you are",
        hints={code: CONFIDENCE_MEANINGS[code] for code in RATED},
    )
    key_decision = ChoiceField(
        "Is it a key decision?", [("yes", "Yes"), ("no", "No")], missing="Choose yes or no", inline=True
    )
    more_time = ChoiceField(
        "Do you need more time?",
        [("no", "No"), ("yes", "Yes, ask for a new date")],
        missing="Choose whether you need more time",
    )
    new_date = TextField("New date", hint="A day or a month, for example 29 November 2024 or Nov 24", width=20)
    reason = TextField("Why is more time needed?", rows=2)
    met_on = DateField(
        "When did the committee meet?", missing="Enter the day the committee met", thing="The day the committee met"
    )
    themes = ChoicesField(
        "Which themes does this touch?",
        [("local", "Local priorities and outcomes"), ("place", "Organisational and place leadership")],
        missing="Choose at least one theme",
    )
    file = FileField(
        "Choose a file",
        missing="Choose a file",
        hint="Word or PDF, up to 1 MB",
        accept=[".docx", ".pdf"],
        most_bytes=1024**2,
    )
    post = ChoiceField(
        "Who is accountable?",
        [("", "Choose"), ("leader", "Leader of the Council")],
        drop_down=True,
        missing="Choose who is accountable",
    )
    email = EmailField("What is your email address?", missing="Enter your email address", own=True)
    address = WebAddressField("Where is it published?")
    people = WholeNumberField(
        "How many people came?", missing="Enter how many people came", thing="The number of people", highest=500
    )
    password = PasswordField("What is your password?", missing="Enter your password")
    agreed = AgreeField("The Leader has agreed to these words", missing="Tick the box when the Leader has agreed")

    def __init__(self, *args: Any, whole: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.whole = whole

    def clean(self) -> None:
        super().clean()
        if self.whole:
            self.add_error(None, self.whole)


GOOD = {
    "happened": "All groups have nominated.",
    "note": "The meeting is in place.",
    "minute": "24/58",
    "status": "in_progress",
    "confidence": "at_risk",
    "key_decision": "no",
    "more_time": "no",
    "met_on": "6 November 2024",
    "themes": ["local"],
    "post": "leader",
    "email": "helen@northmoor.example",
    "people": "12",
    "password": "correct horse",
    "agreed": "on",
    "form_key": "a-key",
}
