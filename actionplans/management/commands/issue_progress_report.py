import datetime as dt
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from actionplans import jobs
from actionplans.models import CommitteeReport
from actionplans.operations import reports
from engagements.models import Engagement
from peerchallenge.access import Refused


class Command(BaseCommand):
    help = (
        "Freezes and issues a committee progress report and writes its PDF to a file. Running it again issues another."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ref", help="address of the challenge, such as northmoor-2024, or its reference")
        parser.add_argument("--committee", required=True, help="the committee it goes to")
        parser.add_argument("--meeting", required=True, help="day of the meeting, YYYY-MM-DD")
        parser.add_argument("--cut-off", required=True, dest="cut_off", help="day whose position it shows, YYYY-MM-DD")
        parser.add_argument("--output", required=True, help="file to write the PDF to")

    def handle(self, *args: Any, **options: Any) -> None:
        meeting_on, cut_off_on = _day(options["meeting"], "--meeting"), _day(options["cut_off"], "--cut-off")
        output = _writable(Path(options["output"]))
        engagement = _engagement(options["ref"])
        try:
            report = reports.start_report(
                engagement,
                committee=options["committee"],
                meeting_on=meeting_on,
                cut_off_on=cut_off_on,
                form_key=uuid.uuid4(),
                by=None,
                today=timezone.localdate(),
            )
            report = reports.ask_to_issue(report, version=report.version, by=None, now=timezone.now())
        except Refused as refused:
            raise _wrong(str(refused)) from refused
        jobs.make_report(report_id=report.pk)
        report = CommitteeReport.objects.select_related("file").get(pk=report.pk)
        if report.file is None:
            raise _wrong(report.fault or "The report is frozen, but its PDF is not made yet.")
        try:
            output.write_bytes(report.file.read())
        except OSError as fault:
            issued = f"Progress report {report.number} is issued and can be downloaded"
            raise _wrong(f"{issued}, but {output} could not be written: {fault.strerror}.") from fault
        self.stdout.write(f"Issued progress report {report.number} of {engagement} to {report.committee}: {output}")
        self.stdout.write(f"SHA-256 {report.file.sha256}")


def _wrong(words: str) -> CommandError:
    return CommandError(words, returncode=2)


def _day(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as fault:
        raise _wrong(f"{option} must be a real day written as YYYY-MM-DD, not “{text}”.") from fault


def _writable(output: Path) -> Path:
    """The file, once it is sure that it can be written: nothing is issued for a file that cannot be."""
    if output.is_dir():
        raise _wrong(f"{output} is a folder. Name a file.")
    is_new = not output.exists()
    try:
        with output.open("ab"):
            pass
    except OSError as fault:
        raise _wrong(f"{output} cannot be written: {fault.strerror}.") from fault
    if is_new:
        output.unlink()
    return output


def _engagement(ref: str) -> Engagement:
    found = Engagement.objects.select_related("council", "type").filter(Q(slug=ref) | Q(reference__iexact=ref)).first()
    if found is None:
        raise _wrong(f"There is no challenge with the address or reference “{ref}”.")
    return found
