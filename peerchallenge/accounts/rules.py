"""Who may look after accounts. An administrator may everything, so a rule that is never true is theirs alone."""

from typing import TYPE_CHECKING

import rules

from peerchallenge.accounts.models import Invitation, LgaRole
from peerchallenge.accounts.roles import role_of

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@rules.predicate
def is_programme_office(user: "User") -> bool:
    return user.lga_role == LgaRole.PROGRAMME_OFFICE


@rules.predicate
def is_about_an_administrator(user: "User", person: "User | None") -> bool:
    return person is not None and person.lga_role == LgaRole.ADMINISTRATOR


@rules.predicate
def may_offer_the_role(user: "User", invitation: Invitation | None) -> bool:
    role = role_of(invitation.role) if invitation is not None else None
    return role is not None and user.has_perm(role.who_may)


rules.add_perm("accounts.list_people", is_programme_office)
rules.add_perm("accounts.change_person", is_programme_office & ~is_about_an_administrator)
rules.add_perm("accounts.change_invitation", is_programme_office & may_offer_the_role)
rules.add_perm("accounts.invite_staff", is_programme_office)
rules.add_perm("accounts.invite_administrator", rules.always_false)
