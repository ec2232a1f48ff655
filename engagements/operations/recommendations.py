"""The peer team's recommendations: written as drafts, then final for good."""

import datetime as dt
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.text import slugify

from engagements.models import Engagement, FocusArea, Recommendation
from engagements.operations.locking import ensure_current, lock
from engagements.stages import Standing
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

FIXED = "The words are final and cannot be changed."


@operation("wrote {result}")
def write_recommendation(
    engagement: Engagement,
    *,
    text: str,
    ref: str = "",
    tier: str = Recommendation.Tier.KEY,
    focus_area: FocusArea | None = None,
    theme: str = "",
    parent: Recommendation | None = None,
    position: int | None = None,
    by: "User | None",
) -> Recommendation:
    """Add a recommendation as a draft, after those there are. Its address is its reference: 3(a) is at 3-a."""
    lock(engagement)
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled.")
    if not text.strip():
        raise Refused("Write the recommendation.")
    ensure_area_of(engagement, focus_area)
    if parent and parent.engagement_id != engagement.pk:
        raise Refused("A part belongs to a recommendation of the same challenge.")
    if position is None:
        position = (engagement.recommendations.aggregate(last=Max("position"))["last"] or 0) + 1
    elif engagement.recommendations.filter(position=position).exists():
        raise Refused(f"There is a recommendation in place {position} already.")
    recommendation = Recommendation(
        engagement=engagement,
        position=position,
        ref=ref.strip(),
        slug=free_slug(engagement, ref, position),
        tier=tier,
        text=text.strip(),
        focus_area=focus_area,
        theme=theme,
        parent=parent,
    )
    recommendation.full_clean()
    recommendation.save()
    return recommendation


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation out of a list, as from a council's plan. `parent` is the place of its parent in the list."""

    text: str
    ref: str = ""
    tier: str = Recommendation.Tier.KEY
    focus_area: FocusArea | None = None
    theme: str = ""
    parent: Recommendation | int | None = None


@operation("wrote recommendations")
def write_recommendations(
    engagement: Engagement, wanted: Sequence[NewRecommendation], *, by: "User | None"
) -> list[Recommendation]:
    """Add drafts after those there are, in their order: as `write_recommendation`, in a fixed number of statements."""
    lock(engagement)
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled.")
    position = engagement.recommendations.aggregate(last=Max("position"))["last"] or 0
    taken = set(engagement.recommendations.values_list("slug", flat=True))
    written = []
    for place, entry in enumerate(wanted, start=1):
        if not entry.text.strip():
            raise Refused("Write the recommendation.")
        ensure_area_of(engagement, entry.focus_area)
        slug = first_free(slug_of(entry.ref) or str(position + place), taken)
        taken.add(slug)
        recommendation = Recommendation(
            engagement=engagement,
            position=position + place,
            ref=entry.ref.strip(),
            slug=slug,
            tier=entry.tier,
            text=entry.text.strip(),
            focus_area=entry.focus_area,
            theme=entry.theme,
            parent=entry.parent if isinstance(entry.parent, Recommendation) else None,
        )
        recommendation.clean_fields(exclude=["engagement", "focus_area", "parent"])
        written.append(recommendation)
    Recommendation.objects.bulk_create(written)
    parts = [(part, entry.parent) for part, entry in zip(written, wanted, strict=True) if isinstance(entry.parent, int)]
    for part, parent in parts:
        part.parent = written[parent]
    Recommendation.objects.bulk_update([part for part, _ in parts], ["parent"])
    return written


def ensure_area_of(engagement: Engagement, focus_area: FocusArea | None) -> None:
    if focus_area and focus_area.engagement_id != engagement.pk:
        raise Refused("Choose a focus area of this challenge.")


def slug_of(ref: str) -> str:
    """3(a) becomes 3-a, R1 becomes r1, 2.1 becomes 2-1."""
    return slugify("".join(letter if letter.isalnum() else " " for letter in ref))[:50]


def free_slug(engagement: Engagement, ref: str, position: int, but: Recommendation | None = None) -> str:
    """The reference as an address, with -2, -3 and so on where a report uses one twice; the place where it has none."""
    others = engagement.recommendations.exclude(pk=but.pk) if but else engagement.recommendations.all()
    taken = set(others.values_list("slug", flat=True))
    return first_free(slug_of(ref) or str(position), taken)


def first_free(wanted: str, taken: Container[str]) -> str:
    address, number = wanted, 1
    while address in taken:
        number += 1
        address = f"{wanted}-{number}"
    return address


@operation("changed the draft of {recommendation}")
def change_recommendation(
    recommendation: Recommendation,
    *,
    version: int | None = None,
    text: str,
    ref: str = "",
    tier: str = Recommendation.Tier.KEY,
    focus_area: FocusArea | None = None,
    theme: str = "",
    by: "User | None",
) -> Recommendation:
    """Change a draft. Once final the words stay, and the database refuses a change as well."""
    lock(recommendation)
    if recommendation.is_final:
        raise Refused(FIXED)
    ensure_current(
        recommendation, version, theirs=[("Recommendation", recommendation.text)], yours=[("Recommendation", text)]
    )
    if not text.strip():
        raise Refused("Write the recommendation.")
    ensure_area_of(recommendation.engagement, focus_area)
    recommendation.slug = free_slug(recommendation.engagement, ref, recommendation.position, but=recommendation)
    recommendation.ref = ref.strip()
    recommendation.tier = tier
    recommendation.text = text.strip()
    recommendation.focus_area = focus_area
    recommendation.theme = theme
    recommendation.version += 1
    recommendation.full_clean()
    recommendation.save()
    return recommendation


@operation("removed the draft of {recommendation}")
def remove_recommendation(recommendation: Recommendation, *, version: int | None = None, by: "User | None") -> None:
    """Take a draft out. A final recommendation stays."""
    lock(recommendation)
    if recommendation.is_final:
        raise Refused(FIXED)
    ensure_current(
        recommendation, version, theirs=[("Recommendation", recommendation.text)], yours=[("Recommendation", "Removed")]
    )
    recommendation.delete()


@operation("made the recommendations final")
def make_final(engagement: Engagement, *, by: "User | None", today: dt.date | None = None) -> list[Recommendation]:
    """Fix the words of every recommendation of a challenge for good. Doing it again fixes those added since.

    `today` is left out where the day is not known, as when an older plan is brought in.
    """
    lock(engagement)
    if not engagement.recommendations.exists():
        raise Refused("Write the recommendations first.")
    drafts = list(engagement.recommendations.select_for_update().filter(is_final=False).order_by("position"))
    for recommendation in drafts:
        recommendation.is_final = True
        recommendation.final_on = today
        recommendation.version += 1
    Recommendation.objects.bulk_update(drafts, ["is_final", "final_on", "version"])
    return drafts
