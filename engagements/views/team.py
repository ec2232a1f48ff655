"""Who is in the peer team, and what a peer finds first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.forms.scope import PeerForm
from engagements.models import Engagement, EngagementPeer
from engagements.operations.challenges import add_peer, remove_peer
from engagements.people import person_called
from engagements.queries import challenges_joined
from engagements.sections import crumbs_of, sections_of
from engagements.stages import words_for
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done
from peerchallenge.access import Refused, allow
from peerchallenge.accounts.models import User
from peerchallenge.web.parts import Action, Link

ORDER = list(EngagementPeer.Role.values)
SHOWN_FIRST = ("Overview", "Scope", "Team", "Recommendations", "Action plan")


def home_of_peer(request: HttpRequest) -> HttpResponse | None:
    """The challenges a peer has accepted a place in; None for people who have none."""
    joined = list(challenges_joined(request.user))
    if not joined:
        return None
    rows = [
        {
            "challenge": challenge,
            "stage": words_for(challenge.stage, challenge.standing).lga,
            "links": [link for link in sections_of(challenge, request.user, "") if link.label in SHOWN_FIRST],
        }
        for challenge in joined
    ]
    heading = "Your challenge" if len(joined) == 1 else "Your challenges"
    return render(request, "engagements/peer_home.html", {"heading": heading, "rows": rows})


@allow("engagements.read_challenge", load=visible_engagement)
def team(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Those who accepted. Addresses are for LGA staff and the team itself."""
    peers = EngagementPeer.objects.current().filter(engagement=engagement).select_related("user")
    runs = request.user.has_perm("engagements.run_challenge", engagement)
    in_team = any(peer.user_id == request.user.pk for peer in peers)
    context = {
        "heading": "Team",
        "peers": sorted(peers, key=lambda peer: (ORDER.index(peer.role), peer.user.name)),
        "can_take_out": runs,
        "shows_addresses": runs or in_team,
        "wanted": engagement.type.team,
        "buttons": [Action("Add a person", reverse("engagements:add_peer", args=[engagement.slug]), kind="")]
        if runs
        else [],
    }
    return challenge_page(request, engagement, "engagements/team.html", context, section="team")


@allow("engagements.run_challenge", load=visible_engagement)
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    above = reverse("engagements:team", args=[engagement.slug])
    form = PeerForm(request.POST or None, today=localdate(), cancel=above)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            user = person_called(answers.pop("email"))
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            if done(form, lambda: add_peer(engagement, user=user, **answers, by=request.user)):
                messages.success(request, f"{user} is in the team.")
                return redirect(above)
    context = {
        "engagement": engagement,
        "crumbs": [*crumbs_of(engagement, request.user), Link("Team", above)],
        "heading": "Add a person to the team",
        "form": form,
    }
    return render(request, "engagements/question.html", context)


def visible_peer(user: User, slug: str, peer: int) -> Engagement:
    """The challenge with one person of its team. `allow` asks about the challenge."""
    engagement = visible_engagement(user, slug)
    found = EngagementPeer.objects.current().filter(engagement=engagement).select_related("user")
    engagement.chosen = get_object_or_404(found, pk=peer)  # type: ignore[attr-defined]  # read by the view below
    return engagement


@allow("engagements.run_challenge", load=visible_peer)
def take_out(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    peer: EngagementPeer = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    above = reverse("engagements:team", args=[engagement.slug])
    if request.method == "POST":
        try:
            remove_peer(peer, by=request.user, today=localdate())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{peer.user} is no longer in the team.")
        return redirect(above)
    context = {
        "engagement": engagement,
        "crumbs": [*crumbs_of(engagement, request.user), Link("Team", above)],
        "heading": f"Take {peer.user} out of the team?",
        "lead": "They no longer see the challenge. What they did stays in the history.",
        "label": "Take out of the team",
        "cancel": above,
    }
    return render(request, "engagements/confirm.html", context)
