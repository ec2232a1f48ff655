"""The door to the queue: jobs commit with the data, come back when their worker dies, are given up in the end."""

import asyncio
import datetime as dt

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from peerchallenge import jobs
from peerchallenge.jobs.declaring import MOST_STALLS
from peerchallenge.jobs.jobs import retry_stalled

said: list[tuple[str, int]] = []


def note_given_up(*, number: int) -> None:
    said.append(("given up", number))


@jobs.task(attempts=2, first_wait=1, when_given_up=note_given_up)
def fail_always(*, number: int) -> None:
    said.append(("tried", number))
    raise ValueError(number)


@jobs.task()
def note(*, number: int) -> None:
    said.append(("done", number))


@pytest.fixture(autouse=True)
def nothing_said():
    said.clear()


@pytest.mark.django_db
def test_a_job_of_a_rolled_back_transaction_does_not_exist():
    with transaction.atomic():
        note.defer(number=1)
        transaction.set_rollback(True)

    assert not ProcrastinateJob.objects.exists()


@pytest.fixture
def worker(transactional_db):
    """A real worker, on connections of its own, until no job is left."""

    def work():
        async def run():
            with app.replace_connector(app.connector.get_worker_connector()) as working:
                async with working.open_async():
                    await working.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

        asyncio.run(run())

    return work


def test_a_job_is_done(worker):
    note.defer(number=2)

    worker()

    assert said == [("done", 2)]


def test_a_job_that_fails_is_tried_again_and_then_given_up(worker):
    fail_always.defer(number=3)
    worker()
    after_one = list(said)
    make_due()

    worker()

    assert after_one == [("tried", 3)]
    assert said == [("tried", 3), ("tried", 3), ("given up", 3)]
    assert ProcrastinateJob.objects.get(task_name=fail_always.name).status == "failed"


def make_due():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def leave_behind(task, *, number, attempts):
    """As a worker that is killed leaves it: being done by a worker that was last heard of long ago."""
    job_id = task.defer(number=number)
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=2)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [long_ago])
        (worker_id,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = %s WHERE id = %s",
            [attempts, worker_id, job_id],
        )


def test_a_job_whose_worker_died_is_done_by_the_next(worker):
    leave_behind(note, number=4, attempts=0)
    retry_stalled.defer(timestamp=0)
    worker()  # sweeps: the job waits again

    worker()

    assert said == [("done", 4)]


def test_a_job_that_is_left_behind_too_often_is_given_up(worker):
    leave_behind(fail_always, number=5, attempts=MOST_STALLS)
    retry_stalled.defer(timestamp=0)

    worker()

    assert said == [("given up", 5)]
    assert ProcrastinateJob.objects.get(task_name=fail_always.name).status == "failed"
