"""Adding an action, and changing what one says, who owns it and when it is due."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from actionplans.forms.plan import VersionField
from actionplans.models import Action
from actionplans.operations.entries import OwnerEntry, read_due_date
from actionplans.positions import OwnerKind, Precision
from engagements.models import Engagement, Recommendation
from peerchallenge.web.forms import BaseForm, Button, ChoiceField, PickField, PickSeveralField, TextField

SPARE_ROWS = 2
MOST_OWNERS = 20
POSTS = "posts-of-the-council"
TIMESCALE_HINT = "As you would write it, for example Oct 24, 29 November 2024 or Ongoing"


class ActionForm(BaseForm):
    """The questions shared by adding and changing. Each owner is a row of two: the post and what it is for the action."""

    submit_label = "Save the action"
    more_buttons = (Button("Add another owner", name="more_owners", kind="secondary", skips_checks=True),)

    text = TextField(
        "What will the council do?",
        hint="One or two sentences. The committee and the public will read this.",
        missing="Write what the council will do",
        rows=4,
        thing="The action",
    )
    timescale = TextField("When will it be done?", hint=TIMESCALE_HINT, longest=500, width=20, thing="The date")

    def __init__(
        self,
        *args: Any,
        engagement: Engagement,
        owners: Sequence[tuple[str, str]] = (),
        rows: int | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        final = engagement.recommendations.filter(is_final=True).order_by("position")
        self.recommendations = final
        self.titles = list(engagement.council.posts.order_by("title").values_list("title", flat=True))
        self.kinds = kind_choices(engagement)
        sent = sum(1 for name in self.data if name.startswith("owner_") and name.endswith("_title")) if self.data else 0
        self.rows = min(MOST_OWNERS, max(rows or 0, sent, len(owners) + SPARE_ROWS if not sent else 0))
        for row in range(self.rows):
            title, kind = owners[row] if row < len(owners) else ("", self.spare_kind(row))
            self.add_owner_row(row, title, kind)

    def spare_kind(self, row: int) -> str:
        return OwnerKind.ACCOUNTABLE if row == 0 else OwnerKind.RESPONSIBLE

    def add_owner_row(self, row: int, title: str, kind: str) -> None:
        place = row + 1
        post = TextField(f"Post or body, owner {place}", longest=200, thing=f"Owner {place}")
        post.widget.attrs |= {"list": POSTS, "autocomplete": "off"}
        post.longest = None  # the check stays; a count under every box would drown the page
        post.initial = title
        role = ChoiceField(
            f"What is owner {place} for the action?", self.kinds, missing="Choose what the owner is", drop_down=True
        )
        role.required = False
        role.initial = kind
        self.fields[owner_name(row, "title")] = post
        self.fields[owner_name(row, "kind")] = role

    def owners_layout(self) -> Fieldset:
        rows = [
            Div(owner_name(row, "title"), owner_name(row, "kind"), css_class="app-both") for row in range(self.rows)
        ]
        known = HTML(
            '<datalist id="posts-of-the-council">{% for title in form.titles %}<option value="{{ title }}"></option>{% endfor %}</datalist>'
        )
        return Fieldset("Who owns it?", *rows, known, css_class="app-owners")

    def is_marked_optional(self, name: str) -> bool:
        return not name.startswith("owner_") and super().is_marked_optional(name)

    def owner_entries(self) -> list[OwnerEntry]:
        """The rows that name somebody. A row emptied is an owner taken away."""
        entries = []
        for row in range(self.rows):
            title = self.cleaned_data.get(owner_name(row, "title"), "").strip()
            kind, _, heading = (self.cleaned_data.get(owner_name(row, "kind")) or OwnerKind.RESPONSIBLE).partition(":")
            if title:
                entries.append(OwnerEntry(title=title, kind=kind, heading=heading))
        return entries

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        seen: set[tuple[str, str]] = set()
        for row in range(self.rows):
            title = answers.get(owner_name(row, "title"), "").strip().lower()
            named = (title, answers.get(owner_name(row, "kind"), ""))
            if title and named in seen:
                self.add_error(
                    owner_name(row, "title"), ValidationError("This post is there already. Empty one of the two")
                )
            seen.add(named)
        return answers


class AddActionForm(ActionForm):
    submit_label = "Add the action"
    has_one_time_key = True

    recommendation = PickField(
        "Which recommendation does it answer?", Recommendation.objects.none(), missing="Choose a recommendation"
    )
    also_serves = PickSeveralField("Does it answer others too?", Recommendation.objects.none())

    field_order = ("recommendation", "text", "timescale", "also_serves")

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any):
        super().__init__(*args, engagement=engagement, **kwargs)
        offer_recommendations(self, "recommendation", self.recommendations)
        offer_recommendations(self, "also_serves", self.recommendations)

    def layout(self) -> Layout:
        return Layout("recommendation", "text", self.owners_layout(), "timescale", "also_serves", "form_key")


class ChangeActionForm(ActionForm):
    submit_label = "Save the changes"
    never_optional = ("date_reason",)

    date_reason = TextField(
        "If the date changes: why, and who agreed it?", hint="The first date stays on show.", rows=3, thing="The reason"
    )
    also_serves = PickSeveralField("Does it answer other recommendations too?", Recommendation.objects.none())
    version = VersionField()

    def __init__(self, *args: Any, action: Action, typed: Mapping[str, Any] | None = None, **kwargs: Any):
        self.action = action
        owners = [
            (owner.post.title, f"{owner.kind}:{owner.heading}" if owner.heading else owner.kind)
            for owner in action.owners.select_related("post").order_by("position", "pk")
        ]
        known = {
            "text": action.text or action.headline,
            "timescale": action.timescale,
            "version": action.version,
            "also_serves": list(action.further_recommendations.values_list("recommendation", flat=True)),
        }
        super().__init__(
            *args, engagement=action.engagement, owners=owners, initial=known | dict(typed or {}), **kwargs
        )
        offer_recommendations(self, "also_serves", self.recommendations.exclude(pk=action.recommendation_id))

    def layout(self) -> Layout:
        return Layout("text", self.owners_layout(), "timescale", "date_reason", "also_serves", "version")

    def spare_kind(self, row: int) -> str:
        return OwnerKind.RESPONSIBLE

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        timescale = answers.get("timescale", "")
        moves = timescale.strip() != self.action.timescale and bool(self.action.timescale)
        if moves and not timescale.strip():
            self.add_error(
                "timescale", ValidationError("Enter a date. A date that was given can be changed but not taken away")
            )
        elif moves and not answers.get("date_reason", "").strip():
            self.add_error("date_reason", ValidationError("Say why the date changes"))
        return answers

    def again(self, *, action: Action) -> "ChangeActionForm":
        """The same answers on the newest version of the action."""
        return ChangeActionForm(
            self.data.dict() | {"version": action.version} | self.ticked(), action=action, cancel=self.cancel
        )

    def ticked(self) -> Mapping[str, Any]:
        return {"also_serves": self.data.getlist("also_serves")}


def owner_name(row: int, part: str) -> str:
    return f"owner_{row}_{part}"


def kind_choices(engagement: Engagement) -> list[tuple[str, str]]:
    """Accountable, responsible, other, and the council's own words for other owners that its plan uses already."""
    headings = engagement.actions.exclude(owners__heading="").order_by("owners__heading")
    known = headings.values_list("owners__kind", "owners__heading").distinct()
    return [
        *((kind.value, str(kind.label)) for kind in OwnerKind),
        *((f"{kind}:{heading}", heading) for kind, heading in known if kind and heading),
    ]


def offer_recommendations(form: forms.BaseForm, name: str, recommendations: Any) -> None:
    field = form.fields[name]
    field.queryset = recommendations
    field.label_from_instance = label_of


def label_of(recommendation: Recommendation) -> str:
    words = " ".join(recommendation.text.split())
    return f"{recommendation.label}  {words if len(words) < 90 else words[:90].rsplit(' ', 1)[0] + ' …'}"


def counted_to(timescale: str) -> str:
    """How a timescale was read: “We will count this to 31 October 2024.” Empty where there is nothing to say."""
    due = read_due_date(timescale)
    if due.on:
        return f"We will count “{due.text}” to {due.on.day} {due.on:%B %Y}."
    if due.precision == Precision.UNPARSED:
        return f"We keep “{due.text}” as written. It names no day, so it is never overdue."
    return ""
