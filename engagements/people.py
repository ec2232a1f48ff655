"""Finding a person who signs in by their email address, without telling who else has an account."""

from engagements.models import Council, CouncilRole
from peerchallenge.access import Refused
from peerchallenge.accounts.models import User


def person_at(council: Council, email: str) -> User | None:
    """The person with a role at `council` and this address; None for an empty one. Others are refused alike."""
    if not email:
        return None
    found = User.objects.filter(
        email__iexact=email, is_active=True, pk__in=CouncilRole.objects.filter(council=council).values("user")
    ).first()
    if found is None:
        raise Refused(
            f"Nobody of {council.short_name} signs in with this address. Leave it empty, or invite them first"
        )
    return found


def person_called(email: str) -> User:
    """The person who signs in with this address, for LGA staff."""
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Refused("Nobody signs in with this address. Invite them first")
    return found
