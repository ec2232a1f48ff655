"""Who signs in for a council and as what: inviting somebody, and taking what they are away again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from engagements.forms.people import InviteForm
from engagements.models import Council, CouncilRole, Engagement
from engagements.operations.councils import take_role
from engagements.roles import code_of
from engagements.sections import crumbs_of
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done
from peerchallenge.access import Refused, allow
from peerchallenge.accounts.models import User
from peerchallenge.accounts.operations.invitations import invite as send_invitation
from peerchallenge.web.parts import Link

ORDER = list(CouncilRole.Role.values)


def people_of(council: Council) -> list[CouncilRole]:
    """What people are at a council, by name. Somebody with two roles is there twice. One statement."""
    roles = council.roles.select_related("user")
    return sorted(roles, key=lambda held: (held.user.name.lower(), held.user_id, ORDER.index(held.role)))


@allow("engagements.change_people", load=visible_engagement)
def invite(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    council, above = engagement.council, reverse("engagements:posts", args=[engagement.slug])
    form = InviteForm(request.POST or None, cancel=above)
    if form.is_valid():
        role = CouncilRole.Role(form.cleaned_data["role"])
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        if council.roles.filter(user__email__iexact=email, role=role).exists():
            form.add_error("email", f"The person with this address is {role.label.lower()} already")
        elif done(
            form,
            lambda: send_invitation(
                email,
                name=name,
                role=code_of(role.value),
                role_words=f"{role.label}, {council}",
                scope_id=council.pk,
                by=request.user,
                now=timezone.now(),
            ),
        ):
            messages.success(request, f"{name} is invited. The letter goes to {email}.")
            return redirect(above)
    context = {
        "engagement": engagement,
        "crumbs": [*crumbs_of(engagement, request.user), Link("People and posts", above)],
        "heading": f"Invite somebody to {council.short_name}",
        "caption": council.name,
        "form": form,
    }
    return render(request, "engagements/question.html", context)


def visible_role(user: User, slug: str, role: int) -> Engagement:
    """The challenge with what one person is at its council. `allow` asks about the challenge."""
    engagement = visible_engagement(user, slug)
    found = engagement.council.roles.select_related("user")
    engagement.chosen = get_object_or_404(found, pk=role)  # type: ignore[attr-defined]  # read by the view below
    return engagement


@allow("engagements.change_people", load=visible_role)
def take_away(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    held: CouncilRole = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    above = reverse("engagements:posts", args=[engagement.slug])
    words = f"{held.user} is no longer {held.get_role_display().lower()} at {engagement.council.short_name}."
    if request.method == "POST":
        try:
            take_role(held.user, council=engagement.council, role=held.role, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, words)
        return redirect("pages:home" if held.user_id == request.user.pk else above)
    context = {
        "engagement": engagement,
        "crumbs": [*crumbs_of(engagement, request.user), Link("People and posts", above)],
        "heading": f"Take the role {held.get_role_display().lower()} away from {held.user}?",
        "lead": "They lose what the role lets them see and do at once. What they did stays in the history.",
        "label": "Take away",
        "cancel": above,
    }
    return render(request, "engagements/confirm.html", context)
