"""Pages at 100,000 actions in 400 councils: queries, server time, requests per second with two gunicorn workers."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from peerchallenge.accounts.models import User

COUNCILS = 400
ACTIONS = 100_000
PORT = 8790
SECONDS = 8
CONNECTIONS = 8


def measure() -> Iterator[dict[str, object]]:
    """Seeds the database for benchmarks, then asks each page in this process and through the server."""
    call_command("seed_scale", councils=COUNCILS, actions=ACTIONS)
    pages = [
        (
            "plan, 25 rows",
            "coordinator7@scale.example",
            reverse("actionplans:plan", args=["scale-7-2026"]) + "?rows=25",
        ),
        ("plan, 100 rows", "coordinator7@scale.example", reverse("actionplans:plan", args=["scale-7-2026"])),
        ("my actions", "owner7@scale.example", reverse("actionplans:my_actions")),
        ("challenges", "office@scale.example", reverse("engagements:list")),
    ]
    sessions = {}
    for name, email, url in pages:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions[url] = client.cookies["sessionid"].value
        client.get(url)
        statements: list[str] = []
        with connection.execute_wrapper(counting(statements)):
            response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        times = []
        for _ in range(10):
            began = time.perf_counter()
            client.get(url)
            times.append((time.perf_counter() - began) * 1000)
        yield {
            "page": name,
            "status": response.status_code,
            "KB": round(len(response.content) / 1024, 1),
            "queries": len(statements),
            "server ms (median of 10)": round(median(times), 1),
        }
    with server():
        for name, _, url in pages:
            yield {"page": name, "requests per second": round(rate(url, sessions[url]), 1), "connections": CONNECTIONS}


def counting(statements: list[str]) -> Callable[..., Any]:
    """Keeps every statement that is sent."""

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    return keep


class server:  # noqa: N801  # used as a context manager
    """gunicorn with two workers on the database for benchmarks."""

    def __enter__(self) -> None:
        settings = connection.settings_dict
        base, _, _ = os.environ["DATABASE_URL"].partition("?")
        query = os.environ["DATABASE_URL"][len(base) :]
        url = base.rsplit("/", 1)[0] + "/" + settings["NAME"] + query
        environment = {**os.environ, "DATABASE_URL": url, "BIND": f"127.0.0.1:{PORT}", "WEB_WORKERS": "2"}
        command = [sys.executable, "-m", "gunicorn", "-c", "peerchallenge/runner/gunicorn_settings.py"]
        self.process = subprocess.Popen(command, env=environment)
        for _ in range(100):
            try:
                ask("/healthz", "")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def ask(url: str, session: str, channel: http.client.HTTPConnection | None = None) -> int:
    channel = channel or http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    channel.request("GET", url, headers={"Cookie": f"sessionid={session}"})
    response = channel.getresponse()
    response.read()
    return response.status


def rate(url: str, session: str) -> float:
    """Requests per second over a few seconds from several connections that stay open."""
    counts = [0] * CONNECTIONS
    ends = time.monotonic() + SECONDS

    def press(place: int) -> None:
        channel = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
        while time.monotonic() < ends:
            if ask(url, session, channel) != 200:
                raise RuntimeError(f"{url} did not answer 200")
            counts[place] += 1

    threads = [threading.Thread(target=press, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
