"""What must be right around the service before it can work: `manage.py check` says it in sentences."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 Django's own names
from django.db import connections

from peerchallenge.runner import libraries

OLDEST_POSTGRESQL = 15
STYLE_SHEET = "build/app.css"
Apps = Sequence[AppConfig] | None


@register()
def pdf_libraries_load(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    missing = libraries.missing()
    if not missing:
        return []
    return [
        Error(
            f"PDF files cannot be made: {', '.join(missing)} cannot be loaded.",
            hint="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            id="peerchallenge.E001",
        )
    ]


@register(Tags.database)
def database_is_new_enough(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            (version,) = cursor.fetchone() or (0,)
        if version < OLDEST_POSTGRESQL:
            sentence = f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed; the database “{alias}” is {version}."
            messages.append(Error(sentence, id="peerchallenge.E002"))
    return messages


@register()
def files_can_be_kept(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    folder = Path(settings.FILES_ROOT)
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"Uploaded and issued files cannot be kept: {folder} cannot be written.",
            hint="Give the folder to the user the service runs as, or name another one in FILES_ROOT.",
            id="peerchallenge.E003",
        )
    ]


@register()
def styles_are_built(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if finders.find(STYLE_SHEET):
        return []
    return [
        Warning(
            "The pages have no styles: static/build is missing.",
            hint="Run bin/run, or npm ci and npm run build.",
            id="peerchallenge.W004",
        )
    ]


@register(deploy=True)
def static_files_are_collected(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        return []
    return [
        Error(
            f"The static files are not collected in {settings.STATIC_ROOT}.",
            hint="Run manage.py collectstatic.",
            id="peerchallenge.E005",
        )
    ]
