"""A stored file stays what it was, and goes only to the person who asked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from peerchallenge.documents.downloads import file_response, safe_name
from peerchallenge.documents.faults import FileFault
from peerchallenge.documents.models import StoredFile

NOW = datetime(2024, 11, 6, 9, 0, tzinfo=UTC)
PDF = "application/pdf"


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "peerchallenge.documents.storage.PrivateFileStorage",
            "OPTIONS": {"location": str(tmp_path), "file_permissions_mode": 0o600},
        },
    }
    return tmp_path


@pytest.fixture
def stored(db, folder: Path) -> StoredFile:
    return StoredFile.objects.keep(b"%PDF-1.7 one", name="report.pdf", content_type=PDF, by=None, now=NOW)


def test_the_same_content_is_kept_once_and_privately(stored: StoredFile, folder: Path) -> None:
    again = StoredFile.objects.keep(b"%PDF-1.7 one", name="copy.pdf", content_type=PDF, by=None, now=NOW)

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert again.pk != stored.pk
    assert [path.name for path in files] == [stored.sha256]
    assert oct(files[0].stat().st_mode & 0o777) == "0o600"
    assert stored.read() == b"%PDF-1.7 one"


def test_the_database_refuses_to_change_or_delete_a_stored_file(stored: StoredFile) -> None:
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(original_name="other.pdf")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).delete()

    assert StoredFile.objects.get().original_name == "report.pdf"


def test_a_file_that_was_changed_on_disk_is_refused_and_mended_by_storing_it_again(
    stored: StoredFile, folder: Path
) -> None:
    (folder / stored.place).write_bytes(b"%PDF-1.7 two")

    with pytest.raises(FileFault, match="not the file that was stored"):
        file_response(stored, name="report.pdf")

    StoredFile.objects.keep(b"%PDF-1.7 one", name="report.pdf", content_type=PDF, by=None, now=NOW)
    assert stored.read() == b"%PDF-1.7 one"


def test_a_missing_file_is_said_to_be_missing(stored: StoredFile, folder: Path) -> None:
    (folder / stored.place).unlink()

    with pytest.raises(FileFault, match="is missing"):
        file_response(stored, name="report.pdf")


def test_a_failed_write_leaves_nothing_behind(db, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("peerchallenge.documents.storage.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        StoredFile.objects.keep(b"content", name="a.txt", content_type="text/plain", by=None, now=NOW)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


def test_a_download_is_for_one_reader_and_for_now(stored: StoredFile) -> None:
    response = file_response(stored, name="northmoor-2024-progress-report-2024-11-06.pdf", inline=True)

    assert response.content == b"%PDF-1.7 one"
    headers = {name: value for name, value in response.items() if name != "Content-Security-Policy"}
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="northmoor-2024-progress-report-2024-11-06.pdf"',
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Vary": "Cookie",
    }
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_only_a_pdf_is_shown_in_the_browser(db, folder: Path) -> None:
    page = StoredFile.objects.keep(b"<script>", name="a.html", content_type="text/html", by=None, now=NOW)

    response = file_response(page, name="Cynllun gŵyl.html", inline=True)

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Cynllun%20g%C5%B5yl.html"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\plan.docx", "plan.docx"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("...", "file"),
    ],
)
def test_a_name_cannot_carry_folders_headers_or_tricks(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_private_file_has_no_address(folder: Path) -> None:
    with pytest.raises(ValueError, match="no address"):
        storages["default"].url("ab/cd")
