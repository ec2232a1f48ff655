"""What people can be invited to be at a council, for `peerchallenge.accounts.roles`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from engagements.models import Council, CouncilRole
from engagements.operations.councils import give_role
from peerchallenge.accounts.roles import register_role

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def code_of(role: str) -> str:
    """The code of a council role in invitations: council_clerk."""
    return f"council_{role}"


def register_council_roles() -> None:
    for role in CouncilRole.Role:
        register_role(
            code_of(role.value),
            role.label,
            grant=giving(role.value),
            who_may="engagements.invite_people",
            scopes=councils_of,
            scope_word="council",
        )


def giving(role: str) -> "Callable[[User, int | None, User | None], None]":
    def grant(user: "User", scope_id: int | None, by: "User | None") -> None:
        give_role(user, council=Council.objects.get(pk=scope_id or 0), role=role, by=by)

    return grant


def councils_of(user: "User") -> "QuerySet[Council]":
    return Council.objects.visible_to(user).order_by("name")
