"""The one function that moves a challenge to another stage."""

import datetime as dt
from typing import TYPE_CHECKING

from engagements.conditions import conditions_of, read_facts
from engagements.models import Engagement, StageMove
from engagements.operations.locking import lock
from engagements.operations.recommendations import make_final
from engagements.stages import STAGE_WORDS, Stage, Standing, is_from, next_move
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@operation("moved the challenge to {result}")
def move(engagement: Engagement, *, to: str, why: str = "", by: "User | None", today: dt.date) -> StageMove:
    """Take a challenge to its next stage.

    What is missing is a warning: with `why` the move goes ahead and the reason is kept. The two hard conditions
    refuse whatever is said. Making the report final makes its recommendations final.
    """
    lock(engagement)
    if engagement.standing != Standing.ACTIVE:
        raise Refused(REFUSED_STANDING[engagement.standing])
    step = next_move(engagement.stage)
    if step is None:
        raise Refused("This challenge is closed.")
    if to != step.target:
        now, following = STAGE_WORDS[engagement.stage].lga, STAGE_WORDS[step.target].lga
        raise Refused(f"From “{now}” a challenge moves to “{following}” only.")
    missing = [
        condition for condition in conditions_of(step.conditions, read_facts(engagement, today)) if not condition.is_met
    ]
    for condition in missing:
        if condition.is_hard:
            raise Refused(f"{condition.sentence} first. {condition.detail}.")
    if missing and not why.strip():
        raise Refused(
            f"Say why it moves on although this is missing: {missing[0].sentence[0].lower()}{missing[0].sentence[1:]}."
        )
    moved = StageMove(
        engagement=engagement,
        source=engagement.stage,
        target=step.target,
        missing=[condition.code for condition in missing],
        why=why.strip(),
        moved_on=today,
        moved_by=by,
    )
    moved.full_clean(exclude=["moved_by"])
    moved.save()
    engagement.stage = step.target
    engagement.version += 1
    engagement.save()
    if step.target == Stage.FINAL:
        make_final(engagement, by=by, today=today)
    return moved


@operation("brought the challenge in at {result}")
def bring_in(engagement: Engagement, *, at: str, why: str, by: "User | None", today: dt.date) -> StageMove:
    """Put a challenge that began before this service at the stage it is in, in one step and with the reason.

    Only a challenge that has not moved here yet can be brought in. From the final report on its recommendations are final.
    """
    lock(engagement)
    if engagement.stage != Stage.ASKED or engagement.stage_moves.exists():
        raise Refused("This challenge has moved here already. Move it on step by step.")
    if engagement.standing != Standing.ACTIVE:
        raise Refused(REFUSED_STANDING[engagement.standing])
    if at not in Stage.values or at == Stage.ASKED:
        raise Refused("Choose the stage the challenge is in.")
    if not why.strip():
        raise Refused("Say why it does not start at the beginning.")
    moved = StageMove(
        engagement=engagement,
        source=engagement.stage,
        target=at,
        missing=["brought_in"],
        why=why,
        moved_on=today,
        moved_by=by,
    )
    moved.full_clean(exclude=["moved_by"])
    moved.save()
    engagement.stage = at
    engagement.version += 1
    engagement.save()
    if is_from(at, Stage.FINAL) and engagement.recommendations.exists():
        make_final(engagement, by=by)
    return moved


REFUSED_STANDING: dict[str, str] = {
    Standing.POSTPONED: "The visit is postponed. Set a new date first.",
    Standing.CANCELLED: "This challenge is cancelled.",
}
