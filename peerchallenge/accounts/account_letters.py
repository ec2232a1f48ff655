"""The letters about a person's own account, by the name allauth has for each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountLetter:
    subject: str
    template: str
    why: str
    is_secret: bool = False


ASKED = "You get this because somebody, probably you, asked for it on the peer challenge service."
CHANGED = "You get this because your account on the peer challenge service was changed."

ACCOUNT_LETTERS: dict[str, AccountLetter] = {
    "account/email/login_code": AccountLetter(
        "Your code to sign in", "letters/sign_in_code.txt", ASKED, is_secret=True
    ),
    "account/email/password_reset_key": AccountLetter(
        "Choose a new password", "letters/new_password.txt", ASKED, is_secret=True
    ),
    "account/email/unknown_account": AccountLetter(
        "There is no account for this address", "letters/no_account.txt", ASKED
    ),
    "account/email/password_changed": AccountLetter(
        "Your password was changed", "letters/password_changed.txt", CHANGED
    ),
    "account/email/password_set": AccountLetter("Your password was changed", "letters/password_changed.txt", CHANGED),
    "account/email/password_reset": AccountLetter("Your password was changed", "letters/password_changed.txt", CHANGED),
    "mfa/email/totp_activated": AccountLetter("A second step to sign in is on", "letters/second_step_on.txt", CHANGED),
    "mfa/email/totp_deactivated": AccountLetter(
        "The second step to sign in is off", "letters/second_step_off.txt", CHANGED
    ),
    "mfa/email/recovery_codes_generated": AccountLetter(
        "You have new recovery codes", "letters/new_recovery_codes.txt", CHANGED
    ),
}
