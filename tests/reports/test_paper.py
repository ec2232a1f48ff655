"""The issued PDF: accessible, whole, with posts and no names of owners."""

import io

import page
import pikepdf
import pytest

from actionplans.operations import plan
from actionplans.operations.plan import OwnerEntry
from tests.reports.preparing import CUT_OFF, Desk, sheets_of

pytestmark = pytest.mark.django_db
LONG = "We will look at every building, one after the other, and write down what we find. " * 20


def text_of(pdf: bytes) -> str:
    return " ".join(sheets_of(pdf))


def test_the_issued_pdf_can_be_read_by_everybody(desk: Desk) -> None:
    content = desk.issue().file.read()

    assert page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1).failures == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]).startswith(
            "Northmoor Borough Council: Corporate peer challenge: progress on the action plan"
        )
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root[0].children]
    assert titles[0] == "Recommendation to Finance and Resources Committee"
    assert titles[-1].startswith("Appendix A")


def test_the_headings_stand_in_the_council_order(desk: Desk) -> None:
    text = text_of(desk.issue().file.read())

    wanted = [
        "Report of", "Status", "Key decision", "Committee chair", "Contact officer", "Wards", "Position at",
        "Recommendation to Finance and Resources Committee", "Reason for recommendation", "At a glance",
        "Introduction and background", "Completed", "Overdue", "At risk or off track", "Other options considered and rejected",
        "Key implications", "Financial", "Legal implications", "Equality assessment", "Climate and environment", "Conclusions",
        "Appendices", "Background papers", "Appendix A: action plan at 25 October 2024",
    ]  # fmt: skip
    places = []
    for heading in wanted:
        places.append(text.index(heading, places[-1] if places else 0))
    assert places == sorted(places)


def test_no_word_is_cut_and_no_owner_is_named(desk: Desk) -> None:
    first = desk.engagement.recommendations.get(ref="1")
    plan.add_action(
        first, text=LONG, owners=(OwnerEntry("Head of Property & Estates (interim)", "accountable"),), timescale="Summer 2026",
        by=desk.cast.carys, today=CUT_OFF,
    )  # fmt: skip

    text = text_of(desk.issue().file.read())

    assert text.count("every building, one after the other") >= 1
    assert text.replace(" ", "").count("writedownwhatwefind.") >= 20
    assert "Owen Price" not in text
    assert "Summer 2026" in text


def test_every_page_says_which_it_is_of_how_many(desk: Desk) -> None:
    sheets = sheets_of(desk.issue().file.read())

    for number, text in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in text
        assert "Draft" not in text
