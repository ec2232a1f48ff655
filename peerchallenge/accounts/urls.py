"""The addresses of signing in. Of allauth's pages only these exist: there is no sign-up and no change of address.

allauth looks its pages up by its own names, so those stand outside the namespace `accounts`.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from peerchallenge.access import allow_anyone, allow_signed_in
from peerchallenge.accounts.views import invitations, own, people

own_pages = [
    path("account/", own.account, name="account"),
    path("account/security/", own.security, name="security"),
    path("account/kept-words/", own.kept_words, name="kept_words"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", people.invite, name="invite"),
    path("settings/people/<int:person_id>/", people.person, name="person"),
    path("settings/people/invitations/<int:invitation_id>/", people.sent_invitation, name="sent_invitation"),
]

urlpatterns = [
    path("", include((own_pages, "accounts"))),
    path("sign-in/", own.sign_in, name="account_login"),
    path("sign-in/code/", own.ask_for_code, name="account_request_login_code"),
    path("sign-in/code/enter/", allow_anyone(allauth.confirm_login_code), name="account_confirm_login_code"),
    path("sign-in/second-step/", allow_anyone(second_factor.authenticate), name="mfa_authenticate"),
    path("sign-in/closed/", allow_anyone(allauth.account_inactive), name="account_inactive"),
    path("sign-in/again/", allow_signed_in(allauth.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/code/", allow_signed_in(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("sign-up/", own.by_invitation, name="account_signup"),
    path("sign-out/", own.sign_out, name="account_logout"),
    path("password/", allow_anyone(allauth.password_reset), name="account_reset_password"),
    path("password/sent/", allow_anyone(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-:\w]+)/$",
        allow_anyone(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        allow_anyone(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/password/", allow_signed_in(allauth.password_change), name="account_change_password"),
    path("account/password/first/", allow_signed_in(allauth.password_set), name="account_set_password"),
    path("account/security/", own.security, name="mfa_index"),
    path("account/security/app/", allow_signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/security/app/off/", allow_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/security/codes/", allow_signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/security/codes/new/",
        allow_signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/security/codes/file/",
        allow_signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
