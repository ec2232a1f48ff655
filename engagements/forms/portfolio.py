"""The filter above the list of challenges."""

from typing import Any

from django import forms
from django.utils.text import slugify

from engagements.models import ChallengeType
from engagements.queries import SHOWS, PortfolioFilter, all_managers, regions
from engagements.stages import STAGE_WORDS, Standing
from peerchallenge.accounts.models import User
from peerchallenge.web.forms import ChoiceField, FilterForm, TextField


class PortfolioFilterForm(FilterForm):
    """Manager, kind, stage, region and council. A manager sees their own challenges unless they ask for all."""

    manager = ChoiceField("Manager", drop_down=True)
    kind = ChoiceField("Kind", drop_down=True)
    stage = ChoiceField("Stage", drop_down=True)
    region = ChoiceField("Region", drop_down=True)
    council = TextField("Council")
    show = forms.CharField(required=False, widget=forms.HiddenInput())
    sort = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, user: User, **kwargs: Any):
        asked = data.copy()
        managers = all_managers()
        self.own = next((slugify(name) for pk, name in managers if pk == user.pk), "")
        if self.own and "manager" not in asked:
            asked["manager"] = self.own
        super().__init__(asked, **kwargs)
        kinds = ChallengeType.objects.order_by("position").values_list("key", "title")
        everyone = "all" if self.own else ""
        self.fields["manager"].choices = [(everyone, "All managers"), *((slugify(name), name) for _, name in managers)]
        self.fields["kind"].choices = [
            ("", "All kinds"),
            *((key, title.removesuffix(" peer challenge")) for key, title in kinds),
        ]
        self.fields["stage"].choices = [
            ("", "All stages"),
            *((stage.replace("_", "-"), words.lga) for stage, words in STAGE_WORDS.items() if stage != "closed"),
            (Standing.POSTPONED, "Postponed"),
        ]
        self.fields["region"].choices = [("", "All regions"), *((slugify(region), region) for region in regions())]

    def asked(self) -> PortfolioFilter:
        chosen = self.chosen()
        if chosen.get("show") not in SHOWS:
            chosen.pop("show", None)
        return PortfolioFilter(**chosen)

    def tags(self) -> list[tuple[str, str]]:
        """What was chosen beyond the person's own default: (name of the filter, words)."""
        chosen, tags = self.chosen(), []
        for name in ("manager", "kind", "stage", "region"):
            value = chosen.get(name)
            if value and not (name == "manager" and value in {self.own, "all"}):
                tags.append((name, dict(self.fields[name].choices)[value]))
        if chosen.get("council"):
            tags.append(("council", f"“{chosen['council']}”"))
        if chosen.get("show"):
            tags.append(("show", SHOWS.get(chosen["show"], "")))
        return [(name, words) for name, words in tags if words]
