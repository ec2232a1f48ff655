"""The system checks say in sentences what is wrong around the service."""

from pathlib import Path

import pytest
from pytest_django import Settings

from peerchallenge import checks
from peerchallenge.runner import libraries


def test_a_library_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.pdf_libraries_load(None) == []
    monkeypatch.setitem(libraries.LIBRARIES, "Quill", ("libquill.so.0",))

    (message,) = checks.pdf_libraries_load(None)

    assert message.msg == "PDF files cannot be made: Quill cannot be loaded."


def test_files_need_a_folder_that_can_be_written(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "not" / "yet" / "made"
    assert checks.files_can_be_kept(None) == []
    (tmp_path / "a-file").touch()
    settings.FILES_ROOT = tmp_path / "a-file" / "files"

    (message,) = checks.files_can_be_kept(None)

    assert message.msg == f"Uploaded and issued files cannot be kept: {settings.FILES_ROOT} cannot be written."


def test_static_files_must_be_collected_in_production(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path

    (message,) = checks.static_files_are_collected(None)
    (tmp_path / "staticfiles.json").write_text("{}")

    assert message.msg == f"The static files are not collected in {tmp_path}."
    assert checks.static_files_are_collected(None) == []


@pytest.mark.django_db
def test_the_database_of_the_tests_is_new_enough() -> None:
    assert checks.database_is_new_enough(None, databases=["default"]) == []


@pytest.mark.django_db
def test_an_older_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 99)

    (message,) = checks.database_is_new_enough(None, databases=["default"])

    assert message.msg.startswith("PostgreSQL 99 or newer is needed; the database “default” is ")
