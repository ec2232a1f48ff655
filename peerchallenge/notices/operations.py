"""What people do with letters."""

from typing import TYPE_CHECKING

from peerchallenge.access import Refused
from peerchallenge.history.operations import operation
from peerchallenge.notices.jobs import send_letter
from peerchallenge.notices.models import Letter

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@operation("sent the letter “{letter}” again")
def send_again(letter: Letter, *, by: "User") -> Letter:
    """Try a failed letter anew. One with a link or a code has lost its words: the person asks for a new one."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.FAILED:
        raise Refused("Only a letter that could not be sent is sent again.")
    if letter.is_secret:
        raise Refused("This letter had a link or a code that works once. Ask for a new one or send a new invitation.")
    letter.state = Letter.State.WAITING
    letter.save()
    send_letter.defer(letter_id=letter.pk)
    return letter
