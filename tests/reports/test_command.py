"""manage.py issue_progress_report: the same operations as the pages, once more each time."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actionplans.models import CommitteeReport
from tests.reports.preparing import COMMITTEE, Desk

pytestmark = pytest.mark.django_db


def issue(ref: str, output: Path, **other: str) -> None:
    options = {"committee": COMMITTEE, "meeting": "2024-11-06", "cut_off": "2024-10-25", **other}
    call_command("issue_progress_report", ref, output=str(output), **options)


def test_it_writes_the_issued_file_and_says_its_digest(desk: Desk, tmp_path: Path, capsys) -> None:
    issue(desk.engagement.slug, tmp_path / "report.pdf")

    report = CommitteeReport.objects.get()
    content = (tmp_path / "report.pdf").read_bytes()
    assert report.state == CommitteeReport.State.ISSUED
    assert content == report.file.read()
    assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in capsys.readouterr().out


def test_running_it_twice_makes_two_issues_and_the_first_stays(desk: Desk, tmp_path: Path) -> None:
    issue(desk.engagement.reference.lower(), tmp_path / "first.pdf")
    first = (tmp_path / "first.pdf").read_bytes()

    issue(desk.engagement.slug, tmp_path / "second.pdf")

    reports = CommitteeReport.objects.order_by("number").select_related("file")
    assert [report.slug for report in reports] == ["2024-11-06", "2024-11-06-2"]
    assert reports[0].file.read() == first
    assert reports[1].file.read() == (tmp_path / "second.pdf").read_bytes()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ref": "nowhere-2024"}, "There is no challenge with the address or reference “nowhere-2024”."),
        ({"cut_off": "2024-11-07"}, "The cut-off must be the day of the meeting, 6 November 2024, or earlier"),
        ({"meeting": "6 November"}, "--meeting must be a real day written as YYYY-MM-DD, not “6 November”."),
        ({"committee": " "}, "Enter the committee that the report goes to"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_written(
    desk: Desk, tmp_path: Path, wrong: dict, words: str
) -> None:
    ref = wrong.pop("ref", desk.engagement.slug)

    with pytest.raises(CommandError) as said:
        issue(ref, tmp_path / "report.pdf", **wrong)

    assert str(said.value).replace("\N{NO-BREAK SPACE}", " ") == words
    assert said.value.returncode == 2
    assert not (tmp_path / "report.pdf").exists()
    assert CommitteeReport.objects.count() == 0


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_issued(desk: Desk, tmp_path: Path) -> None:
    for output in (tmp_path, tmp_path / "nowhere" / "report.pdf"):
        with pytest.raises(CommandError) as said:
            issue(desk.engagement.slug, output)
        assert said.value.returncode == 2

    assert CommitteeReport.objects.count() == 0
