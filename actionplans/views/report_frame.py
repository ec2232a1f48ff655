"""Where a page of a report stands: its address, its breadcrumbs, its step, and how far its PDF is."""

from typing import TYPE_CHECKING

from django.urls import reverse

from actionplans.models import CommitteeReport
from actionplans.views.frame import plan_crumbs
from engagements.models import Engagement
from peerchallenge.web.parts import Link, Step

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def address_of(name: str, report: CommitteeReport) -> str:
    return reverse(f"actionplans:{name}", args=[report.engagement.slug, report.slug])


def report_crumbs(engagement: Engagement, user: "User") -> list[Link]:
    reports_of = Link("Committee reports", reverse("actionplans:reports", args=[engagement.slug]))
    return [*plan_crumbs(engagement, user), reports_of]


def steps_of(report: CommitteeReport | None, current: int) -> list[Step]:
    """Items, words, freeze; links to the others once the report is there."""
    pages = (
        ("The meeting and the actions", "report_items"),
        ("The words", "report_words"),
        ("Freeze", "report_freeze"),
    )
    return [
        Step(label, address_of(name, report) if report and place != current else "", place == current)
        for place, (label, name) in enumerate(pages, start=1)
    ]


def steps_of_making(is_at_work: bool, *, frozen: bool) -> list[tuple[str, str]]:
    """The steps towards a PDF and which of them is done or is being done now."""
    first = "Freezing the words and the numbers" if frozen else "Asking for the PDF"
    return [
        (first, "done"),
        ("Waiting for its turn", "done" if is_at_work else "now"),
        ("Making the PDF and checking that everybody can read it", "now" if is_at_work else ""),
        ("Ready to download", ""),
    ]
