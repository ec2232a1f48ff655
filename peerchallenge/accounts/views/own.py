"""One's own account, and leaving."""

from allauth.account import views as allauth
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from peerchallenge.access import allow_anyone, allow_signed_in
from peerchallenge.accounts.forms import AccountForm
from peerchallenge.accounts.kept_words import take_kept_words
from peerchallenge.accounts.operations import people


@allow_anyone
def sign_in(request: HttpRequest) -> HttpResponse:
    """Opened anew, it begins anew: whoever asked for a code may still use the password."""
    if request.method == "GET" and not request.user.is_authenticated:
        clear_login(request)
    return allauth.login(request)


@allow_anyone
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Opened anew, it takes another address."""
    if request.method == "GET" and not request.user.is_authenticated:
        clear_login(request)
    return allauth.request_login_code(request)


@allow_anyone
def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST does it. The browser is told to forget what it kept."""
    response = allauth.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@allow_anyone
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody makes an account for themselves."""
    return render(request, "accounts/by_invitation.html")


@allow_signed_in
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    current = {"name": person.name, "job_title": person.job_title, "telephone": person.telephone}
    form = AccountForm(request.POST or None, initial=current)
    if form.is_valid():
        people.change_own_details(person, **form.cleaned_data, by=person)
        messages.success(request, "Your details are saved.")
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form, "person": person})


@allow_signed_in
def security(request: HttpRequest) -> HttpResponse:
    own = {
        authenticator.type: authenticator.wrap() for authenticator in Authenticator.objects.filter(user=request.user)
    }
    codes = own.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "accounts/security.html",
        {
            "app_is_on": Authenticator.Type.TOTP in own,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "must_have_app": request.user.needs_second_factor,
            "has_password": request.user.has_usable_password(),
        },
    )


@allow_signed_in
def kept_words(request: HttpRequest) -> HttpResponse:
    """What was typed into a form that came after the sign-in had ended."""
    kept = take_kept_words(request)
    if kept is None:
        return redirect("pages:home")
    return render(request, "accounts/kept_words.html", {"kept": kept})
