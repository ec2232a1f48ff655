"""Fill a database of its own with invented rows for benchmarks. The service's own database is not touched."""

import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pgtrigger
import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from psycopg import sql

SEEDS = Path(__file__).resolve().parents[2] / "demonstration" / "scale.sql"
PASSWORD = "peer-challenge-demo"  # noqa: S105  # of invented people in a database for benchmarks


class Command(BaseCommand):
    help = "Make invented councils and actions in bulk, in a database named <database>_scale, for bin/bench."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--councils", type=int, default=400)
        parser.add_argument("--actions", type=int, default=100_000)
        parser.add_argument("--database", default="", help="the database to fill; it is emptied first")

    def handle(self, *args: Any, **options: Any) -> None:
        councils, actions = options["councils"], options["actions"]
        if councils < 1 or actions < councils:
            raise CommandError("Ask for at least one council, and at least one action for each.")
        own = connection.settings_dict["NAME"]
        name = options["database"] or f"{own}_scale"
        if name == own:
            raise CommandError("The service's own database is not for benchmarks. Choose another name.")
        self.started = time.monotonic()
        self.recreate(name)
        self.say(f"{name}: tables")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference", verbosity=0, stdout=StringIO())
        self.say(f"{name}: {councils:,} councils and {actions:,} actions")
        self.fill(councils, actions)
        self.say(f"{name}: ready. DATABASE_URL is the service's with {name} as its name")

    def say(self, words: str) -> None:
        self.stdout.write(f"  {time.monotonic() - self.started:5.1f} s  {words}")
        sys.stdout.flush()

    def recreate(self, name: str) -> None:
        """Make the database anew and go on with it in this process."""
        connection.ensure_connection()
        parameters = {key: value for key, value in connection.get_connection_params().items() if key in CONNECTING}
        connection.close()
        with psycopg.connect(**parameters, autocommit=True) as direct:
            direct.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            direct.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        connection.settings_dict["NAME"] = name

    def fill(self, councils: int, actions: int) -> None:
        from django.contrib.auth.hashers import make_password

        with pgtrigger.ignore(), connection.cursor() as cursor:  # rows without history, for speed
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(
                "SELECT set_config('seed.councils', %s, false), set_config('seed.actions', %s, false)",
                [str(councils), str(actions)],
            )
            cursor.execute("SELECT set_config('seed.password', %s, false)", [make_password(PASSWORD)])
            for statement in SEEDS.read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    cursor.execute(statement.replace("%", "%%"), [])  # a bare % would be taken for a parameter
            cursor.execute("ANALYZE")


CONNECTING = {"dbname", "user", "password", "host", "port"}
