"""Starting a challenge: the questions, then the dates they give, then the start."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.clock import Visit, read_clock
from engagements.elections import warnings_for
from engagements.forms.start import StartForm
from engagements.models import ChallengeType, Council, Engagement
from engagements.operations.challenges import start_challenge
from peerchallenge.access import Refused, allow
from peerchallenge.accounts.models import LgaRole, User
from peerchallenge.web.parts import Link
from peerchallenge.web.words import day_range, long_date

DRAFT = "challenge being started"
CRUMBS = (("Challenges", "engagements:list"),)


@allow("engagements.start_challenge")
def start(request: HttpRequest) -> HttpResponse:
    """The questions. Asked by htmx while somebody types, it answers with the councils that fit."""
    if request.htmx and request.method == "GET":
        return render(request, "engagements/_councils.html", {"form": StartForm(request.GET, user=request.user)})
    picked = council_picked(request)
    data = request.POST if request.method == "POST" and picked is None else None
    known = request.POST.dict() | {"council_name": picked.name} if picked else answers_so_far(request)
    form = StartForm(data, user=request.user, initial=known, cancel=reverse("engagements:list"))
    if form.is_valid():
        request.session[DRAFT] = as_text(form.cleaned_data) | {"form_key": secrets.token_urlsafe(18)}
        return redirect("engagements:start_check")
    return render(request, "engagements/start.html", {"heading": "Start a challenge", "crumbs": crumbs(), "form": form})


def council_picked(request: HttpRequest) -> Council | None:
    """The suggestion that was pressed: the page comes back with its name in the box and the other answers as they were."""
    return Council.objects.visible_to(request.user).filter(slug=request.POST.get("pick", ""), ends_on=None).first()


def crumbs() -> list[Link]:
    return [Link(words, reverse(name)) for words, name in CRUMBS]


def answers_so_far(request: HttpRequest) -> dict[str, Any]:
    """What was answered before somebody came back from the check page; a manager starts their own."""
    if draft := request.session.get(DRAFT):
        council = Council.objects.visible_to(request.user).filter(slug=draft["council"]).first()
        known = {name: value for name, value in draft.items() if name != "council"}
        days = {name: dt.date.fromisoformat(value) for name, value in known.items() if name.endswith("_on") and value}
        return known | days | {"council_name": council.name if council else "", "council": draft["council"]}
    return {"manager": str(request.user.pk)} if request.user.lga_role == LgaRole.MANAGER else {}


def as_text(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as the session can hold them."""
    kept = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in answers.items()}
    return kept | {"council": answers["council"].slug}


@dataclass(frozen=True)
class Draft:
    """What is about to be started."""

    council: Council
    type: ChallengeType
    manager: User | None
    visit_starts_on: dt.date | None
    asked_on: dt.date | None
    visit_wish: str
    asked_by: str
    asked_words: str
    form_key: str

    @classmethod
    def of(cls, request: HttpRequest, draft: dict[str, Any]) -> "Draft | None":
        """The draft of the session, or nothing when what it names is gone."""
        council = Council.objects.visible_to(request.user).filter(slug=draft["council"]).first()
        kind = ChallengeType.objects.filter(pk=draft["type"]).select_related("framework").first()
        if council is None or kind is None:
            return None
        manager = User.objects.filter(pk=draft["manager"] or 0).first()
        days = {
            name: dt.date.fromisoformat(draft[name]) if draft[name] else None
            for name in ("visit_starts_on", "asked_on")
        }
        words = {name: draft[name] for name in ("visit_wish", "asked_by", "asked_words", "form_key")}
        return cls(council=council, type=kind, manager=manager, **days, **words)

    @property
    def visit_ends_on(self) -> dt.date | None:
        return self.visit_starts_on + dt.timedelta(days=self.type.days - 1) if self.visit_starts_on else None


@allow("engagements.start_challenge")
def check(request: HttpRequest) -> HttpResponse:
    """The answers and the dates they give. A second press finds what the first one started."""
    key = request.POST.get("form_key", "")
    if key and (started := Engagement.objects.visible_to(request.user).filter(form_key=key).first()):
        return redirect(started)
    kept = request.session.get(DRAFT)
    draft = Draft.of(request, kept) if kept else None
    if draft is None:
        return redirect("engagements:start")
    refusal = ""
    if request.method == "POST":
        try:
            engagement = begin(draft, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            request.session.pop(DRAFT, None)
            messages.success(request, f"The challenge is started: {engagement.reference}.")
            return redirect(engagement)
    warnings = (
        warnings_for(draft.visit_starts_on, draft.visit_ends_on)
        if draft.visit_starts_on and draft.visit_ends_on
        else []
    )
    context = {
        "heading": "Check the dates before you start",
        "crumbs": [*crumbs(), Link("Start a challenge", reverse("engagements:start"))],
        "answers": answers_of(draft),
        "deadlines": read_clock(
            Visit.on(draft.visit_starts_on, draft.visit_ends_on, False),
            draft.type.rules.values_list("kind", "months", "visits_from"),
            {},
        ),
        "framework": draft.type.framework,
        "form_key": draft.form_key,
        "refusal": refusal,
        "warnings": warnings,
    }
    return render(request, "engagements/start_check.html", context)


def begin(draft: Draft, *, by: User) -> Engagement:
    return start_challenge(
        draft.council,
        type=draft.type,
        manager=draft.manager,
        visit_starts_on=draft.visit_starts_on,
        visit_wish=draft.visit_wish,
        asked_by=draft.asked_by,
        asked_on=draft.asked_on,
        asked_words=draft.asked_words,
        form_key=draft.form_key,
        by=by,
        today=localdate(),
    )


def answers_of(draft: Draft) -> list[tuple[str, str, str]]:
    """(question, answer, the part of the address that leads to its question)"""
    visit = draft.visit_wish
    if draft.visit_starts_on:
        days = day_range(draft.visit_starts_on, draft.visit_ends_on)
        visit = f"{days}. {visit}" if visit else days
    return [
        ("Council", draft.council.name, "id_council_name"),
        ("Kind", draft.type.title, "id_type"),
        ("Visit", visit or "No date yet", "id_visit_wish"),
        (
            "Asked by",
            f"{draft.asked_by}, {long_date(draft.asked_on)}" if draft.asked_on else draft.asked_by,
            "id_asked_by",
        ),
        ("Manager", str(draft.manager or "Nobody yet"), "id_manager"),
    ]
