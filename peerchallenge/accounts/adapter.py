"""How allauth speaks here: our error words, letters through the outbox, links from the configured address, no sign-up."""

import base64
import hashlib
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from peerchallenge.accounts.account_letters import ACCOUNT_LETTERS
from peerchallenge.notices.letters import write_letter
from peerchallenge.web.words import counted

LOCKED = "Too many tries. Wait 15 minutes or ask for a sign-in code."
WRONG_CODE = "The code is not right. Enter the newest one"

Template = str


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "enter_current_password": "The password you have now is not right",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "The password is not right",
        "invalid_or_expired_key": "This link has ended. Ask for a new one",
        "invalid_password_reset": "This link has ended. Ask for a new one",
        "rate_limited": "Too many tries. Wait 15 minutes",
        "too_many_login_attempts": LOCKED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: people are invited."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code == "email_password_mismatch":
            return ValidationError(self._wrong_password_words(), code=code)
        return super().validation_error(code, *args)

    def _wrong_password_words(self) -> str:
        """Counted by what was typed, so the words are the same whether the address is known or not."""
        left = self._tries_left()
        if left == 0:
            return LOCKED
        return f"The email address or password is not right. You have {counted(left, 'more try', 'more tries')}."

    def _tries_left(self) -> int:
        usage = getattr(self, "_login_failed_rl_usage", None)
        rates = ratelimit.get_rates(app="allauth.account", action="login_failed")
        used = cache.get(usage.usage[0].cache_key, []) if usage and usage.usage else []
        return max(0, rates[0].amount - len(used))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A row of the outbox and a job, in place of a talk with the mail server while the person waits."""
        letter = ACCOUNT_LETTERS[template_prefix]
        write_letter(
            to=email,
            subject=letter.subject,
            why=letter.why,
            template=letter.template,
            words={
                "code": context.get("code", ""),
                "password_reset_url": context.get("password_reset_url", ""),
                "sign_in_url": settings.SITE_URL + reverse("account_login"),
                "reset_url": settings.SITE_URL + reverse("account_reset_password"),
            },
            is_secret=letter.is_secret,
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the configured address, never from the request's Host."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def add_message(
        self, request: HttpRequest, level: int, message_template: Template | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Only what people need to be told: that the password is changed, and why they are back at the start."""
        if message_template == "account/messages/password_changed.txt":
            kwargs["message"] = "Your password is changed."
        if kwargs.get("message"):
            super().add_message(request, level, None, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "rate_limited": "Too many tries. Wait 15 minutes",
        "cannot_delete_authenticator": "LGA staff need a second step to sign in, so it cannot be turned off",
        "cannot_generate_recovery_codes": "Turn on the second step first",
    }

    def _cipher(self) -> Fernet:
        key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        """A copy of the database alone makes no codes."""
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture without its XML declaration, so that it can stand in a page."""
        picture: str = super().build_totp_svg(url)
        return picture[picture.index("<svg") :]

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not (settings.SECOND_FACTOR_FOR_STAFF and authenticator.user.is_lga_staff)
