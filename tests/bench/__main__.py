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
        print(f"There is no measurement {', '.join(unknown)}. There are: {', '.join(measurements)}")
        return 2
    results: dict[str, list[dict[str, object]]] = {}
    for name in names or list(measurements):
        print(f"\n{name}", flush=True)
        results[name] = []
        for line in measurements[name]():
            results[name].append(line)
            print("  " + "  ".join(f"{key} {value}" for key, value in line.items()), flush=True)
    RESULTS.write_text(json.dumps(results, indent=2), encoding="utf-8")
    return 0


sys.exit(main(sys.argv[1:]))
