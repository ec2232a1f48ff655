"""Who may look after accounts. An administrator may everything, so a rule that is never true is theirs alone."""

from typing import TYPE_CHECKING

import rules

from peerchallenge.accounts.models import LgaRole

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@rules.predicate
def is_programme_office(user: "User") -> bool:
    return user.lga_role == LgaRole.PROGRAMME_OFFICE


rules.add_perm("accounts.list_people", is_programme_office)
rules.add_perm("accounts.read_person", is_programme_office)
rules.add_perm("accounts.change_person", is_programme_office)
rules.add_perm("accounts.invite_staff", is_programme_office)
rules.add_perm("accounts.invite_administrator", rules.always_false)
