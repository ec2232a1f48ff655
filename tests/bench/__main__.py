"""Run the measurements asked for and print them as a table."""

import json
import os
import sys
from pathlib import Path

from peerchallenge import localdb

RESULTS = Path("var") / "bench.json"


def main(names: list[str]) -> int:
    localdb.ensure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")
    import django

    django.setup()
    from tests.bench import bringing, pages, papers

    measurements = {"pages": pages.measure, "papers": papers.measure, "import": bringing.measure}
    unknown = [name for name in names if name not in measurements]
    if unknown:
        say(f"There is no measurement {', '.join(unknown)}. There are: {', '.join(measurements)}")
        return 2
    results: dict[str, list[dict[str, object]]] = {}
    for name in names or list(measurements):
        say(f"\n{name}")
        results[name] = []
        for line in measurements[name]():
            results[name].append(line)
            say("  " + "  ".join(f"{key} {value}" for key, value in line.items()))
    RESULTS.write_text(json.dumps(results, indent=2), encoding="utf-8")
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


sys.exit(main(sys.argv[1:]))
