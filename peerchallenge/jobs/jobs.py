"""What the queue does for itself: jobs whose worker died are tried again, old ones are cleared away."""

import logging

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

from peerchallenge.jobs.declaring import MOST_STALLS, give_up

log = logging.getLogger(__name__)

# A worker writes every second that it is there. After half a minute of silence its jobs are somebody else's.
WORKER_IS_GONE_AFTER = 30
KEEP_DONE_JOBS_HOURS = 7 * 24
KEEP_SWEEPS_HOURS = 1
KEEP_FAILED_JOBS_HOURS = 90 * 24
SWEEPS = "sweeps"


@app.periodic(cron="* * * * * */15")  # every fifteen seconds: a person may be waiting for the job that was left behind
@app.task(name="peerchallenge.jobs.retry_stalled", queue=SWEEPS, queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put jobs that a dead worker left behind back in the queue; give up those that were left too often."""
    manager = context.app.job_manager
    await manager.prune_stalled_workers(WORKER_IS_GONE_AFTER)
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=WORKER_IS_GONE_AFTER):
        if job.attempts < MOST_STALLS:
            log.warning("Job %s lost its worker and is tried again.", job.call_string)
            await manager.retry_job(job)
        else:
            log.error("Job %s lost its worker %s times and is given up.", job.call_string, job.attempts + 1)
            await sync_to_async(give_up)(job.task_name, job.task_kwargs)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(name="peerchallenge.jobs.clear_old", queueing_lock="clear_old", pass_context=True)
async def clear_old(context: JobContext, timestamp: int) -> None:
    """Jobs that went well are kept a week, failed ones three months; what the queue does for itself, an hour."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_SWEEPS_HOURS, queue=SWEEPS)
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_JOBS_HOURS)
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
