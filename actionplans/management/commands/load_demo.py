"""Load the demonstration world. A second time it changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actionplans.demonstration.world import World
from engagements.models import Council


class Command(BaseCommand):
    help = "Load the demonstration world: three real stories with public facts, invented councils and sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--even-in-production", action="store_true", help="load it although DEPLOYMENT is production"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["even_in_production"]:
            raise CommandError("The demonstration has known passwords. It is not loaded into a service in production.")
        if not Council.objects.filter(slug="brentwood").exists():
            raise CommandError("Run manage.py load_reference first: the demonstration needs its councils.")
        world = World(today=timezone.localdate(), say=lambda step: self.stdout.write(f"  {step}"))
        world.load()
        if world.added:
            self.stdout.write(f"The demonstration is loaded: {len(world.added)} people and challenges added.")
        else:
            self.stdout.write("The demonstration was here already. Nothing changed.")
