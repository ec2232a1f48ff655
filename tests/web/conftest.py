"""Pages of our own parts, drawn without a database and looked at in a real browser."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from peerchallenge.web import navigation
from peerchallenge.web.navigation import NavigationItem

MENU = ["Home", "Challenges", "Peers", "Tasks", "Reports"]


@pytest.fixture(autouse=True)
def by_itself(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ground without the apps above it: its own addresses, a made-up navigation, static files as they lie."""
    settings.ROOT_URLCONF = "tests.web.addresses"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    items = [NavigationItem(label, f"/{label.lower()}/", count=5 * (label == "Tasks")) for label in MENU]
    monkeypatch.setattr(navigation, "_navigations", [lambda user, request: items])
    monkeypatch.setattr(navigation, "_organisations", [lambda user: "Northmoor"])


@pytest.fixture
def gallery(settings: LazySettings) -> None:
    """The trial pages of this folder."""
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}]
