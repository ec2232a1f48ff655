"""How far a job is, for a page that waits for it."""

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status
from procrastinate.tasks import Task


def is_running(job: Task[Any, Any, Any], **ids: Any) -> bool:
    """Whether a worker has taken up the latest request for `job` with these ids."""
    asked = ProcrastinateJob.objects.filter(task_name=job.name, args=ids).order_by("-id")
    return asked.values_list("status", flat=True).first() == Status.DOING.value
