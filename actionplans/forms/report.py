"""A committee report: which meeting, then its words in the order in which councils print them."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from actionplans.forms.plan import VersionField
from actionplans.models import CommitteeReport
from actionplans.report_presets import GENERATED
from peerchallenge.web.forms import BaseForm, ChoiceField, DateField, Reveals, TextField
from peerchallenge.web.words import long_date

ANOTHER = "another committee"
LONGEST = 10_000
ONE_PARAGRAPH_EACH = "An empty line starts a new numbered paragraph."
ONE_EACH = "One to a line."


class MeetingForm(BaseForm):
    """Which committee, when it meets, and the day whose position the report shows."""

    submit_label = "Continue"
    has_one_time_key = True
    never_optional = ("other_committee",)
    reveals: ClassVar[Reveals] = {"committee": {ANOTHER: ("other_committee",)}}

    committee = ChoiceField("Which committee does the report go to?", missing="Choose the committee")
    other_committee = TextField("Name of the committee", longest=200, thing="The name of the committee")
    meeting_on = DateField("When does it meet?", missing="Enter the day of the meeting", thing="The day of the meeting")
    cut_off_on = DateField(
        "Which day’s position does it show?",
        missing="Enter the day whose position the report shows",
        thing="The cut-off",
        hint="The cut-off. Updates written after this day are left for the next report. For example, 25 October 2024",
    )

    def __init__(self, *args: Any, committees: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.committees = list(committees)
        self.fields["other_committee"].longest = None  # the check stays; a short box needs no count
        if self.committees:
            self.fields["committee"].choices = [
                *((name, name) for name in self.committees),
                (ANOTHER, "Another committee"),
            ]
        else:
            del self.fields["committee"]
            self.reveals = {}
            self.fields["other_committee"].label = "Which committee does the report go to?"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen = answers.get("committee", ANOTHER)
        typed = answers.get("other_committee", "").strip()
        if chosen == ANOTHER and not typed and "other_committee" not in self.errors:
            self.add_error("other_committee", ValidationError("Enter the name of the committee"))
        meets, cut_off = answers.get("meeting_on"), answers.get("cut_off_on")
        if meets and cut_off and cut_off > meets:
            words = f"The cut-off must be the day of the meeting, {long_date(meets)}, or earlier"
            self.add_error("cut_off_on", ValidationError(words))
        return answers

    def arrangement(self) -> dict[str, Any]:
        """The answers as the operations take them."""
        chosen = self.cleaned_data.get("committee", ANOTHER)
        return {
            "committee": self.cleaned_data["other_committee"] if chosen == ANOTHER else chosen,
            "meeting_on": self.cleaned_data["meeting_on"],
            "cut_off_on": self.cleaned_data["cut_off_on"],
        }


class ChangeMeetingForm(MeetingForm):
    submit_label = "Save"
    has_one_time_key = False

    version = VersionField()

    def again(self, *, version: int) -> "ChangeMeetingForm":
        """The same answers on the newest version of the report."""
        return ChangeMeetingForm(
            self.data.dict() | {"version": version}, committees=self.committees, cancel=self.cancel
        )


class WordsForm(BaseForm):
    """The words of a report. What is sent back as it was shown stays made from the facts."""

    submit_label = "Save and see the draft"

    agenda_item = TextField(
        "Which item on the agenda is it?", hint="The number, if it is known", width=5, longest=20, thing="The item"
    )
    report_of = TextField("Report of", hint="The post, for example Chief Executive", longest=200, thing="This")
    purpose = ChoiceField(
        "Is the report for information or for decision?",
        [("information", "For information"), ("decision", "For decision")],
        missing="Choose whether it is for information or for decision",
        inline=True,
    )
    key_decision = ChoiceField(
        "Is it a key decision?",
        [("No", "No"), ("Yes", "Yes")],
        missing="Choose whether it is a key decision",
        inline=True,
    )
    lead_member = TextField("Portfolio holder", longest=200, thing="This")
    contact_name = TextField("Name", longest=200, thing="The name")
    contact_post = TextField("Post", longest=200, thing="The post")
    contact_telephone = TextField("Telephone", width=20, longest=60, thing="The telephone number")
    contact_email = TextField("Email address", longest=254, thing="The email address")
    wards = TextField("Which wards does it concern?", longest=300, thing="This")
    decisions = TextField(
        "What is the committee asked to agree or note?",
        hint="“That …”. One to a line; they are lettered (a), (b), (c).",
        missing="Write what the committee is asked to agree or note",
        rows=4,
        longest=LONGEST,
        thing="The recommendation",
    )
    reason = TextField("Why?", rows=3, longest=LONGEST, thing="The reason")
    introduction = TextField(
        "Introduction and background", hint=ONE_PARAGRAPH_EACH, rows=8, longest=LONGEST, thing="The introduction"
    )
    options = TextField(
        "Other options considered and rejected", hint=ONE_PARAGRAPH_EACH, rows=4, longest=LONGEST, thing="The options"
    )
    implications_financial = TextField("Financial", rows=3, longest=LONGEST, thing="This")
    implications_legal = TextField("Legal, and risk assessment", rows=3, longest=LONGEST, thing="This")
    implications_equality = TextField("Equality", rows=3, longest=LONGEST, thing="This")
    implications_climate = TextField("Climate and environment", rows=3, longest=LONGEST, thing="This")
    conclusions = TextField("Conclusions", hint=ONE_PARAGRAPH_EACH, rows=4, longest=LONGEST, thing="The conclusions")
    appendices = TextField("Appendices", hint=ONE_EACH, rows=2, longest=LONGEST, thing="The appendices")
    background_papers = TextField(
        "Background papers", hint=ONE_EACH, rows=3, longest=LONGEST, thing="The background papers"
    )
    signatory = TextField("Name", longest=200, thing="The name")
    signatory_post = TextField("Post of the signatory", longest=200, thing="The post")
    version = VersionField()
    as_shown = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=2000)

    def __init__(self, *args: Any, report: CommitteeReport, made: Mapping[str, str], **kwargs: Any):
        """`made` are the words made from the facts, shown where nobody has written others."""
        self.report, self.made = report, made
        known: dict[str, Any] = {**made, **report.words, "version": report.version}
        known["as_shown"] = json.dumps({name: digest(made[name]) for name in GENERATED if name not in report.words})
        super().__init__(*args, initial=known, **kwargs)
        self.fields["lead_member"].label = report.engagement.council.governance_words.portfolio_holder
        for field in self.fields.values():
            field.longest = None  # the check stays; twenty counts would drown the page

    def layout(self) -> Layout:
        return Layout(
            Fieldset("Cover", "report_of", "agenda_item", "purpose", "key_decision", "lead_member"),
            Fieldset("Contact officer", "contact_name", "contact_post", "contact_telephone", "contact_email"),
            "wards",
            Fieldset(f"Recommendation to {self.report.committee}", "decisions", "reason"),
            Fieldset("Report", "introduction", "options"),
            Fieldset(
                "Key implications",
                "implications_financial",
                "implications_legal",
                "implications_equality",
                "implications_climate",
            ),
            Fieldset("End of the report", "conclusions", "appendices", "background_papers"),
            Fieldset("Signed by", "signatory", "signatory_post"),
            "version",
            "as_shown",
        )

    def is_marked_optional(self, name: str) -> bool:
        return False  # what is left empty is left out of the report, as the page says once

    def clean_as_shown(self) -> dict[str, str]:
        try:
            shown = json.loads(self.cleaned_data["as_shown"] or "{}")
        except json.JSONDecodeError as fault:
            raise ValidationError("This page is incomplete. Open it again") from fault
        return shown if isinstance(shown, dict) else {}

    def words(self) -> dict[str, str]:
        """The words to keep. Made ones that came back as they were shown are left out, so that they follow the facts."""
        shown = self.cleaned_data["as_shown"]
        answers = {name: text for name, text in self.cleaned_data.items() if name not in {"version", "as_shown"}}
        return {name: text for name, text in answers.items() if shown.get(name) != digest(text)}

    def again(self, *, report: CommitteeReport) -> "WordsForm":
        """The same answers on the newest version of the report."""
        return WordsForm(
            self.data.dict() | {"version": report.version}, report=report, made=self.made, cancel=self.cancel
        )


class FreezeForm(BaseForm):
    """One button, on the version of the report that the person has read."""

    submit_label = "Freeze and give to the clerk"

    version = VersionField()


def meeting_initial(report: CommitteeReport) -> dict[str, Any]:
    return {
        "committee": report.committee,
        "meeting_on": report.meeting_on,
        "cut_off_on": report.cut_off_on,
        "version": report.version,
    }


def first_dates(meeting_on: dt.date | None, closes_on: dt.date | None, committee: str) -> dict[str, Any]:
    """What the plan says about the next report, as a beginning."""
    return {"committee": committee, "meeting_on": meeting_on, "cut_off_on": closes_on}


def digest(text: str) -> str:
    """Stands for a text, whatever spaces a browser adds at its end."""
    return hashlib.sha256(text.strip().replace("\r\n", "\n").encode()).hexdigest()[:16]
