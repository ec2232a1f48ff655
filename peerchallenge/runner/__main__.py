"""python -m peerchallenge.runner: the second half of bin/run, from the database to the running service."""

import argparse
import os
import sys
import time

from peerchallenge import localdb, localkey
from peerchallenge.runner import port
from peerchallenge.runner.progress import Progress
from peerchallenge.runner.supervisor import Stopping, Supervisor, say


def main() -> int:
    arguments = _arguments()
    try:
        held = port.reserve(arguments.port)
    except port.PortUnavailable as unavailable:
        say(str(unavailable))
        return 1
    localkey.ensure()
    os.environ.setdefault("SITE_URL", f"http://{port.HOST}:{arguments.port}")
    supervisor = Supervisor(held)
    supervisor.listen_for_the_end()
    try:
        return _run(supervisor, arguments)
    except localdb.DatabaseUnavailable as unavailable:
        say(str(unavailable))
        return 1
    except Stopping:
        say("\nStopping …")
        supervisor.end()
        say("Stopped.")
        return 0
    finally:
        supervisor.end()


def _run(supervisor: Supervisor, arguments: argparse.Namespace) -> int:
    progress = Progress(after_step=arguments.after_step, steps=arguments.steps)
    with progress.step("Database"):
        supervisor.database.start()
    rest = [f"--after-step={progress.number}", f"--steps={progress.steps}"]
    if not supervisor.prepare(rest + (["--no-demo"] if arguments.no_demo else [])):
        return 1
    supervisor.serve()
    say(f"\nReady after {time.time() - arguments.began:.0f} s:  {os.environ['SITE_URL']}/   (Ctrl-C stops it)")
    supervisor.watch()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--after-step", type=int, default=0)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--began", type=float, default=time.time(), help="when bin/run was called")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
