#!/usr/bin/env python
"""Django's commands. Starts the private database first when DATABASE_URL is unset."""

import os
import sys


def main() -> None:
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run bin/run once, then use .venv/bin/python manage.py")
    from peerchallenge import localdb

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")
    try:
        localdb.ensure()
    except localdb.DatabaseUnavailable as unavailable:
        sys.exit(str(unavailable))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
