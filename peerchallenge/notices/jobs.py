"""Sending letters."""

import datetime as dt
import smtplib

from django.utils import timezone

from peerchallenge import jobs
from peerchallenge.notices import letters
from peerchallenge.notices.models import Letter

# A letter gets its job in the transaction that writes it, so one without a job for so long has lost it.
FORGOTTEN_AFTER = dt.timedelta(minutes=10)


class StillBeingSent(Exception):
    """Another worker has the letter. Looked at again later, in case that worker died."""


def give_up(*, letter_id: int) -> None:
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is not None:
        letters.record_fault(letter, letter.fault or "The letter could not be sent.", is_final=True)


# Tried again after 5 seconds, 25 seconds, 2 minutes, 10 minutes, 52 minutes and 4 hours.
@jobs.task(attempts=7, first_wait=5, when_given_up=give_up)
def send_letter(*, letter_id: int) -> None:
    """Send one letter. A second run finds it sent and does nothing."""
    letter = letters.claim(letter_id, now=timezone.now())
    if letter is None:
        if Letter.objects.unsent().filter(pk=letter_id).exists():
            raise StillBeingSent(letter_id)
        return
    try:
        letters.deliver(letter)
    except letters.SealBroken:
        letters.record_fault(letter, "The service’s key was changed since the letter was written.", is_final=True)
    except smtplib.SMTPRecipientsRefused as refused:
        is_final = all(code >= 500 for code, _ in refused.recipients.values())
        letters.record_fault(letter, f"The mail server refused the address: {refused}", is_final=is_final)
        if not is_final:
            raise
    except (smtplib.SMTPException, OSError) as fault:
        letters.record_fault(letter, f"{type(fault).__name__}: {fault}", is_final=False)
        raise
    else:
        letters.record_sent(letter, now=timezone.now())


@jobs.every("*/10 * * * *")
def send_forgotten_letters() -> None:
    """Letters that wait without a job, after a restored backup for example, get one."""
    long_ago = timezone.now() - FORGOTTEN_AFTER
    with_job = set(waiting_letter_ids())
    for letter_id in Letter.objects.unsent().filter(written_at__lt=long_ago).values_list("pk", flat=True):
        if letter_id not in with_job:
            send_letter.defer(letter_id=letter_id)


def waiting_letter_ids() -> list[int]:
    """The letters that have a job waiting or running."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # models load after the declarations of jobs

    waiting = ProcrastinateJob.objects.filter(task_name=send_letter.name, status__in=["todo", "doing"])
    return [args["letter_id"] for args in waiting.values_list("args", flat=True)]
