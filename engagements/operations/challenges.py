"""Starting a challenge, what it looks at, who manages it and who is in the team."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Max

from engagements.models import (
    ChallengeType,
    Council,
    Engagement,
    EngagementPeer,
    FocusArea,
    FocusQuestion,
    Framework,
    JointCouncil,
    VisitDate,
)
from engagements.operations.locking import ensure_current, lock
from engagements.stages import Standing
from peerchallenge.access import Refused
from peerchallenge.accounts.models import LgaRole
from peerchallenge.history.operations import operation
from peerchallenge.web.words import day_range

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

YEAR = re.compile(r"\b20\d\d\b")


@operation("started {result}")
def start_challenge(
    council: Council,
    *,
    type: ChallengeType,  # noqa: A002  # the word people use
    slug: str | None = None,
    manager: "User | None" = None,
    framework: Framework | None = None,
    visit_starts_on: dt.date | None = None,
    visit_ends_on: dt.date | None = None,
    visit_is_month_only: bool = False,
    visit_wish: str = "",
    asked_by: str = "",
    asked_on: dt.date | None = None,
    asked_words: str = "",
    earlier_challenge: str = "",
    other_councils: Iterable[Council] = (),
    parent: Engagement | None = None,
    form_key: str | None = None,
    by: "User | None",
    today: dt.date,
) -> Engagement:
    """Start a challenge of one council or of several.

    The framework (that of the kind unless another is named) is copied as core focus areas: what changes in the
    framework later does not change this challenge. A visit date is proposed, not confirmed. The same `form_key`
    twice starts one challenge and returns it both times.
    """
    # One start of a kind at a time, so that references count up without a gap and a second press waits for the first.
    ChallengeType.objects.select_for_update().get(pk=type.pk)
    if form_key and (started := Engagement.objects.filter(form_key=form_key).first()):
        return started
    if council.ends_on and council.ends_on < today:
        raise Refused(
            f"{council.name} ended on {day_range(council.ends_on, None)}. Choose the council that followed it."
        )
    ensure_manager(manager)
    ends_on = visit_ends_on or (visit_starts_on and visit_starts_on + dt.timedelta(days=type.days - 1))
    ensure_range(visit_starts_on, ends_on)
    year = year_of(visit_starts_on, visit_wish, today)
    engagement = Engagement(
        slug=free_address(slug or f"{council.slug}-{year}{type.address_suffix}"),
        reference=next_reference(type, year),
        type=type,
        council=council,
        framework=framework or type.framework,
        parent=parent,
        manager=manager,
        visit_starts_on=visit_starts_on,
        visit_ends_on=ends_on,
        visit_is_month_only=visit_is_month_only,
        visit_wish=visit_wish,
        asked_by=asked_by,
        asked_on=asked_on,
        asked_words=asked_words,
        earlier_challenge=earlier_challenge,
        form_key=form_key or None,
    )
    engagement.full_clean()
    engagement.save()
    JointCouncil.objects.bulk_create(
        JointCouncil(engagement=engagement, council=other) for other in other_councils if other != council
    )
    if visit_starts_on:
        VisitDate.objects.create(
            engagement=engagement,
            state=VisitDate.State.PROPOSED,
            starts_on=visit_starts_on,
            ends_on=ends_on,
            decided_on=today,
            recorded_by=by,
        )
    copy_framework(engagement)
    return engagement


def ensure_manager(manager: "User | None") -> None:
    if manager is not None and manager.lga_role != LgaRole.MANAGER:
        raise Refused(f"{manager} is not a peer challenge manager.")


def ensure_range(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    if starts_on is None and ends_on is not None:
        raise Refused("Enter the first day of the visit.")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("The last day must be the first day or later.")


def year_of(visit_starts_on: dt.date | None, wish: str, today: dt.date) -> int:
    """The year in the address: that of the visit, else the one the council named, else this one."""
    if visit_starts_on:
        return visit_starts_on.year
    named = YEAR.search(wish)
    return int(named.group()) if named else today.year


def free_address(wanted: str) -> str:
    """The address wanted or, when another challenge has it, the same with -2, -3 and so on."""
    taken = set(Engagement.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    address, number = wanted, 1
    while address in taken:
        number += 1
        address = f"{wanted}-{number}"
    return address


def next_reference(type: ChallengeType, year: int) -> str:  # noqa: A002  # the word people use
    """Such as CPC-2024-017. The caller holds the kind's row."""
    prefix = f"{type.abbreviation}-{year}-"
    latest = Engagement.objects.filter(reference__startswith=prefix).aggregate(latest=Max("reference"))["latest"]
    number = int(latest.removeprefix(prefix)) + 1 if latest else 1
    return f"{prefix}{number:03}"


def copy_framework(engagement: Engagement) -> None:
    if engagement.framework is None:
        return
    for theme in engagement.framework.themes.prefetch_related("questions").order_by("position"):
        area = FocusArea.objects.create(
            engagement=engagement, kind=FocusArea.Kind.CORE, position=theme.position, title=theme.title
        )
        FocusQuestion.objects.bulk_create(
            FocusQuestion(focus_area=area, position=question.position, text=question.text)
            for question in sorted(theme.questions.all(), key=lambda question: question.position)
        )


@operation("chose {framework} for {engagement}")
def choose_framework(engagement: Engagement, *, framework: Framework, by: "User | None") -> Engagement:
    """Give a challenge its themes and questions. Once they are copied they stay."""
    lock(engagement)
    if engagement.focus_areas.filter(kind=FocusArea.Kind.CORE).exists():
        raise Refused("This challenge has its themes already.")
    if engagement.focus_areas.exists():
        raise Refused("This challenge has focus areas of its own already. Themes come first.")
    engagement.framework = framework
    engagement.version += 1
    engagement.save()
    copy_framework(engagement)
    return engagement


@operation("added the local focus “{title}”")
def add_local_focus(
    engagement: Engagement, *, title: str, questions: Sequence[str] = (), asked_by: str = "", by: "User | None"
) -> FocusArea:
    """Add something the council wants looked at beyond the themes. It stands after those there are."""
    lock(engagement)
    if not title.strip():
        raise Refused("Enter what the council wants the team to look at.")
    last = engagement.focus_areas.aggregate(last=Max("position"))["last"] or 0
    area = FocusArea(
        engagement=engagement, kind=FocusArea.Kind.LOCAL, position=last + 1, title=title.strip(), asked_by=asked_by
    )
    area.full_clean()
    area.save()
    FocusQuestion.objects.bulk_create(
        FocusQuestion(focus_area=area, position=position, text=text) for position, text in enumerate(questions, start=1)
    )
    return area


@operation("made {manager} the manager of {engagement}")
def name_manager(
    engagement: Engagement, *, manager: "User", version: int | None = None, by: "User | None"
) -> Engagement:
    """Say which peer challenge manager runs the challenge."""
    lock(engagement)
    ensure_current(
        engagement,
        version,
        theirs=[("Peer challenge manager", str(engagement.manager or "Nobody"))],
        yours=[("Peer challenge manager", str(manager))],
    )
    ensure_manager(manager)
    engagement.manager = manager
    engagement.version += 1
    engagement.save()
    return engagement


@operation("added {user} to the team")
def add_peer(
    engagement: Engagement,
    *,
    user: "User",
    role: str,
    from_council: str = "",
    accepted_on: dt.date | None,
    by: "User | None",
) -> EngagementPeer:
    """Add a person to the team. A team has one lead peer, and nobody is in it twice."""
    lock(engagement)
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled.")
    present = engagement.peers.filter(removed_on=None).select_related("user")
    if any(peer.user_id == user.pk for peer in present):
        raise Refused(f"{user} is in the team already.")
    lead = next((peer for peer in present if peer.role == EngagementPeer.Role.LEAD and peer.accepted_on), None)
    if role == EngagementPeer.Role.LEAD and accepted_on and lead:
        raise Refused(f"The team has a lead peer already: {lead.user}.")
    peer = EngagementPeer(
        engagement=engagement, user=user, role=role, from_council=from_council, accepted_on=accepted_on
    )
    peer.full_clean()
    peer.save()
    return peer


@operation("took {peer.user} out of the team")
def remove_peer(peer: EngagementPeer, *, by: "User | None", today: dt.date) -> EngagementPeer:
    """End a person's place in the team. They no longer see the challenge."""
    lock(peer)
    if peer.removed_on:
        raise Refused(f"{peer.user} is no longer in the team.")
    peer.removed_on = today
    peer.save()
    return peer
