"""Letters: written with the data, sent once, tried again when the mail server is away, visible when they fail."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from peerchallenge.access import Refused
from peerchallenge.notices import letters
from peerchallenge.notices.jobs import StillBeingSent, give_up, send_forgotten_letters, send_letter
from peerchallenge.notices.models import Letter
from peerchallenge.notices.operations import send_again

NOW = dt.datetime(2024, 10, 14, 8, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def write(**more):
    answers = {
        "to": "owen@northmoor.example",
        "subject": "2 updates needed",
        "why": "You own actions.",
        "text": "Please say where they are.",
    }
    return letters.write_letter(**{**answers, **more})


def test_a_letter_says_why_it_came_and_whom_to_ask(run_jobs):
    write()
    run_jobs()

    sent = mail.outbox[0]
    assert sent.body == (
        "Please say where they are.\n\n--\nYou own actions.\n"
        "Questions: help@peerchallenge.example or 01632 960100.\nPeer challenge, Local Government Association\n"
    )
    assert "<p>Please say where they are.</p>" in sent.alternatives[0].content
    assert (sent.to, sent.cc, sent.bcc) == (["owen@northmoor.example"], [], [])


def test_a_letter_asked_for_twice_is_written_and_sent_once(run_jobs):
    first, second = write(key="updates:5:6 November"), write(key="updates:5:6 November", text="Something else")
    run_jobs()

    assert first == second
    assert [message.subject for message in mail.outbox] == ["2 updates needed"]


def test_a_job_that_runs_twice_sends_once():
    letter = write()

    send_letter(letter_id=letter.pk)
    send_letter(letter_id=letter.pk)

    assert len(mail.outbox) == 1


def test_a_letter_of_an_undone_change_is_never_sent(run_jobs):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert run_jobs() == []
    assert not Letter.objects.exists()


@pytest.mark.parametrize("field", ["to", "subject", "why"])
def test_a_line_break_in_a_header_is_refused(field):
    with pytest.raises(Refused, match="must be on one line"):
        write(**{field: "owen@northmoor.example\r\nBcc: other@evil.example"})


def test_words_with_markup_are_inert_in_the_html_part(run_jobs):
    write(text="<script>alert(1)</script>")
    run_jobs()

    assert "<script>" not in mail.outbox[0].alternatives[0].content


def test_while_another_worker_sends_a_letter_it_is_looked_at_again_later():
    letter = write()
    letters.claim(letter.pk, now=dt.datetime.now(dt.UTC))

    with pytest.raises(StillBeingSent):
        send_letter(letter_id=letter.pk)

    assert mail.outbox == []


def test_a_letter_whose_worker_died_is_sent_by_the_next():
    letter = write()
    letters.claim(letter.pk, now=dt.datetime.now(dt.UTC) - letters.CLAIM_ENDS_AFTER)

    send_letter(letter_id=letter.pk)

    assert len(mail.outbox) == 1
    assert Letter.objects.get().attempts == 2


@pytest.fixture
def server_says(monkeypatch):
    def set_fault(fault):
        def refuse(self, messages):
            raise fault

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    return set_fault


def test_when_the_mail_server_is_away_the_letter_waits_and_the_reason_is_kept(server_says):
    letter = write()
    server_says(ConnectionRefusedError("nobody there"))

    with pytest.raises(ConnectionRefusedError):
        send_letter(letter_id=letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.fault) == ("waiting", "ConnectionRefusedError: nobody there")


def test_after_the_last_try_the_letter_has_failed_and_says_why(server_says):
    letter = write()
    server_says(smtplib.SMTPServerDisconnected("try later"))
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_letter(letter_id=letter.pk)

    give_up(letter_id=letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.fault) == ("failed", "SMTPServerDisconnected: try later")


def test_an_address_that_is_refused_for_good_is_not_tried_again(server_says):
    letter = write()
    server_says(smtplib.SMTPRecipientsRefused({"owen@northmoor.example": (550, b"no such box")}))

    send_letter(letter_id=letter.pk)

    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "no such box" in letter.fault


def test_a_letter_without_a_job_gets_one(run_jobs, clock):
    write()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    clock.shift(15 * 60)

    send_forgotten_letters(0)
    send_forgotten_letters(0)

    assert run_jobs() == [send_letter.name]
    assert len(mail.outbox) == 1


def test_each_try_has_the_same_message_id():
    letter = write()
    letters.deliver(letter)
    letters.deliver(letter)

    assert mail.outbox[0].extra_headers["Message-ID"] == mail.outbox[1].extra_headers["Message-ID"]


def test_a_secret_letter_written_under_another_key_fails_at_once_and_says_why(settings):
    letter = write(is_secret=True)
    settings.SECRET_KEY = "another key, at least fifty characters long, made for this test"

    send_letter(letter_id=letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.fault) == ("failed", "The service’s key was changed since the letter was written.")
    assert mail.outbox == []


def test_a_failed_letter_is_seen_and_sent_again_by_the_programme_office(client, cast, run_jobs):
    letter = write()
    letters.record_fault(letter, "SMTPServerDisconnected: try later", is_final=True)
    client.force_login(cast.olu)

    page = client.get(reverse("notices:outbox"))
    client.post(reverse("notices:letter", args=[letter.pk]))
    run_jobs()

    assert "1 could not be sent." in page.content.decode()
    assert [message.to for message in mail.outbox] == [["owen@northmoor.example"]]


def test_a_failed_letter_with_a_secret_is_not_sent_again(cast):
    letter = write(is_secret=True)
    letters.record_fault(letter, "SMTPServerDisconnected: try later", is_final=True)

    with pytest.raises(Refused, match="works once"):
        send_again(letter, by=cast.olu)
