"""Short names for what the tests of reports do: an update, a report begun, frozen and issued."""

import datetime as dt
import io
import uuid
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

from actionplans import jobs
from actionplans.models import Action, CommitteeReport
from actionplans.operations import reports, updates
from actionplans.report_content import ProgressReport, from_dict
from engagements.models import Engagement
from tests.cast import Cast

COMMITTEE = "Finance and Resources Committee"
SEPTEMBER = dt.date(2024, 9, 4)
FIRST_CUT_OFF = dt.date(2024, 8, 23)
NOVEMBER = dt.date(2024, 11, 6)
CUT_OFF = dt.date(2024, 10, 25)


@dataclass
class Desk:
    """The coordinator's desk at Northmoor."""

    engagement: Engagement
    cast: Cast

    def update(self, ref: str, on: dt.date, **said: Any) -> None:
        action = Action.objects.get(engagement=self.engagement, ref=ref)
        said = {"status": action.status, "done": f"Said about {ref} on {on}", **said}
        updates.update_action(
            action, version=action.version, form_key=uuid.uuid4(), by=self.cast.carys, today=on, **said
        )

    def begin(self, meeting_on: dt.date = NOVEMBER, cut_off_on: dt.date = CUT_OFF, **other: Any) -> CommitteeReport:
        arrangement = {"committee": COMMITTEE, "form_key": uuid.uuid4(), **other}
        return reports.start_report(
            self.engagement,
            meeting_on=meeting_on,
            cut_off_on=cut_off_on,
            by=self.cast.carys,
            today=cut_off_on,
            **arrangement,
        )

    def freeze(self, report: CommitteeReport) -> CommitteeReport:
        now = dt.datetime.combine(report.cut_off_on + dt.timedelta(days=3), dt.time(9), dt.UTC)
        return reports.ask_to_issue(report, version=report.version, by=self.cast.carys, now=now)

    def issue(self, meeting_on: dt.date = NOVEMBER, cut_off_on: dt.date = CUT_OFF, **words: str) -> CommitteeReport:
        """Begin, write, freeze and issue a report, as its pages and its job do."""
        report = self.begin(meeting_on, cut_off_on)
        if words:
            report = reports.write_words(
                report, words={**report.words, **words}, version=report.version, by=self.cast.carys
            )
        self.freeze(report)
        jobs.make_report(report_id=report.pk)
        return self.again(report)

    def again(self, report: CommitteeReport) -> CommitteeReport:
        return CommitteeReport.objects.select_related("file", "engagement__council", "engagement__type").get(
            pk=report.pk
        )


def content_of(report: CommitteeReport) -> ProgressReport:
    return from_dict(ProgressReport, report.frozen)


def sheets_of(pdf: bytes) -> list[str]:
    """The words on each page of a PDF."""
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]
