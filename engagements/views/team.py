"""Who is in the peer team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.forms.scope import PeerForm
from engagements.models import Engagement, EngagementPeer
from engagements.operations.challenges import add_peer
from engagements.people import person_called
from engagements.sections import crumbs_of
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done
from peerchallenge.access import Refused, allow
from peerchallenge.web.parts import Action, Link

ORDER = list(EngagementPeer.Role.values)


@allow("engagements.read_challenge", load=visible_engagement)
def team(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Those who accepted. Addresses are for LGA staff and the team itself."""
    peers = EngagementPeer.objects.current().filter(engagement=engagement).select_related("user")
    runs = request.user.has_perm("engagements.run_challenge", engagement)
    in_team = any(peer.user_id == request.user.pk for peer in peers)
    context = {
        "heading": "Team",
        "peers": sorted(peers, key=lambda peer: (ORDER.index(peer.role), peer.user.name)),
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
