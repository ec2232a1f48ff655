"""Inviting people to a council from its challenge, and taking roles and places in the team away again."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import CouncilRole
from engagements.operations import challenges, councils
from peerchallenge.accounts.models import Invitation
from peerchallenge.notices.models import Letter
from tests.engagements.reading import TODAY, errors_of, text_of, url

NEW = {"name": "Nia Rees", "email": "Nia@wexcombe.example", "role": "clerk"}


def test_a_coordinator_invites_to_the_council_of_the_page_whatever_is_sent(carys, cast, council, challenge, northmoor):
    form = NEW | {"scope": str(northmoor.council.pk), "scope_id": str(northmoor.council.pk), "council": "1"}

    page = text_of(carys.post(url(challenge, "plan/posts/invite/"), form, follow=True))

    invitation = Invitation.objects.get()
    assert "Nia Rees is invited. The letter goes to Nia@wexcombe.example." in page
    assert (invitation.role, invitation.scope_id, invitation.invited_by) == ("council_clerk", council.pk, cast.carys)
    assert [letter.to for letter in Letter.objects.all()] == ["nia@wexcombe.example"]


def test_only_the_five_roles_of_a_council_can_be_offered(carys, cast, challenge):
    for role in ["administrator", "council_clerk", ""]:
        answer = carys.post(url(challenge, "plan/posts/invite/"), NEW | {"role": role})
        assert len(errors_of(answer)) == 1
    own = carys.post(url(challenge, "plan/posts/invite/"), NEW | {"email": cast.carys.email, "role": "coordinator"})

    assert errors_of(own) == ["The person with this address is council coordinator already"]
    assert not Invitation.objects.exists()


def test_a_coordinator_of_another_council_in_a_joint_challenge_has_no_say_over_its_people(
    client, cast, clock, council, kinds, carys, northmoor
):
    joint = challenges.start_challenge(
        northmoor.council, type=kinds["corporate"], other_councils=[council], by=None, today=TODAY
    )
    councils.take_role(cast.carys, council=northmoor.council, role="coordinator", by=None)
    page = carys.get(url(joint, "plan/posts/"))

    assert page.status_code == 200
    assert page.context["people"] == []
    assert carys.get(url(joint, "plan/posts/invite/")).status_code == 403


def test_a_role_is_taken_away_after_asking_and_access_ends_with_it(carys, cast, council, challenge, client, northmoor):
    held = councils.give_role(cast.owen, council=council, role="reader", by=None)
    owen = type(client)()
    owen.force_login(cast.owen)
    assert owen.get(url(challenge)).status_code == 200
    address = url(challenge, f"plan/posts/people/{held.pk}/take-away/")

    assert address in carys.get(url(challenge, "plan/posts/")).content.decode()
    assert "Take the role reader away from Owen Price?" in text_of(carys.get(address))
    assert owen.get(url(challenge)).status_code == 200
    page = text_of(carys.post(address, follow=True))

    assert "Owen Price is no longer reader at Wexcombe." in page
    assert owen.get(url(challenge)).status_code == 404
    assert carys.post(address).status_code == 404


def test_whoever_takes_their_own_role_away_goes_home(carys, cast, council, challenge):
    held = CouncilRole.objects.get(user=cast.carys, council=council)

    answer = carys.post(url(challenge, f"plan/posts/people/{held.pk}/take-away/"))

    assert answer["Location"] == "/home/"
    assert carys.get(url(challenge)).status_code == 404


def test_the_posts_page_takes_as_many_queries_with_one_person_as_with_three(
    carys, cast, council, challenge, django_assert_num_queries
):
    carys.get(url(challenge, "plan/posts/"))  # the first page of a sign-in reads more
    with CaptureQueriesContext(connection) as one:
        carys.get(url(challenge, "plan/posts/"))
    councils.give_role(cast.owen, council=council, role="reader", by=None)
    councils.give_role(cast.ruth, council=council, role="clerk", by=None)

    with django_assert_num_queries(len(one)):
        answer = carys.get(url(challenge, "plan/posts/"))

    assert [held.user.name for held in answer.context["people"]] == ["Carys Bevan", "Owen Price", "Ruth Okafor"]


def test_a_peer_is_taken_out_of_the_team_after_asking_and_sees_the_challenge_no_more(maya, cast, challenge, client):
    place = challenges.add_peer(challenge, user=cast.piotr, role="member", accepted_on=TODAY, by=None)
    piotr = type(client)()
    piotr.force_login(cast.piotr)
    assert piotr.get(url(challenge)).status_code == 200
    address = url(challenge, f"team/{place.pk}/take-out/")

    assert address in maya.get(url(challenge, "team/")).content.decode()
    assert "Take Piotr Zielinski out of the team?" in text_of(maya.get(address))
    assert piotr.get(url(challenge)).status_code == 200
    page = text_of(maya.post(address, follow=True))

    assert "Piotr Zielinski is no longer in the team." in page
    assert piotr.get(url(challenge)).status_code == 404
    assert maya.post(address).status_code == 404


def test_the_council_and_the_team_see_no_way_to_change_either_list(carys, cast, council, challenge, client):
    challenges.add_peer(challenge, user=cast.lena, role="lead", accepted_on=TODAY, by=None)

    assert "Take out of the team" not in text_of(carys.get(url(challenge, "team/")))
    client.force_login(cast.lena)
    page = text_of(client.get(url(challenge, "plan/posts/")))
    assert "Who signs in for" not in page
    assert "Invite somebody" not in page
