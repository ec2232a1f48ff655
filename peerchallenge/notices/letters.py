"""Writing a letter, and the steps of sending it. Nothing here talks to the mail server but `deliver`."""

import base64
import datetime as dt
import hashlib
import uuid
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from peerchallenge.access import Refused
from peerchallenge.notices.models import Letter

# A letter's job is given to another worker only when the first has been silent for half a minute, so whoever finds a
# claim older than that is the one to send. Younger claims are looked at again later.
CLAIM_ENDS_AFTER = dt.timedelta(seconds=30)


def write_letter(
    *,
    to: str,
    subject: str,
    why: str,
    template: str = "",
    text: str = "",
    words: dict[str, Any] | None = None,
    key: str = "",
    is_secret: bool = False,
    now: dt.datetime | None = None,
) -> Letter:
    """Put one letter in the outbox and ask for it to be sent when the running transaction commits.

    The words are `text`, or `template` (letters/….txt) with `words`. With a `key` that was used before the first
    letter is the answer and nothing is sent twice. A letter with something that lets a person in `is_secret`.
    """
    from peerchallenge.notices.jobs import send_letter  # the job's module needs this one

    require_one_line(to, subject, why)
    validate_email(to)
    body = {"why": why, "service_email": settings.SERVICE_EMAIL, "service_telephone": settings.SERVICE_TELEPHONE}
    said = render_to_string(template, {**(words or {}), **body}).strip() if template else text
    whole = render_to_string("letters/letter.txt", {**body, "said": said}).strip() + "\n"
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(
            key=key or f"letter:{uuid.uuid4()}",
            defaults={
                "to": to,
                "subject": subject,
                "text": "" if is_secret else whole,
                "sealed": seal(whole) if is_secret else "",
                "is_secret": is_secret,
                "why": why,
                "written_at": now or timezone.now(),
            },
        )
        if is_new:
            send_letter.defer(letter_id=letter.pk)
    return letter


def require_one_line(*texts: str) -> None:
    """A line break in an address or a subject would add headers of its own to the e-mail."""
    if any("\r" in text or "\n" in text or "\x00" in text for text in texts):
        raise Refused("Names, addresses and subjects of letters must be on one line.")


def claim(letter_id: int, *, now: dt.datetime) -> Letter | None:
    """Take a letter for sending. None when it is sent, has failed, or another worker is at it."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
        if letter is None or letter.state in {Letter.State.SENT, Letter.State.FAILED}:
            return None
        if is_being_sent(letter, now=now):
            return None
        letter.state = Letter.State.SENDING
        letter.claimed_at = now
        letter.attempts += 1
        letter.save()
        return letter


def is_being_sent(letter: Letter, *, now: dt.datetime) -> bool:
    return (
        letter.state == Letter.State.SENDING
        and letter.claimed_at is not None
        and now - letter.claimed_at < CLAIM_ENDS_AFTER
    )


def deliver(letter: Letter) -> None:
    """Hand a letter to the mail server. Its Message-ID is the same at every attempt."""
    text = unseal(letter.sealed) if letter.is_secret else letter.text
    host = settings.SITE_URL.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]
    identity = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    message = EmailMultiAlternatives(
        letter.subject,
        text,
        to=[letter.to],
        headers={"Message-ID": f"<{identity}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(
        render_to_string("letters/letter.html", {"subject": letter.subject, "text": text}), "text/html"
    )
    message.send()


def record_sent(letter: Letter, *, now: dt.datetime) -> None:
    """Sent. The words of a secret letter are not kept."""
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=now, sealed="", fault="")


def record_fault(letter: Letter, fault: str, *, is_final: bool) -> None:
    """Not sent this time, or not at all."""
    words: dict[str, Any] = {"fault": fault, "claimed_at": None}
    if is_final:
        words |= {"state": Letter.State.FAILED, "sealed": ""}
    else:
        words |= {"state": Letter.State.WAITING}
    Letter.objects.filter(pk=letter.pk).exclude(state=Letter.State.SENT).update(**words)


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"letters:" + settings.SECRET_KEY.encode()).digest()))


def seal(text: str) -> str:
    """Encrypt with the service's key, so that a copy of the database lets nobody in."""
    return _cipher().encrypt(text.encode()).decode()


class SealBroken(Exception):
    """The words of a secret letter cannot be read any more: the service's key was changed since."""


def unseal(sealed: str) -> str:
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None
