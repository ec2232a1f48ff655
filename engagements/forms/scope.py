"""What a challenge looks at, and who is in its team."""

import datetime as dt
from typing import Any

from engagements.models import EngagementPeer, Framework
from peerchallenge.web.forms import BaseForm, ChoiceField, DateField, EmailField, PickField, TextField


class FrameworkForm(BaseForm):
    framework = PickField(
        "Which questions does this challenge use?", Framework.objects.none(), missing="Choose the questions", radios=True,
        hint="They are copied to this challenge and stay as they are today",
    )  # fmt: skip
    submit_label = "Use these questions"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = Framework.objects.order_by("-first_year", "title")


class FocusForm(BaseForm):
    title = TextField(
        "What does the council want the team to look at?",
        missing="Enter what the council wants the team to look at",
        longest=300,
        thing="This",
    )
    questions = TextField(
        "Which questions does it ask about it?", hint="One on each line", rows=4, longest=4000, thing="The questions"
    )
    asked_by = TextField("Who asked?", hint="Name or post", longest=200, thing="This")

    def clean_questions(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]


class PeerForm(BaseForm):
    email = EmailField("What is the person’s email address?", missing="Enter the email address")
    role = ChoiceField("What is their role in the team?", EngagementPeer.Role.choices, missing="Choose their role")
    from_council = TextField("Which council do they come from?", longest=160, thing="The council")
    accepted_on = DateField("When did they accept?", missing="Enter when they accepted", thing="The date they accepted")
    submit_label = "Add to the team"

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, initial={"accepted_on": today}, **kwargs)
