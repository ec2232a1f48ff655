"""Print who can sign in to the demonstration."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionplans.demonstration.world import PASSWORD, read
from engagements.models import Council
from peerchallenge.accounts.models import User


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration (e-mail, password, role)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        here = set(User.objects.filter(is_active=True).values_list("email", flat=True))
        names = dict(Council.objects.values_list("slug", "short_name"))
        sign_ins = [
            {
                "email": person["email"],
                "password": PASSWORD,
                "role": person["role"],
                "name": person["name"],
                "organisation": names.get(person.get("council", ""), "LGA" if "lga" in person else person["job"]),
            }
            for person in read("people")
            if person["email"] in here
        ]
        if options["json"]:
            self.stdout.write(json.dumps(sign_ins, indent=2, ensure_ascii=False))
            return
        if not sign_ins:
            raise CommandError("The demonstration is not loaded. Run manage.py load_demo.")
        self.stdout.write(f"Sign in with any of these and the password {PASSWORD}")
        width = max(len(entry["email"]) for entry in sign_ins)
        for entry in sign_ins:
            self.stdout.write(f"  {entry['email']:<{width}}  {entry['role']} ({entry['organisation']})")
