"""python -m tests.drills.scene: lay out the tests' world in the database named in DATABASE_URL, with people signed in.

Run beside the real service, in a process of its own. Prints what the drills need to know, as JSON.
"""

import json
import os
import sys
import uuid
from typing import Any


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerchallenge.settings")
    django.setup()
    from django.test import Client

    from engagements.models import Council
    from tests.cast import the_cast
    from tests.world import build_northmoor, corporate

    Council._base_manager.filter(slug="northmoor").delete()  # the one that is shipped; the tests have their own
    cast = the_cast()
    northmoor = build_northmoor(cast, corporate())

    def signed_in(person: Any) -> str:
        client = Client()
        client.force_login(person)
        return str(client.cookies["sessionid"].value)

    scene = {
        "slug": northmoor.engagement.slug,
        "actions": [[action.pk, action.slug] for action in northmoor.actions.values()],
        "report": long_report(northmoor, cast),
        "carys": signed_in(cast.carys),
        "owen": signed_in(cast.owen),
    }
    json.dump(scene, sys.stdout)


def long_report(northmoor: Any, cast: Any) -> list[Any]:
    """A report whose PDF takes some seconds, so that its job can be met half way."""
    from django.utils.timezone import localdate

    from actionplans.operations import reports

    today = localdate()
    report = reports.start_report(
        northmoor.engagement,
        committee="Finance and Resources Committee",
        meeting_on=today,
        cut_off_on=today,
        form_key=uuid.uuid4(),
        by=cast.carys,
        today=today,
    )
    introduction = "\n\n".join(
        f"Paragraph {number}. " + "The council met its neighbours. " * 12 for number in range(700)
    )
    words = {**report.words, "introduction": introduction}
    reports.write_words(report, words=words, version=report.version, by=cast.carys)
    return [report.pk, report.slug, report.version]


if __name__ == "__main__":
    main()
