"""Finding what a page of the people's list is about, out of what the person may see."""

from django.http import Http404

from peerchallenge.accounts.models import Invitation, User


def visible_person(user: User, person_id: int) -> User:
    person = User.objects.visible_to(user).filter(pk=person_id).first()
    if person is None or not user.sees_everything:
        raise Http404
    return person


def visible_invitation(user: User, invitation_id: int) -> Invitation:
    invitation = Invitation.objects.visible_to(user).filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    return invitation
