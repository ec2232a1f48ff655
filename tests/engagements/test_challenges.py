"""Starting a challenge, its scope and its team."""

import datetime as dt

import pytest

from engagements.models import Engagement, FocusArea, Framework
from engagements.operations import challenges, councils, reference
from engagements.stages import Stage
from peerchallenge.access import Refused, Stale


def test_a_challenge_starts_with_its_framework_as_focus_areas(cast, kinds, council, today):
    started = challenges.start_challenge(
        council,
        type=kinds["corporate"],
        manager=cast.maya,
        visit_starts_on=dt.date(2025, 3, 4),
        by=cast.maya,
        today=today,
    )

    assert started.slug == "wexcombe-2025"
    assert started.reference == "CPC-2025-001"
    assert started.stage == Stage.ASKED
    assert (started.visit_starts_on, started.visit_ends_on, started.visit_is_confirmed) == (
        dt.date(2025, 3, 4),
        dt.date(2025, 3, 7),
        False,
    )
    assert [area.title for area in started.focus_areas.order_by("position")] == [
        "Local priorities and outcomes",
        "Organisational and place leadership",
        "Governance and culture",
        "Financial planning and management",
        "Capacity for improvement",
    ]
    assert [entry.state for entry in started.visit_dates.all()] == ["proposed"]


def test_a_framework_changed_later_does_not_change_the_challenge(challenge):
    before = [area.title for area in challenge.focus_areas.order_by("position")]

    reference.save_framework(
        {"key": "cpc-v4", "title": "New words", "in_force": "2027", "first_year": 2027, "last_year": None, "basis": "assumed", "source": "", "notes": "", "themes": []},
        by=None,
    )  # fmt: skip

    assert [area.title for area in challenge.focus_areas.order_by("position")] == before


@pytest.mark.parametrize(
    ("key", "visit", "wish", "slug"),
    [
        ("corporate", dt.date(2026, 3, 4), "", "wexcombe-2026"),
        ("finance", dt.date(2026, 3, 4), "", "wexcombe-2026-finance"),
        ("governance", None, "week of 4 March 2025, or autumn", "wexcombe-2025-governance"),
        ("planning", None, "soon", "wexcombe-2024-planning"),
    ],
)
def test_the_address_is_the_council_the_year_and_the_kind(kinds, council, today, key, visit, wish, slug):
    started = challenges.start_challenge(
        council, type=kinds[key], visit_starts_on=visit, visit_wish=wish, by=None, today=today
    )

    assert started.slug == slug


def test_addresses_and_references_are_never_given_twice(kinds, council, today):
    started = [challenges.start_challenge(council, type=kinds["corporate"], by=None, today=today) for _ in range(3)]

    assert [challenge.slug for challenge in started] == ["wexcombe-2024", "wexcombe-2024-2", "wexcombe-2024-3"]
    assert [challenge.reference for challenge in started] == ["CPC-2024-001", "CPC-2024-002", "CPC-2024-003"]


def test_the_same_form_twice_starts_one_challenge(kinds, council, today):
    first = challenges.start_challenge(council, type=kinds["corporate"], form_key="once", by=None, today=today)
    second = challenges.start_challenge(council, type=kinds["corporate"], form_key="once", by=None, today=today)

    assert first == second
    assert Engagement.objects.count() == 1


def test_what_cannot_be_started_is_refused(cast, kinds, council, today):
    with pytest.raises(Refused, match="Carys Bevan is not a peer challenge manager"):
        challenges.start_challenge(council, type=kinds["corporate"], manager=cast.carys, by=None, today=today)
    with pytest.raises(Refused, match="The last day must be the first day or later"):
        challenges.start_challenge(
            council,
            type=kinds["corporate"],
            visit_starts_on=dt.date(2025, 3, 4),
            visit_ends_on=dt.date(2025, 3, 3),
            by=None,
            today=today,
        )
    councils.change_council(council, ends_on=dt.date(2023, 3, 31), by=None)
    with pytest.raises(Refused, match=r"ended on 31\sMarch\s2023\. Choose the council that followed it"):
        challenges.start_challenge(council, type=kinds["corporate"], by=None, today=today)
    assert not Engagement.objects.exists()


def test_a_local_focus_stands_after_the_themes(challenge):
    area = challenges.add_local_focus(
        challenge, title=" Transformation ", questions=["Is it on course?"], asked_by="Leader", by=None
    )

    assert (area.kind, area.position, area.title) == (FocusArea.Kind.LOCAL, 6, "Transformation")
    assert [question.text for question in area.questions.all()] == ["Is it on course?"]
    with pytest.raises(Refused, match="Enter what the council wants"):
        challenges.add_local_focus(challenge, title=" ", by=None)


def test_themes_are_chosen_once(kinds, council, today):
    started = challenges.start_challenge(council, type=kinds["finance"], by=None, today=today)
    assert started.focus_areas.count() == 0
    framework = Framework.objects.get(key="cpc-v3")

    challenges.choose_framework(started, framework=framework, by=None)

    assert started.focus_areas.count() == 5
    with pytest.raises(Refused, match="has its themes already"):
        challenges.choose_framework(started, framework=framework, by=None)


def test_the_manager_is_a_peer_challenge_manager_and_a_stale_choice_is_told(cast, challenge):
    opened_on = challenge.version
    challenges.name_manager(challenge, manager=cast.milo, by=cast.olu)

    with pytest.raises(Stale) as stale:
        challenges.name_manager(challenge, manager=cast.maya, version=opened_on, by=cast.maya)
    with pytest.raises(Refused, match="is not a peer challenge manager"):
        challenges.name_manager(challenge, manager=cast.olu, by=cast.olu)

    assert stale.value.theirs == [("Peer challenge manager", "Milo Andrews")]
    assert challenge.manager == cast.milo


def test_a_team_has_one_lead_and_nobody_twice(cast, challenge, today):
    lead = challenges.add_peer(challenge, user=cast.lena, role="lead", accepted_on=today, by=None)

    with pytest.raises(Refused, match="Lena Fischer is in the team already"):
        challenges.add_peer(challenge, user=cast.lena, role="member", accepted_on=today, by=None)
    with pytest.raises(Refused, match="has a lead peer already: Lena Fischer"):
        challenges.add_peer(challenge, user=cast.piotr, role="lead", accepted_on=today, by=None)

    challenges.remove_peer(lead, by=None, today=today)
    challenges.add_peer(challenge, user=cast.piotr, role="lead", accepted_on=today, by=None)
    assert [peer.user for peer in challenge.peers.filter(removed_on=None)] == [cast.piotr]
    with pytest.raises(Refused, match="no longer in the team"):
        challenges.remove_peer(lead, by=None, today=today)
