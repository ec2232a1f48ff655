"""Two councils with the same things in them, so that every page can be asked for at one's own and at the other's."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from actionplans.jobs import make_report
from actionplans.operations import imports, reports
from engagements.models import Post
from engagements.operations import challenges, recommendations, stages
from engagements.stages import Stage
from peerchallenge.accounts.operations import invitations
from peerchallenge.notices.letters import unseal
from peerchallenge.notices.models import Letter
from tests.cast import Cast
from tests.world import Challenge

NOW = dt.datetime(2024, 10, 14, 8, 0, tzinfo=dt.UTC)
TODAY = dt.date(2024, 10, 14)


@dataclass(frozen=True)
class Place:
    """One council's things. A row of the table picks what its page is about."""

    challenge: Challenge
    being_written: Any  # a second challenge, whose recommendations are still drafts
    draft: Any  # a recommendation of it
    post: Any
    council_role: Any
    peer: Any
    draft_report: Any
    issued_report: Any
    plan_import: Any
    person: Any
    invitation: Any
    letter: Any
    token: str

    @property
    def slug(self) -> str:
        return str(self.challenge.engagement.slug)

    @property
    def action(self) -> Any:
        return self.challenge.actions["1.1"]

    @property
    def recommendation(self) -> Any:
        return self.challenge.recommendations["1"]


def furnish(
    challenge: Challenge, kind: Any, cast: Cast, *, coordinator: Any, manager: Any, lead: Any, mark: str
) -> Place:
    """Add to a challenge one of everything that has a page."""
    drafting = challenges.start_challenge(
        challenge.council,
        type=kind,
        slug=f"{challenge.council.slug}-2025",
        manager=manager,
        visit_starts_on=dt.date(2024, 10, 1),
        visit_ends_on=dt.date(2024, 10, 3),
        by=None,
        today=dt.date(2024, 1, 5),
    )
    challenges.add_peer(drafting, user=lead, role="lead", accepted_on=dt.date(2024, 8, 1), by=None)
    stages.bring_in(drafting, at=Stage.DRAFTING, why="Set up for a test", by=manager, today=TODAY)
    drafting.refresh_from_db()
    draft = recommendations.write_recommendation(drafting, text=f"Think again{mark}", ref="1", by=manager)
    invitation = invitations.invite(
        f"new@{challenge.council.slug}.example",
        name=f"Nia Rees{mark}",
        role="council_reader",
        role_words=f"Reader{mark}",
        scope_id=challenge.council.pk,
        by=cast.olu,
        now=NOW,
    )
    letter = Letter.objects.get(key=f"invitation:{invitation.pk}")
    return Place(
        challenge=challenge,
        being_written=drafting,
        draft=draft,
        post=Post.objects.get(council=challenge.council, title="Chief Executive"),
        council_role=challenge.council.roles.get(user=coordinator, role="coordinator"),
        peer=challenge.engagement.peers.get(user=lead),
        draft_report=begin(challenge, coordinator, mark, meeting_on=dt.date(2025, 1, 15)),
        issued_report=issue(begin(challenge, coordinator, mark, meeting_on=dt.date(2024, 11, 6)), coordinator),
        plan_import=imports.start_import(
            challenge.engagement,
            content=PASTED.format(mark=mark).encode(),
            name=f"plan{mark}.html",
            content_type="text/html",
            by=coordinator,
            now=NOW,
        ),
        person=coordinator,
        invitation=invitation,
        letter=letter,
        token=unseal(letter.sealed).partition("/invitation/")[2].partition("/")[0],
    )


PASTED = """<table><tr><th>Ref</th><th>Recommendation</th><th>Action</th><th>Owner</th><th>Timescale</th><th>Status</th></tr>
<tr><td>1</td><td>Say in one page what the borough should be</td><td>Print the page{mark}</td><td>Chief Executive</td>
<td>Dec 24</td><td>In progress</td></tr></table>"""


def begin(challenge: Challenge, coordinator: Any, mark: str, *, meeting_on: dt.date) -> Any:
    return reports.start_report(
        challenge.engagement,
        committee=f"Finance and Resources Committee{mark}",
        meeting_on=meeting_on,
        cut_off_on=TODAY,
        form_key=uuid.uuid4(),
        by=coordinator,
        today=TODAY,
    )


def issue(report: Any, coordinator: Any) -> Any:
    reports.ask_to_issue(report, version=report.version, by=coordinator, now=NOW)
    make_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == "issued", report.fault
    return report
