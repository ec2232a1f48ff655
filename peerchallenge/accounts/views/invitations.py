"""The link in an invitation. Opening it changes nothing: mail scanners open links too."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from peerchallenge.access import Refused, allow_anyone
from peerchallenge.accounts.forms import InvitationForm
from peerchallenge.accounts.models import Invitation, User
from peerchallenge.accounts.operations import invitations
from peerchallenge.accounts.roles import role_label


@allow_anyone
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is offered, POST accepts. Used, ended, taken back and unknown links look the same."""
    found = invitations.find_open(token, now=timezone.now())
    if found is None:
        return render(request, "accounts/invitation_ended.html", status=HTTPStatus.NOT_FOUND)
    has_account = User.objects.with_address(found.email) is not None
    if request.user.is_authenticated and request.user.email.lower() != found.email.lower():
        return render(request, "accounts/invitation_other.html", {"invitation": found}, status=HTTPStatus.FORBIDDEN)
    if has_account and not request.user.is_authenticated:
        return render(
            request, "accounts/invitation_sign_in.html", {"invitation": found, "role": role_label(found.role)}
        )
    return answer(request, found, has_account=has_account)


def answer(request: HttpRequest, found: Invitation, *, has_account: bool) -> HttpResponse:
    person = User(email=found.email, name=found.name)
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, person=person, needs_password=not has_account)
    if form.is_valid():
        try:
            if has_account:
                invitations.accept(found, by=request.user, now=timezone.now())
            else:
                invitations.accept_with_new_account(found, password=form.cleaned_data["password"], now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return accepted(request, has_account=has_account)
    return render(
        request, "accounts/invitation.html", {"form": form, "invitation": found, "role": role_label(found.role)}
    )


def accepted(request: HttpRequest, *, has_account: bool) -> HttpResponse:
    if has_account:
        messages.success(request, "You have accepted the invitation.")
        return redirect("pages:home")
    messages.success(request, "Your account is ready. Sign in with your email address and the password you chose.")
    return redirect("account_login")
