"""From the council’s Word file to the committee’s PDF, and back out for somebody of another council."""

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any

import page as validation
import pytest
from django.utils import timezone
from pypdf import PdfReader

from actionplans.models import Action, CommitteeReport
from tests.imports.files import word_file
from tests.journeys.conftest import WITHOUT_AND_WITH, Reader

pytestmark = [pytest.mark.django_db(transaction=True), WITHOUT_AND_WITH]


def test_a_plan_is_brought_in_updated_and_reported(
    reader: Reader, northmoor: Any, cast: Any, work: Any, tmp_path: Path, client: Any
) -> None:
    slug = northmoor.engagement.slug
    file = tmp_path / "our plan.docx"
    file.write_bytes(word_file())

    # The coordinator brings the plan in.
    reader.signs_in(cast.carys)
    reader.opens(f"/challenges/{slug}/plan/import/")
    reader.page.get_by_label("Choose the file").set_input_files(file)
    reader.presses("Read it")
    reader.page.get_by_label("What “Half done” means").select_option("in_progress")
    reader.presses("Check the rows")
    assert reader.sees("words left out")
    reader.presses("Add 2")
    assert reader.sees("our plan.docx")
    reader.follows("See the plan")
    assert reader.sees("Mend the town hall’s roof — tŷ newydd")
    roof = Action.objects.get(recommendation__ref="4", engagement=northmoor.engagement)
    reader.opens(roof.get_absolute_url())
    reader.signs_out()

    # An owner says where an action is.
    reader.signs_in(cast.owen)
    reader.opens("/my-actions/")
    reader.opens(reader.page.locator('main a[href$="/update/"]').first.get_attribute("href") or "")
    assert reader.sees("What you said last time") or reader.sees("What has happened")
    reader.page.locator("textarea[name=done]").fill("The page hangs in every building.")
    reader.page.locator("textarea[name=next]").fill("Nothing more is planned.")
    reader.page.get_by_role("radio", name="Complete", exact=True).check()
    reader.page.locator("textarea[name=shown_by]").fill("Photographs of all four buildings")
    reader.presses("Save and")
    updated = Action.objects.get(updates__done="The page hangs in every building.")
    assert updated.status == "complete"
    reader.signs_out()

    # The coordinator reports to committee.
    reader.signs_in(cast.carys)
    reader.opens(f"/challenges/{slug}/plan/reports/new/")
    today = timezone.localdate()
    meeting = today + dt.timedelta(days=20)
    if reader.page.get_by_label("Another committee").count():
        reader.page.get_by_label("Another committee").check()
    reader.page.locator("input[name=other_committee]").fill("Finance and Resources Committee")
    reader.page.locator("input[name=meeting_on]").fill(f"{meeting:%-d/%-m/%Y}")
    reader.page.locator("input[name=cut_off_on]").fill(f"{today:%-d/%-m/%Y}")
    reader.presses("Continue")
    report = CommitteeReport.objects.get()
    reader.opens(f"{report.get_absolute_url()}items/")
    reader.opens(f"{report.get_absolute_url()}words/")
    reader.page.locator("input[name=report_of]").fill("Chief Executive")
    reader.presses("Save")
    reader.opens(f"{report.get_absolute_url()}freeze/")
    reader.presses("Freeze")
    work()
    reader.opens(report.get_absolute_url())
    report.refresh_from_db()
    assert report.state == "issued"
    paper = reader.downloads("PDF")
    content = Path(paper.path()).read_bytes()
    assert paper.suggested_filename == f"{slug}-progress-report-{report.slug}.pdf"
    assert hashlib.sha256(content).hexdigest() == report.file.sha256
    assert validation.validate_pdf(str(paper.path()), profile=validation.ValidationProfile.PDF_UA_1).is_compliant
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert "The page hangs in every building." in words
    assert "Mend the town hall’s roof" in words

    # Somebody of another council sees none of it.
    client.force_login(cast.sam)
    for address in (
        report.get_absolute_url(),
        report.get_absolute_url().rstrip("/") + ".pdf",
        roof.get_absolute_url(),
        f"/challenges/{slug}/plan/",
        f"/challenges/{slug}/",
        f"/challenges/{slug}/plan/import/",
    ):
        assert client.get(address).status_code == 404
