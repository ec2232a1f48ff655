"""What a person can be invited to be. Each app registers its own roles at start-up.

    register_role("council_coordinator", "Council coordinator", grant=…, who_may="engagements.invite_people",
                  scopes=councils_of, scope_word="council")

`grant(user, scope_id, by)` is an operation that gives the role. `who_may` is asked of the person who invites, on the
scope when there is one. `scopes(user)` are the things the role can be at, out of what `user` may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from peerchallenge.accounts.models import LgaRole

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

Grant = Callable[["User", int | None, "User | None"], None]
Scopes = Callable[["User"], QuerySet[Any]]


@dataclass(frozen=True)
class RoleOffered:
    code: str
    label: str
    grant: Grant
    who_may: str
    scopes: Scopes | None = None
    scope_word: str = ""

    def scope(self, scope_id: int | None, user: "User") -> Model | None:
        """The council, for example, that the role is at: None when it is at none or `user` may not see it."""
        if self.scopes is None or scope_id is None:
            return None
        return self.scopes(user).filter(pk=scope_id).first()


_roles: dict[str, RoleOffered] = {}


def register_role(
    code: str, label: str, *, grant: Grant, who_may: str, scopes: Scopes | None = None, scope_word: str = ""
) -> None:
    """Add a role that people can be invited to. A code is registered once."""
    _roles.setdefault(code, RoleOffered(code, label, grant, who_may, scopes, scope_word))


def role_of(code: str) -> RoleOffered | None:
    return _roles.get(code)


def role_label(code: str) -> str:
    role = _roles.get(code)
    return role.label if role else code


def roles_offered_by(user: "User") -> list[RoleOffered]:
    """The roles `user` may invite to without naming a scope: LGA roles, and council roles for LGA staff."""
    return [role for role in _roles.values() if user.has_perm(role.who_may)]


def register_lga_roles() -> None:
    """The roles of LGA staff. Only an administrator makes an administrator."""

    def giving(lga_role: str) -> Grant:
        def grant(user: "User", scope_id: int | None, by: "User | None") -> None:
            from peerchallenge.accounts.operations.people import change_lga_role  # operations need this module

            change_lga_role(user, to=lga_role, by=by)

        return grant

    for lga_role, who_may in {
        LgaRole.PROGRAMME_OFFICE: "accounts.invite_staff",
        LgaRole.MANAGER: "accounts.invite_staff",
        LgaRole.ADMINISTRATOR: "accounts.invite_administrator",
    }.items():
        register_role(lga_role.value, lga_role.label, grant=giving(lga_role.value), who_may=who_may)
