"""Starting a challenge out of a council's request."""

from typing import Any

from crispy_forms.layout import HTML, Layout
from django.db.models import Q, QuerySet

from engagements.models import ChallengeType, Council, Engagement
from engagements.queries import all_managers
from peerchallenge.accounts.models import User
from peerchallenge.web.forms import AgreeField, BaseForm, ChoiceField, DateField, TextField

MOST_FOUND = 12


def councils_called(words: str, user: User) -> QuerySet[Council]:
    """The councils in being whose name holds these words, the best match first by length."""
    named = Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__iexact=words)
    return Council.objects.visible_to(user).filter(named, ends_on=None).order_by("short_name", "name")[:MOST_FOUND]


class StartForm(BaseForm):
    """Four questions. The council is typed, then chosen where its words fit several."""

    council_name = TextField(
        "Which council asked?",
        missing="Choose the council that asked",
        hint="Start typing, for example Northmoor. Joint challenge? You can add a second council later.",
        autocomplete="off",
    )
    council = ChoiceField("Which of these?", [])
    type = ChoiceField("What kind of challenge is it?", [], missing="Choose what kind of challenge it is")
    visit_wish = TextField(
        "When would the council like the visit?",
        hint="Any words will do, for example week of 4 March 2024, or autumn",
        longest=200,
        thing="This",
    )
    visit_starts_on = DateField("The first day, if it is known", thing="The first day")
    asked_by = TextField("Who asked?", missing="Enter who asked", hint="Name and post", longest=200, thing="This")
    asked_on = DateField("When?", missing="Enter when they asked", thing="The date they asked")
    asked_words = TextField("What did they say?", rows=4, longest=5000, thing="This")
    manager = ChoiceField("Who will be the peer challenge manager?", [], drop_down=True)
    again = AgreeField("This is another one")
    submit_label = "Save and see the dates"
    never_optional = ("council",)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.present: Engagement | None = None
        self.kinds = {
            str(kind.pk): kind
            for kind in ChallengeType.objects.exclude(key="progress-review")
            .select_related("framework")
            .prefetch_related("framework__themes")
            .order_by("position")
        }
        self.fields["type"].choices = [(pk, kind.title) for pk, kind in self.kinds.items()]
        self.fields["type"].hints = {pk: hint_of(kind) for pk, kind in self.kinds.items()}
        self.fields["manager"].choices = [("", "Nobody yet"), *((str(pk), name) for pk, name in all_managers())]
        self.typed = (self["council_name"].value() or "").strip()
        self.found = list(councils_called(self.typed, user)) if len(self.typed) > 1 else []
        self.fields["council"].choices = [(council.slug, council.name) for council in self.found]
        self.fields["council_name"].widget.attrs |= {
            "hx-get": "", "hx-target": "#councils", "hx-trigger": "input changed delay:300ms", "hx-include": "this",
        }  # fmt: skip

    def layout(self) -> Layout:
        councils = HTML('{% include "engagements/_councils.html" %}')
        last = ["again"] if self.present else []
        # Enter in a box presses the first button of a form: this one saves, where the next would choose a council.
        saves = HTML('<button type="submit" hidden></button>')
        return Layout(
            saves,
            "council_name",
            councils,
            "type",
            "visit_wish",
            "visit_starts_on",
            "asked_by",
            "asked_on",
            "asked_words",
            "manager",
            *last,
        )

    @property
    def settled(self) -> Council | None:
        """The council whose whole name stands in the box, so that nothing is left to choose."""
        meant = self.council_meant()
        return meant if meant and self.typed.lower() in {meant.name.lower(), meant.short_name.lower()} else None

    def council_meant(self) -> Council | None:
        """The one that was chosen, the only one that fits, or the one whose whole name was typed."""
        chosen = self["council"].value()
        typed = " ".join((self["council_name"].value() or "").lower().split())
        exact = [council for council in self.found if typed in {council.name.lower(), council.short_name.lower()}]
        for council in self.found:
            if council.slug == chosen:
                return council
        if len(self.found) == 1:
            return self.found[0]
        return exact[0] if len(exact) == 1 else None

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        council = self.council_meant()
        if council is None:
            if "council_name" not in self.errors:
                self.add_error(
                    "council_name",
                    "Choose the council that asked" if self.found else "No council has this name. Check the spelling",
                )
            return answers
        answers["council"] = council
        self.present = (
            Engagement.objects.visible_to(self.user)
            .under_way()
            .filter(council=council)
            .order_by("-visit_starts_on", "-pk")
            .select_related("type", "council")
            .first()
        )
        if self.present and not answers.get("again"):
            day = f"a visit: {self.present.visit_words}" if self.present.visit_words else "no visit date yet"
            self.add_error(
                "again",
                f"{council.short_name} already has a challenge with {day}. Open it, or tick “This is another one”",
            )
        return answers


def hint_of(kind: ChallengeType) -> str:
    """4 days, 5 themes"""
    days = f"{kind.days} day{'s' if kind.days != 1 else ''}"
    themes = len(kind.framework.themes.all()) if kind.framework else 0
    return f"{days}, {themes} themes" if themes else f"{days}, themes chosen in scoping"
