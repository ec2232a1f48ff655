"""The committee's PDF: the same for ever, readable by everybody, and nothing cut."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest

from actionplans.report_content import ActionPlanPaper, ProgressReport, from_dict, to_dict
from actionplans.report_paper import report_pdf
from actionplans.report_words import plan_context, report_context
from peerchallenge.documents.render import render_pdf
from tests.documents.northmoor import REPORT, report_of
from tests.documents.northmoor_plan import PLAN
from tests.documents.papers import bookmarks_of, elements_of, pages_of, words_of


@pytest.fixture(scope="module")
def issued() -> bytes:
    return report_pdf(REPORT)


def test_the_same_data_gives_the_same_bytes(issued: bytes) -> None:
    stored = json.loads(json.dumps(to_dict(REPORT)))

    again = from_dict(ProgressReport, stored)

    assert again == REPORT
    assert report_pdf(again) == issued


def test_stored_data_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Stored as ActionPlanPaper"):
        from_dict(ProgressReport, to_dict(PLAN))


@pytest.mark.parametrize("number", [0, 1, 9, 40])
def test_every_length_of_plan_is_accessible_and_complete(number: int) -> None:
    report = report_of(number)

    content = report_pdf(report)

    assert page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1).is_compliant
    words = words_of(content)
    assert [action.ref for action in report.actions if action.ref not in words] == []
    assert f"of {number} action" in words
    count = len(pages_of(content))
    assert [text for place, text in enumerate(pages_of(content), 1) if f"Page {place} of {count}" not in text] == []


def test_it_says_its_title_language_and_author_and_nothing_about_the_machine(issued: bytes) -> None:
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert dict(pdf.docinfo) == {
            "/Title": "Northmoor Borough Council: Corporate peer challenge: progress on the action plan, "
            "Finance and Resources Committee, 6\u00a0November 2024",
            "/Author": "Northmoor Borough Council",
            "/Creator": "Peer challenge",
            "/Producer": "Peer challenge",
            "/CreationDate": "D:20241028000000Z",
            "/ModDate": "D:20241028000000Z",
        }
        about = pdf.Root.Metadata.read_bytes().decode()
        assert "WeasyPrint" not in about
        assert "2024-10-28T00:00:00Z" in about
        assert all(annotation.get("/F") == 4 for sheet in pdf.pages for annotation in sheet.get("/Annots", []))
    assert issued.count(b"%%EOF") == 1


def test_its_bookmarks_are_its_headings(issued: bytes) -> None:
    assert bookmarks_of(issued) == [
        "Corporate peer challenge: progress on the action plan",
        "Recommendation to Finance and Resources Committee",
        "At a glance",
        "Introduction and background",
        "What has changed since 4\u00a0September 2024",
        "Completed",
        "More time asked for: decisions (b) and (c)",
        "Overdue",
        "At risk or off track",
        "Other changes of status",
        "Other options considered and rejected",
        "Key implications",
        "Financial",
        "Legal implications and risk assessment statement",
        "Equality assessment",
        "Climate and environment",
        "Conclusions",
        "Appendix A: action plan at 25\u00a0October 2024",
        *(f"{recommendation.ref}\u2002{recommendation.text}" for recommendation in REPORT.recommendations),
    ]


def test_heading_cells_come_first_and_say_what_they_head() -> None:
    content = report_pdf(report_of(40))

    cells = [element for element in elements_of(content) if element.kind in {"Table", "TH", "TD"}]
    assert {cell.scope for cell in cells if cell.kind == "TH"} == {"/Row", "/Column"}
    assert [cell for cell in cells if cell.kind == "TD" and not cell.headers] == []
    assert {cells[place + 1].kind for place, cell in enumerate(cells) if cell.kind == "Table"} == {"TH"}


def test_a_table_over_several_pages_is_one_table_with_one_head() -> None:
    content = report_pdf(report_of(40))

    kinds = [element.kind for element in elements_of(content)]
    assert kinds.count("Table") == kinds.count("THead") + 2  # the cover block and the end have no head
    assert kinds.count("Table") == 8
    assert sum("Latest position" in text for text in pages_of(content)) > 3


def test_the_one_figure_says_its_numbers_in_words(issued: bytes) -> None:
    figures = [element.alt for element in elements_of(issued) if element.kind == "Figure"]

    assert figures == [
        "14\u00a0actions at 25\u00a0October 2024: 5 complete, 6 in progress, 1 delayed, 1 not started and 1 ongoing"
    ]


def test_running_heads_and_feet_are_not_part_of_what_is_read(issued: bytes) -> None:
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        drawn = [sheet.Contents.read_bytes() for sheet in pdf.pages]

    assert [text.count(b"/Pagination") > 0 for text in drawn] == [True] * 5


def test_words_stand_in_reading_order(issued: bytes) -> None:
    words = words_of(issued)

    places = [
        words.index(text)
        for text in (
            "Northmoor Borough Council",
            "Agenda item 8",
            "Report of Chief Executive",
            "Status For decision",
            "Key decision No",
            "Committee chair Councillor Imran Begum",
            "Contact officer Carys Bevan, Policy and Performance Manager, 01632 960143",
            "That:",
            "a new date of November 2024 for action 4.1",
            "Reason for recommendation:",
            "At a glance",
            "Introduction and background",
            "Table 1. Actions completed since the last report",
            "Other options considered",
            "Priya Nair",
            "Ref Action Latest position Accountable Responsible Due Status",
            "Accepted in part. The Leader already chairs one of the regional boards.",
        )
    ]
    assert places == sorted(places)
    assert "25 days late" in words
    assert "first Oct 24, moved once" in words.replace("\u00a0", " ")


def test_a_draft_says_so_on_every_page_and_an_issued_report_on_none(issued: bytes) -> None:
    drafted = report_pdf(REPORT, draft=True)

    assert ["Draft, not for publication" in text for text in pages_of(drafted)] == [True] * 5
    assert "Draft, not" not in words_of(issued)


def test_a_first_report_of_a_quiet_plan_says_what_there_is_none_of() -> None:
    quiet = replace(report_of(0), last_report_on=None, previous_counts=(), decisions=(), for_decision=False)

    words = words_of(report_pdf(quiet))

    for sentence in (
        "Status For information",
        "No action was completed.",
        "No new date is asked for.",
        "No action is overdue.",
        "No action is at risk or off track.",
    ):
        assert sentence in words
    assert "Recommendation to" not in words


def test_the_action_plan_is_accessible_and_says_where_each_recommendation_begins() -> None:
    content = render_pdf(
        "documents/action_plan.html",
        plan_context(replace(PLAN, shows_measure=True, shows_resource=True)),
        title="Action plan, Northmoor Borough Council",
        produced_on=PLAN.produced_on,
    )

    words = words_of(content)
    assert "What changed since version 1" in words
    assert "Oct 24, now Dec 24" in words
    assert "Write down in one page what the council wants the borough to be in ten years, and use it 3" in words
    assert from_dict(ActionPlanPaper, to_dict(PLAN)) == PLAN


def test_overdue_completed_and_at_risk_are_worked_out_from_the_lines() -> None:
    tables = report_context(REPORT)["tables"]

    found = {name: [row.action.ref for row in table.rows] for name, table in tables.items()}
    assert found == {
        "completed": ["1.1"],
        "requests": ["4.1", "6.2"],
        "overdue": ["4.1", "8.1"],
        "at_stake": ["4.1", "4.2", "6.2", "8.1"],
        "changed": ["4.2", "5.1"],
    }
    assert [row.late for row in tables["overdue"].rows] == ["25\u00a0days late", "25\u00a0days late"]


def test_a_second_validator_finds_nothing_wrong(issued: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(issued)

    heard = subprocess.run(
        [Path(sys.executable).with_name("outloud"), "--fail-on", "warning", "report.pdf"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert heard.stdout.startswith("PASS")
    assert heard.returncode == 0
