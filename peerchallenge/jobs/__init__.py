"""The one door to the queue: `task` and `every` declare jobs, `task.defer(…)` asks for one in the running transaction."""

from peerchallenge.jobs.declaring import every, give_up, task

__all__ = ["every", "give_up", "task"]
