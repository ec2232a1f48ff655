"""Inviting people, and what they do with the invitation."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from peerchallenge.access import Refused
from peerchallenge.accounts.models import Invitation, User
from peerchallenge.accounts.roles import RoleOffered, role_of
from peerchallenge.history.operations import operation
from peerchallenge.notices.letters import require_one_line, write_letter

LASTS = dt.timedelta(days=14)
TOKEN_BYTES = 32


@operation("invited {name} as {role_words}")
def invite(
    email: str,
    *,
    name: str,
    role: str,
    role_words: str,
    scope_id: int | None = None,
    job_title: str = "",
    by: User,
    now: dt.datetime,
) -> Invitation:
    """Offer a role to an address, by a letter with a link that works once.

    `role_words` say what the person is invited to be, for the letter and the history: "clerk of Northmoor". An open
    invitation of the same address to the same role is taken back: only the newest link works.
    """
    require_role(role)
    require_one_line(email, name, role_words)
    email = email.strip().lower()
    for earlier in Invitation.objects.open(now).to(role, scope_id).filter(email=email).select_for_update():
        earlier.revoked_at = now
        earlier.save()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        email=email,
        name=name,
        job_title=job_title,
        role=role,
        scope_id=scope_id,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + LASTS,
    )
    invitation.full_clean()
    invitation.save()
    write_letter(
        to=email,
        subject="You are invited to the peer challenge service",
        why=f"You get this because {by} invited you.",
        template="letters/invitation.txt",
        words={
            "invitation": invitation,
            "role_words": role_words,
            "by": by,
            "address": settings.SITE_URL + reverse("accounts:invitation", args=[token]),
            "days": LASTS.days,
        },
        key=f"invitation:{invitation.pk}",
        is_secret=True,
        now=now,
    )
    return invitation


@operation("took back the invitation of {invitation.name}")
def revoke(invitation: Invitation, *, by: User, now: dt.datetime) -> Invitation:
    """The link no longer works. An accepted invitation cannot be taken back: close the account, or take the role."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise Refused(f"{invitation.name} has already accepted.")
    invitation.revoked_at = now
    invitation.save()
    return invitation


def find_open(token: str, *, now: dt.datetime) -> Invitation | None:
    """The invitation of a link, None when there is none, it is used, ended or taken back. Looked up by its hash."""
    return Invitation.objects.open(now).select_related("invited_by").filter(token_hash=hash_of(token)).first()


@operation("accepted the invitation")
def accept(invitation: Invitation, *, by: User, now: dt.datetime) -> User:
    """Take the role with the account that `by` has. The address must be the one invited."""
    invitation = lock_open(invitation, now=now)
    if by.email.lower() != invitation.email.lower():
        raise Refused("This invitation is for another address. Sign out and open the link again.")
    return give_role(invitation, to=by, now=now)


@operation("{result} accepted the invitation and chose a password")
def accept_with_new_account(invitation: Invitation, *, password: str, now: dt.datetime, by: None = None) -> User:
    """Open an account for the address invited and take the role. Refused when the address has an account."""
    invitation = lock_open(invitation, now=now)
    if User.objects.with_address(invitation.email):
        raise Refused("There is an account for this address already. Sign in to accept.")
    person = User.objects.create_user(
        invitation.email, password, name=invitation.name, job_title=invitation.job_title, date_joined=now
    )
    return give_role(invitation, to=person, now=now)


def lock_open(invitation: Invitation, *, now: dt.datetime) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open(now):
        raise Refused("This invitation cannot be used any more.")
    return locked


def give_role(invitation: Invitation, *, to: User, now: dt.datetime) -> User:
    require_role(invitation.role).grant(to, invitation.scope_id, invitation.invited_by)
    invitation.accepted_at = now
    invitation.accepted_by = to
    invitation.save()
    return User.objects.get(pk=to.pk)


def require_role(code: str) -> RoleOffered:
    role = role_of(code)
    if role is None:
        raise Refused("Choose what the person will be.")
    return role


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
