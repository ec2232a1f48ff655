"""`kill -9` while people work: of the job worker half way through a report, of a web worker, of the whole database.

One story, because the parts are killed in the same minute. Four owners write all the time; each sends a form again, as
it was, until the service says that it is saved. Then everything acknowledged must be there, once, with its history.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.drills.stack import Stack, until

SAVED = 302
AWAY = 503
BROKEN = 0  # the connection ended before an answer came
AWAY_WORDS = "Sorry, the service is away for a moment"


@dataclass
class Writer(threading.Thread):
    """Somebody who updates one action again and again."""

    stack: Stack
    action: int
    slug: str
    stop: threading.Event
    saved: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        path = f"/challenges/{self.stack.scene['slug']}/plan/{self.slug}/update/"
        version = 1
        while not self.stop.is_set():
            key = f"{self.slug}-{version}"
            form = {"done": f"Words {key}", "status": "in_progress", "confidence": "at_risk", "more_time": "no"}
            while self.send(path, {**form, "version": version, "form_key": key}) != SAVED:
                time.sleep(0.1)
                if self.strange:
                    return
            self.saved.append(form["done"])
            version += 1

    def send(self, path: str, form: dict[str, Any]) -> int:
        answer = self.stack.post(path, form, session=self.stack.scene["owen"])
        self.answers[answer.status] += 1
        if answer.status not in {SAVED, BROKEN} and not (answer.status == AWAY and AWAY_WORDS in answer.body):
            self.strange.append(f"{answer.status} for {form['form_key']}: {answer.body[:3000]}")
        return answer.status


@dataclass
class Reader(threading.Thread):
    """Somebody who looks at the plan again and again."""

    stack: Stack
    stop: threading.Event
    answers: Counter[int] = field(default_factory=Counter)
    bodies: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stop.is_set():
            answer = self.stack.get(f"/challenges/{self.stack.scene['slug']}/plan/", session=self.stack.scene["carys"])
            self.answers[answer.status] += 1
            self.bodies[answer.status] = answer.body
            time.sleep(0.05)


def test_nothing_acknowledged_is_lost_and_everything_comes_back(stack: Stack) -> None:
    stop = threading.Event()
    writers = [Writer(stack, pk, slug, stop) for pk, slug in stack.scene["actions"]]
    reader = Reader(stack, stop)
    for person in (*writers, reader):
        person.start()
    try:
        more_is_saved(writers)
        kill_the_job_worker_in_the_middle_of_a_report(stack)
        kill_a_web_worker(stack)
        more_is_saved(writers)
        kill_the_database(stack, reader)
        more_is_saved(writers)
        until("the report is issued", lambda: report_state(stack) == "issued")
    finally:
        stop.set()
        for person in (*writers, reader):
            person.join(60)

    assert [words for writer in writers for words in writer.strange] == []
    assert set(reader.answers) <= {200, AWAY, BROKEN}, reader.answers
    assert AWAY_WORDS in reader.bodies[AWAY]
    assert "Share the page with staff" in reader.bodies[200]
    for writer in writers:
        all_is_there_once_with_its_history(stack, writer)
    the_report_is_issued_once(stack)
    no_job_is_stuck(stack)
    until("the service says that it is ready", stack.is_ready)


def more_is_saved(writers: list[Writer]) -> None:
    """Each writer goes on: their pages answer again without anybody's help."""
    goals = [len(writer.saved) + 3 for writer in writers]
    until(
        "every writer saved three more updates",
        lambda: (
            any(writer.strange for writer in writers)
            or all(len(writer.saved) >= goal for writer, goal in zip(writers, goals, strict=True))
        ),
    )


def kill_the_job_worker_in_the_middle_of_a_report(stack: Stack) -> None:
    _, slug, version = stack.scene["report"]
    path = f"/challenges/{stack.scene['slug']}/plan/reports/{slug}/freeze/"
    assert stack.post(path, {"version": version}, session=stack.scene["carys"]).status == SAVED
    until("the job is being done", lambda: job_status(stack) == "doing", every=0.02)

    killed = stack.parts("procrastinate")
    for process in killed:
        process.kill()

    assert (job_status(stack), report_state(stack)) == ("doing", "waiting"), "the worker was killed too late"
    numbers = {process.pid for process in killed}
    until("another worker runs", lambda: {process.pid for process in stack.parts("procrastinate")} - numbers)


def kill_a_web_worker(stack: Stack) -> None:
    before = {process.pid for process in stack.web_workers()}
    assert len(before) == 2

    stack.web_workers()[0].kill()

    until("there are two web workers, one of them new", lambda: len({p.pid for p in stack.web_workers()} - before) == 1)


def kill_the_database(stack: Stack, reader: Reader) -> None:
    read = reader.answers[200]
    stack.kill_database()

    until("a page said that the service is away", lambda: reader.answers[AWAY] > 0, every=0.02)
    until("pages are shown again", lambda: reader.answers[200] > read + 3)


def all_is_there_once_with_its_history(stack: Stack, writer: Writer) -> None:
    """Each acknowledged update is one row, with the row its insert left in the history and one named operation."""
    rows = stack.rows("SELECT done FROM actionplans_progressupdate WHERE action_id = %s ORDER BY id", writer.action)
    inserts = stack.rows(
        "SELECT event.done FROM actionplans_progressupdateevent event"
        " JOIN history_operationrecord operation ON operation.id = event.pgh_context_id"
        " WHERE event.action_id = %s AND event.pgh_label = 'insert' ORDER BY event.id",
        writer.action,
    )
    versions = stack.rows(
        "SELECT version FROM actionplans_actionevent WHERE id = %s AND pgh_label = 'update' ORDER BY pgh_id",
        writer.action,
    )
    action = stack.rows("SELECT version, latest_words FROM actionplans_action WHERE id = %s", writer.action)

    saved = [(words,) for words in writer.saved]
    assert rows == saved
    assert inserts == saved
    assert [version for (version,) in versions] == list(range(2, len(saved) + 2))
    assert action == [(len(saved) + 1, writer.saved[-1])]


def the_report_is_issued_once(stack: Stack) -> None:
    pk, slug, _ = stack.scene["report"]
    issued = stack.number(
        "SELECT count(*) FROM history_operationrecord WHERE name = 'actionplans.operations.reports.issue'"
    )
    files = [path for path in Path(stack.environment["FILES_ROOT"]).rglob("*") if path.is_file()]
    papers = [path for path in files if path.read_bytes()[:5] == b"%PDF-"]
    pdf = stack.get(f"/challenges/{stack.scene['slug']}/plan/reports/{slug}.pdf", session=stack.scene["carys"])

    assert issued == 1
    assert stack.number("SELECT count(*) FROM documents_storedfile WHERE content_type = 'application/pdf'") == 1
    assert len(papers) == 1, papers
    assert (pdf.status, pdf.body[:5]) == (200, "%PDF-")
    assert stack.rows("SELECT fault FROM actionplans_committeereport WHERE id = %s", pk) == [("",)]


def no_job_is_stuck(stack: Stack) -> None:
    until("every job of the killed workers is finished", lambda: stuck_jobs(stack) == 0)
    jobs = stack.rows(
        "SELECT status, attempts FROM procrastinate_jobs WHERE task_name = 'actionplans.jobs.make_report'"
    )
    assert len(jobs) == 1
    status, attempts = jobs[0]
    assert status == "succeeded"
    assert attempts >= 2, "it was begun, left behind and begun again"


def stuck_jobs(stack: Stack) -> int:
    """Jobs in the hands of a worker that has not been heard of lately, or of none."""
    return stack.number(
        "SELECT count(*) FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id"
        " WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - interval '30 seconds')"
    )


def job_status(stack: Stack) -> str:
    found = stack.rows("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'actionplans.jobs.make_report'")
    return str(found[0][0]) if found else ""


def report_state(stack: Stack) -> str:
    return str(
        stack.rows("SELECT state FROM actionplans_committeereport WHERE id = %s", stack.scene["report"][0])[0][0]
    )
