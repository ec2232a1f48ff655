"""The list of people, for those who look after accounts: search, invite, change what a person is, close an account."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from peerchallenge.access import Refused, allow
from peerchallenge.accounts.forms_people import InviteForm, LgaRoleForm, SearchForm
from peerchallenge.accounts.models import Invitation, User
from peerchallenge.accounts.operations import invitations as sending
from peerchallenge.accounts.roles import role_label, roles_offered_by
from peerchallenge.accounts.views.loaders import visible_invitation, visible_person
from peerchallenge.history.timeline import timeline
from peerchallenge.web.pagination import paginate


@allow("accounts.list_people")
def people(request: HttpRequest) -> HttpResponse:
    search = SearchForm(request.GET)
    found = User.objects.visible_to(request.user).order_by("name", "pk")
    for word in search.chosen().get("words", "").split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(job_title__icontains=word))
    waiting = Invitation.objects.visible_to(request.user).open(timezone.now()).select_related("invited_by")
    return render(
        request,
        "accounts/people.html",
        {
            "search": search,
            "page": paginate(request, found),
            "waiting": [
                (invitation, role_label(invitation.role)) for invitation in waiting.order_by("-invited_at")[:50]
            ],
        },
    )


@allow("accounts.list_people")
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=roles_offered_by(request.user), inviter=request.user)
    if form.is_valid():
        try:
            invitation = sending.invite(**form.offer(), by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{invitation.name} is invited. The letter goes to {invitation.email}.")
            return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


@allow("accounts.change_person", load=visible_person)
def person(request: HttpRequest, person: User) -> HttpResponse:
    form = LgaRoleForm(request.POST or None, person=person, changer=request.user)
    if form.is_valid():
        try:
            words = form.carry_out(by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words)
            return redirect("accounts:person", person.pk)
    return render(
        request, "accounts/person.html", {"form": form, "person": person, "entries": timeline(person, limit=20)}
    )


@allow("accounts.change_invitation", load=visible_invitation)
def sent_invitation(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """One invitation: take it back, or send a new link."""
    if request.method == "POST":
        try:
            words = renew(invitation, request) if "renew" in request.POST else take_back(invitation, request)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, words)
        return redirect("accounts:people")
    context = {
        "invitation": invitation,
        "role": role_label(invitation.role),
        "is_open": invitation.is_open(timezone.now()),
    }
    return render(request, "accounts/sent_invitation.html", context)


def renew(invitation: Invitation, request: HttpRequest) -> str:
    sending.invite(
        invitation.email,
        name=invitation.name,
        job_title=invitation.job_title,
        role=invitation.role,
        role_words=role_label(invitation.role),
        scope_id=invitation.scope_id,
        by=request.user,
        now=timezone.now(),
    )
    return f"A new link goes to {invitation.email}. The earlier one no longer works."


def take_back(invitation: Invitation, request: HttpRequest) -> str:
    sending.revoke(invitation, by=request.user, now=timezone.now())
    return f"The invitation of {invitation.name} is taken back."
