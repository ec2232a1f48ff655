#!/usr/bin/env python
"""Django's commands. Starts the private database first when DATABASE_URL is unset."""

import os
import sys


def main() -> None:
    try:
        from django.core.management import execute_from_command_line

        from peerchallenge import localdb, localkey
    except ImportError as error:
        sys.exit(f"{error}. Run bin/run once, then use .venv/bin/python manage.py")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")
    try:
        localkey.ensure()
        localdb.ensure()
    except PermissionError as error:
        sys.exit(f"{error.filename} cannot be used by this user: run as the owner of the folder var.")
    except localdb.DatabaseUnavailable as unavailable:
        sys.exit(str(unavailable))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
