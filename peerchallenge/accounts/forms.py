"""The questions of signing in. allauth checks the answers; the words and the look are ours."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa import app_settings
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.cache import cache

from peerchallenge.web.forms import Asking, BaseForm, EmailField, PasswordField, TextField

ADVICE = "At least 12 characters. Three words that do not belong together are easy to remember"


def code_field(question: str = "Code", hint: str = "") -> TextField:
    return TextField(
        question,
        missing="Enter the code",
        hint=hint,
        longest=20,
        width=10,
        thing="The code",
        autocomplete="one-time-code",
    )


def email_field(hint: str = "") -> EmailField:
    field = EmailField("Email address", missing="Enter your email address", hint=hint, own=True)
    field.widget.attrs["autocomplete"] = "username"
    return field


def without_advice(error: forms.ValidationError, words: str) -> forms.ValidationError:
    """Too many tries are told with the advice to ask for a code, which is no use to whoever is entering one."""
    return forms.ValidationError(words, code=error.code) if error.code == "too_many_login_attempts" else error


class NewPasswordFields(Asking):
    """A new password is asked for once: it can be shown while it is typed."""

    def ask_for_new_password(self) -> None:
        validate = self.fields["password1"].clean
        field = PasswordField("New password", missing="Enter a new password", hint=ADVICE, autocomplete="new-password")
        plain = field.clean
        field.clean = lambda value: validate(plain(value))  # type: ignore[method-assign]  # allauth's checks after ours
        self.fields["password1"] = field
        self.fields.pop("password2", None)


class SignInForm(Asking, account.LoginForm):
    submit_label = "Sign in"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields = {"login": email_field(), "password": PasswordField("Password", missing="Enter your password")}


class AskForCodeForm(Asking, account.RequestLoginCodeForm):
    submit_label = "Send me a code"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()

    def clean_email(self) -> str:
        try:
            return str(super().clean_email())
        except forms.ValidationError as error:
            raise without_advice(error, "Too many codes were asked for. Wait 15 minutes") from error


class EnterCodeForm(Asking, account.ConfirmLoginCodeForm):
    submit_label = "Sign in"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Code from the email")


class AskForNewPasswordForm(Asking, account.ResetPasswordForm):
    submit_label = "Send me a link"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()


class OpenAccountToken(account.UserTokenForm):
    """The link for a new password: one for a closed account is as good as none."""

    def _get_user(self, uidb36: str) -> Any:
        person = super()._get_user(uidb36)
        return person if person is not None and person.is_active else None


class NewPasswordForm(NewPasswordFields, account.ResetPasswordKeyForm):
    submit_label = "Save the new password"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.ask_for_new_password()


class SetPasswordForm(NewPasswordFields, account.SetPasswordForm):
    submit_label = "Save the new password"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.ask_for_new_password()


class ChangePasswordForm(NewPasswordFields, account.ChangePasswordForm):
    submit_label = "Save the new password"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = PasswordField(
            "The password you have now", missing="Enter the password you have now"
        )
        self.ask_for_new_password()


class PasswordAgainForm(Asking, account.ReauthenticateForm):
    submit_label = "Continue"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField("Password", missing="Enter your password")


class CodeOnce(Asking):
    """A code from an app is taken once in all the time it would be right. allauth remembers it for one period only."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except forms.ValidationError as error:
            raise without_advice(error, "Too many tries. Wait 15 minutes") from error
        used = self.authenticator
        if used.type == Authenticator.Type.TOTP:
            periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
            cache.set(used.wrap()._get_used_cache_key(code), "y", timeout=periods * app_settings.TOTP_PERIOD)
        return code


class SecondFactorForm(CodeOnce, second_factor.AuthenticateForm):
    submit_label = "Sign in"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("6-digit code", "Without your telephone, enter one of your recovery codes")


class SecondFactorAgainForm(CodeOnce, second_factor.ReauthenticateForm):
    submit_label = "Continue"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("6-digit code from your app")


class TurnOnAppForm(Asking, totp.ActivateTOTPForm):
    submit_label = "Turn it on"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("6-digit code from your app")


class TurnOffAppForm(Asking, totp.DeactivateTOTPForm):
    submit_label = "Turn it off"


class NewRecoveryCodesForm(Asking, recovery.GenerateRecoveryCodesForm):
    submit_label = "Make new codes"


class AccountForm(BaseForm):
    """What a person says about themselves. The address is changed by the programme office."""

    name = TextField("Your name", missing="Enter your name", longest=120, thing="Your name", autocomplete="name")
    job_title = TextField("Your job title", longest=160, thing="Your job title", autocomplete="organization-title")
    telephone = TextField("Your telephone number", longest=40, thing="Your telephone number", autocomplete="tel")


class InvitationForm(BaseForm):
    """Accepting an invitation. People with an account already only sign in, so they are asked for no password."""

    submit_label = "Accept the invitation"
    password = PasswordField("Choose a password", missing="Enter a password", hint=ADVICE, autocomplete="new-password")

    def __init__(self, *args: Any, person: Any, needs_password: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        if not needs_password:
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        faults = [
            message
            for validator in get_default_password_validators()
            for message in _faults_of(validator, password, self.person)
        ]
        if faults:
            raise forms.ValidationError(faults)
        return password


def _faults_of(validator: Any, password: str, person: Any) -> list[str]:
    try:
        validator.validate(password, person)
    except forms.ValidationError as error:
        return list(error.messages)
    return []
