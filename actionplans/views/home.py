"""The first pages of a council's people. Each answers None when it is not the reader's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from actionplans.home_queries import accountable_home, challenge_of, coordinator_home
from actionplans.views.frame import starting
from engagements.rules import Role, roles_anywhere
from engagements.stages import Stage, is_from, words_for
from peerchallenge.web.parts import Action
from peerchallenge.web.words import counted, week_date


def home_of_coordinator(request: HttpRequest) -> HttpResponse | None:
    challenge = challenge_of(request.user) if Role.COORDINATOR in roles_anywhere(request.user) else None
    if challenge is None:
        return None
    today = localdate()
    home = coordinator_home(challenge, today=today)
    stands = words_for(challenge.stage, challenge.standing).council
    context = {
        "engagement": challenge,
        "home": home,
        "buttons": [],
        "detail": f"{challenge.title}. {stands}. {week_date(today)} {today.year}",
    }
    if home.has_plan:
        report = home.issued
        words = "See the issued report" if report else "Prepare the committee report"
        address = (
            reverse("actionplans:report", args=[challenge.slug, report.slug])
            if report
            else reverse("actionplans:report_new", args=[challenge.slug])
        )
        context["buttons"] = [Action(words, address, kind="")]
    elif is_from(challenge.stage, Stage.FINAL) and home.recommendations:
        context |= {"can_start": True, "has": counted(home.recommendations, "recommendation"), **starting(challenge)}
    return render(request, "actionplans/home/coordinator.html", context)


def home_of_accountable(request: HttpRequest) -> HttpResponse | None:
    challenge = challenge_of(request.user) if Role.ACCOUNTABLE in roles_anywhere(request.user) else None
    if challenge is None:
        return None
    today = localdate()
    home = accountable_home(challenge, user=request.user, today=today)
    return render(request, "actionplans/home/accountable.html", {"engagement": challenge, "today": today, "home": home})


def home_of_owner(request: HttpRequest) -> HttpResponse | None:
    """An officer's whole world is one list."""
    return redirect("actionplans:my_actions") if Role.OWNER in roles_anywhere(request.user) else None


def home_of_reader(request: HttpRequest) -> HttpResponse | None:
    """Somebody who only reads goes to the plan."""
    challenge = challenge_of(request.user) if Role.READER in roles_anywhere(request.user) else None
    return redirect("actionplans:plan", challenge.slug) if challenge else None
