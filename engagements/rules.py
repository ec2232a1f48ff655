"""Who may, for challenges. What the stage forbids is refused by the operations; this says only who."""

from typing import TYPE_CHECKING

import rules

from engagements.models import Council, CouncilRole, Engagement, EngagementPeer, JointCouncil
from peerchallenge.accounts.models import LgaRole

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

Role = CouncilRole.Role


def roles_at(user: "User", council_id: int) -> set[str]:
    """The roles `user` has at a council. One query per person and request, whatever is asked."""
    if not hasattr(user, "_roles_by_council"):
        roles: dict[int, set[str]] = {}
        names: dict[int, str] = {}
        for council, role, name in user.council_roles.values_list("council_id", "role", "council__short_name"):
            roles.setdefault(council, set()).add(role)
            names[council] = name
        user._roles_by_council = roles  # type: ignore[attr-defined]  # kept for the length of the request
        user._council_names = names  # type: ignore[attr-defined]  # as above
    return user._roles_by_council.get(council_id, set())  # type: ignore[attr-defined]  # set above


def roles_anywhere(user: "User") -> set[str]:
    """The roles `user` has at any council. Asks the database only when `roles_at` has not."""
    roles_at(user, 0)
    return set().union(*user._roles_by_council.values())  # type: ignore[attr-defined]  # set by roles_at


def councils_with_a_role(user: "User") -> list[int]:
    """The keys of the councils `user` has a role at."""
    roles_at(user, 0)
    return list(user._roles_by_council)  # type: ignore[attr-defined]  # set by roles_at


def councils_of(user: "User") -> list[str]:
    """The short names of the councils `user` has a role at, by name."""
    roles_at(user, 0)
    return sorted(user._council_names.values())  # type: ignore[attr-defined]  # set by roles_at


def roles_in(user: "User", engagement: Engagement) -> set[str]:
    """The roles `user` has at the council, or at one of the councils, of a challenge."""
    roles = set(roles_at(user, engagement.council_id))
    if user._roles_by_council and not roles:  # type: ignore[attr-defined]  # set by roles_at
        for joint in JointCouncil.objects.filter(engagement=engagement).values_list("council_id", flat=True):
            roles |= roles_at(user, joint)
    return roles


@rules.predicate
def is_programme_office(user: "User") -> bool:
    return user.lga_role == LgaRole.PROGRAMME_OFFICE


@rules.predicate
def is_lga_staff(user: "User") -> bool:
    return user.is_lga_staff


@rules.predicate
def is_any_manager(user: "User") -> bool:
    return user.lga_role == LgaRole.MANAGER


@rules.predicate
def manages(user: "User", engagement: Engagement | None) -> bool:
    return engagement is not None and user.lga_role == LgaRole.MANAGER and engagement.manager_id == user.pk


@rules.predicate
def is_coordinator(user: "User", engagement: Engagement | None) -> bool:
    return engagement is not None and Role.COORDINATOR in roles_in(user, engagement)


@rules.predicate
def is_accountable(user: "User", engagement: Engagement | None) -> bool:
    return engagement is not None and Role.ACCOUNTABLE in roles_in(user, engagement)


@rules.predicate
def is_of_the_council(user: "User", engagement: Engagement | None) -> bool:
    return engagement is not None and bool(roles_in(user, engagement))


@rules.predicate
def is_in_the_team(user: "User", engagement: Engagement | None) -> bool:
    if engagement is None:
        return False
    return EngagementPeer.objects.current().filter(engagement=engagement, user=user).exists()


@rules.predicate
def coordinates_council(user: "User", council: Council | None) -> bool:
    return council is not None and Role.COORDINATOR in roles_at(user, council.pk)


@rules.predicate
def coordinates_its_council(user: "User", engagement: Engagement | None) -> bool:
    """Of the council itself: a coordinator of another council in a joint challenge has no say over its people."""
    return engagement is not None and Role.COORDINATOR in roles_at(user, engagement.council_id)


runs_it = is_programme_office | manages
reads_it = runs_it | is_of_the_council | is_in_the_team
# A manager sees titles, dates and stage of every challenge, and those of their own in full.
rules.add_perm("engagements.list_challenges", is_lga_staff)
rules.add_perm("engagements.start_challenge", is_programme_office | is_any_manager)
rules.add_perm("engagements.see_overview", is_lga_staff | reads_it)
rules.add_perm("engagements.read_challenge", reads_it)
rules.add_perm("engagements.run_challenge", runs_it)
rules.add_perm("engagements.record_milestone", runs_it | is_coordinator)
rules.add_perm("engagements.change_focus", runs_it | is_coordinator)
rules.add_perm("engagements.read_history", runs_it | is_coordinator)
rules.add_perm("engagements.read_posts", reads_it)
rules.add_perm("engagements.change_posts", runs_it | is_coordinator)
rules.add_perm("engagements.change_people", runs_it | coordinates_its_council)
# Asked of a council; without one only of those who may invite to any.
rules.add_perm("engagements.invite_people", is_programme_office | is_any_manager | coordinates_council)
