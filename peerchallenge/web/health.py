"""Two questions a machine may ask: is the process alive, and can the service do its work."""

import datetime as dt
import logging

import psycopg
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peerchallenge.access import allow_anyone

log = logging.getLogger(__name__)

# The worker writes every second that it is there (PROCRASTINATE_WORKER_DEFAULTS).
WORKER_MAY_BE_SILENT = dt.timedelta(seconds=4.5)
DATABASE_MUST_ANSWER_SECONDS = 2

_migrations_are_applied = False


def plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


@allow_anyone
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers. Asks nothing of the database."""
    return plain("ok", 200)


@allow_anyone
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, its migrations are applied and a worker was seen lately; else 503.

    The reason is for the log, not for whoever asks.
    """
    fault = what_is_missing()
    if fault:
        log.warning("Not ready: %s", fault)
        return plain("not ready", 503)
    return plain("ready", 200)


def what_is_missing() -> str:
    """The first thing that keeps the service from its work, in words; empty when nothing does."""
    if not _database_answers():
        return "the database does not answer"
    try:
        if not _migrations_applied():
            return "migrations are not applied"
        return _worker_fault()
    except DatabaseError:
        return "the database refused a question"


def _database_answers() -> bool:
    """Ask on a connection of its own with a short limit: the pooled one may wait longer than a probe does."""
    parameters = {
        **connections["default"].get_connection_params(),
        "connect_timeout": DATABASE_MUST_ANSWER_SECONDS,
        "options": f"-c statement_timeout={DATABASE_MUST_ANSWER_SECONDS}s",
    }
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    try:
        with psycopg.connect(**parameters) as probe:
            probe.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def _migrations_applied() -> bool:
    """Asked until the answer is yes: a running process never sees a migration taken back."""
    global _migrations_are_applied
    if not _migrations_are_applied:
        executor = MigrationExecutor(connection)
        _migrations_are_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrations_are_applied


def _worker_fault() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        (silent,) = cursor.fetchone() or (None,)
    if silent is None:
        return "no job worker is running"
    return f"the job worker was last seen {silent} ago" if silent > WORKER_MAY_BE_SILENT else ""
