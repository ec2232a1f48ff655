"""Brings the database and the static files to the state this release needs, then prints the sign-ins.

Everything here may be done again: what is there already is left as it is.
"""

import argparse
import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from peerchallenge.runner.progress import Progress


def main() -> int:
    parser = argparse.ArgumentParser(prog="prepare")
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--after-step", type=int, default=0)
    parser.add_argument("--steps", type=int, default=4)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")
    django.setup()
    progress = Progress(after_step=arguments.after_step, steps=arguments.steps)
    Path(settings.FILES_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with progress.step("Tables") as step:
            step.already_there = not migrate()
        with progress.step("Static files") as step:
            step.already_there = not collect_static_files()
        with progress.step("Reference data"):
            command("load_reference")
        with progress.step("Demonstration") as step:
            step.already_there = arguments.no_demo or not load_demonstration()
    except (CommandError, DatabaseError) as error:
        print(str(error).strip() or type(error).__name__, file=sys.stderr)
        return 1
    if not arguments.no_demo:
        print(flush=True)
        command("demo_sign_ins", shown=True)
    return 0


def migrate() -> bool:
    """Apply what is missing. True when something was."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    table = getattr(caches["default"], "_table", None)
    if table and table not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
        return True
    return bool(pending)


def collect_static_files() -> bool:
    """Copy the static files where the web server reads them. True when they had changed."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    folders += [Path(app.path) / "static" for app in apps.get_app_configs()]
    made_from = hashlib.sha256()
    for path in sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()):
        facts = path.stat()
        made_from.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    note = Path(settings.STATIC_ROOT).with_name(f"{Path(settings.STATIC_ROOT).name}-made-from")
    there = Path(settings.STATIC_ROOT, "staticfiles.json").exists()
    if there and note.exists() and note.read_text() == made_from.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    note.write_text(made_from.hexdigest())
    return True


def load_demonstration() -> bool:
    """The demonstration goes into an empty service only, all of it or nothing. True when it was loaded."""
    if get_user_model()._base_manager.exists():
        return False
    with transaction.atomic():
        command("load_demo")
    return True


def command(name: str, *, shown: bool = False) -> None:
    """Run one of our commands, quietly unless `shown`."""
    if name not in get_commands():
        raise CommandError(f"This release has no command {name}.")
    call_command(name, stdout=sys.stdout if shown else StringIO())


if __name__ == "__main__":
    sys.exit(main())
