"""What is done to people's accounts."""

from peerchallenge.access import Refused
from peerchallenge.accounts.models import LgaRole, User
from peerchallenge.history.operations import operation


@operation("changed their own details")
def change_own_details(person: User, *, name: str, job_title: str, telephone: str, by: User) -> User:
    person.name = name
    person.job_title = job_title
    person.telephone = telephone
    person.full_clean()
    person.save()
    return person


@operation("changed what {person} is for the LGA")
def change_lga_role(person: User, *, to: str, by: User | None) -> User:
    """Give or take an LGA role. The last administrator keeps theirs."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_administrator and to != LgaRole.ADMINISTRATOR:
        ensure_another_administrator(person)
    person.lga_role = to
    person.full_clean()
    person.save()
    return person


@operation("closed the account of {person}")
def close_account(person: User, *, by: User) -> User:
    """The person cannot sign in any more, from the next request on. What they did stays."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person == by:
        raise Refused("You cannot close your own account. Ask a colleague.")
    if person.is_administrator:
        ensure_another_administrator(person)
    person.is_active = False
    person.save()
    return person


@operation("opened the account of {person} again")
def open_account_again(person: User, *, by: User) -> User:
    person = User.objects.select_for_update().get(pk=person.pk)
    person.is_active = True
    person.save()
    return person


def ensure_another_administrator(person: User) -> None:
    others = User.objects.filter(lga_role=LgaRole.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    if not others.exists():
        raise Refused("This is the only administrator. Make somebody else one first.")
