"""The history is complete and cannot be changed: asked of the database itself."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from peerchallenge.accounts.models import User
from peerchallenge.accounts.operations import people
from peerchallenge.history.models import OperationRecord

OUR_APPS = {"accounts", "documents", "history", "jobs", "notices", "engagements", "actionplans"}
# Tables that keep no history of their own, and why.
WITHOUT_HISTORY = {
    "history.OperationRecord": "it is the history",
}
EVENT_TRIGGERS = {"insert_insert", "update_update", "delete_delete"}


def our_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS and model._meta.managed and not hasattr(model, "pgh_tracked_model")
    ]


def event_models():
    return [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None)]


def triggers_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
        found = {}
        for table, name in cursor.fetchall():
            found.setdefault(table, set()).add(name.removeprefix("pgtrigger_").rsplit("_", 1)[0])
        return found


def test_every_table_of_ours_is_tracked_by_triggers_in_the_database(db):
    triggers = triggers_in_the_database()

    untracked = {
        model._meta.label for model in our_models() if not triggers.get(model._meta.db_table, set()) >= EVENT_TRIGGERS
    }

    assert untracked == set(WITHOUT_HISTORY)


def test_every_event_table_and_the_record_of_operations_refuse_change_and_emptying(db):
    triggers = triggers_in_the_database()

    for model in [*event_models(), OperationRecord]:
        assert {"append_only", "never_emptied"} <= triggers[model._meta.db_table], model


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return True


def test_an_event_cannot_be_changed_removed_or_emptied_by_sql(cast):
    table = User.history.rel.related_model._meta.db_table

    assert refused(f"UPDATE {table} SET name = 'Somebody else'")
    assert refused(f"DELETE FROM {table}")
    assert refused(f"TRUNCATE {table}")


def test_the_record_of_operations_cannot_be_changed_removed_or_emptied_by_sql(cast):
    people.close_account(cast.rhys, by=cast.ada)

    assert refused("UPDATE history_operationrecord SET sentence = 'Nothing happened'")
    assert refused("DELETE FROM history_operationrecord")
    assert refused("TRUNCATE history_operationrecord")


def test_bulk_updates_raw_sql_and_deletes_leave_events(cast):
    events = User.history.rel.related_model.objects.filter(pgh_obj_id=cast.rhys.pk)
    before = events.count()
    rhys = User.objects.filter(pk=cast.rhys.pk)

    rhys.update(job_title="Auditor")
    cast.rhys.telephone = "01632 960999"
    User.objects.bulk_update([cast.rhys], ["telephone"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = 'Rhys M' WHERE id = %s", [cast.rhys.pk])
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [cast.rhys.pk])

    labels = list(events.order_by("pgh_id").values_list("pgh_label", flat=True))[before:]
    assert labels == ["update", "update", "update", "delete"]


def test_no_event_holds_a_password_or_a_token(db):
    for model in event_models():
        fields = {field.name for field in model._meta.fields}
        assert not fields & {"password", "token_hash", "sealed", "last_login"}, model
