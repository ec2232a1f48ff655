"""The four pages of an import, as a coordinator uses them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from actionplans.models import Action, PlanImport
from tests.imports.files import ROWS, word_file

pytestmark = pytest.mark.django_db


def upload(client: Any, northmoor: Any, content: bytes, name: str = "plan.docx") -> Any:
    url = reverse("actionplans:import", args=[northmoor.engagement.slug])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def page(name: str, begun: PlanImport) -> str:
    return reverse(f"actionplans:{name}", args=[begun.engagement.slug, begun.pk])


def columns(client: Any, begun: PlanImport, **changes: str) -> Any:
    form = client.get(page("import_columns", begun)).context["form"]
    answers = {name: form[name].value() or "in_progress" for name in form.fields}
    return client.post(page("import_columns", begun), {**answers, "version": begun.version, **changes})


def test_a_plan_is_brought_in_over_four_pages(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)

    upload(client, northmoor, word_file())
    begun = PlanImport.objects.get()
    assert columns(client, begun).url == page("import_check", begun)
    begun.refresh_from_db()
    checked = client.get(page("import_check", begun)).content.decode()
    added = client.post(page("import_check", begun), {"do": "add", "version": begun.version})

    assert "Nothing has been added to the plan yet" in checked
    assert "Add 2&nbsp;recommendations and 3&nbsp;actions" in checked.replace("\xa0", "&nbsp;")
    assert "&lt;b&gt;urgent&lt;/b&gt;" in checked
    assert added.url == page("import_done", begun)
    assert Action.objects.filter(brought_by=begun).count() == 3


def test_an_unknown_status_word_must_be_settled(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)
    upload(client, northmoor, word_file())
    begun = PlanImport.objects.get()

    unknown = next(
        name
        for name, field in client.get(page("import_columns", begun)).context["form"].fields.items()
        if "Half done" in field.label
    )
    answer = columns(client, begun, **{unknown: ""})

    assert answer.status_code == 200
    assert "Choose what “Half done” means" in answer.content.decode()


def test_rows_without_doubt_are_folded_and_can_be_shown(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)
    rows = [
        ROWS[0],
        *(
            (str(n), f"Invented recommendation {n}", "We will act", "Mayor", "Clerk", "Dec 24", "Complete")
            for n in range(6, 9)
        ),
    ]
    upload(client, northmoor, word_file(rows))
    begun = PlanImport.objects.get()

    folded = client.get(page("import_check", begun)).content.decode()
    shown = client.get(page("import_check", begun) + "?show=all").content.decode()

    assert "3 to 5" in folded
    assert "Invented recommendation 7" not in folded
    assert "Invented recommendation 7" in shown


def test_a_column_left_out_says_which_words_are_not_in_the_plan(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)
    upload(client, northmoor, word_file())
    begun = PlanImport.objects.get()
    responsible = next(
        name
        for name, field in client.get(page("import_columns", begun)).context["form"].fields.items()
        if "Responsible" in field.label
    )

    columns(client, begun, **{responsible: "leave_out"})

    checked = client.get(page("import_check", begun)).content.decode()
    assert "Words left out" in checked
    assert "property" in checked.lower()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "plan.docx", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 99, "plan.docx", "Word"),
        (word_file(rows=(("a", "b"),), headings=("One", "Two")), "plan.docx", "table"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_beside_the_question(
    client: Any, northmoor: Any, cast: Any, content: bytes, name: str, says: str
) -> None:
    client.force_login(cast.carys)

    answer = upload(client, northmoor, content, name)

    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert says in answer.content.decode()
    assert not PlanImport.objects.exists()


def test_neither_a_file_nor_text_is_refused(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)

    answer = client.post(reverse("actionplans:import", args=[northmoor.engagement.slug]), {})

    assert "Choose the file or paste the table" in answer.content.decode()


def test_pasted_text_is_read_like_a_file(client: Any, northmoor: Any, cast: Any) -> None:
    client.force_login(cast.carys)
    pasted = "Ref\tRecommendation\tAction\tTimescale\n4\tMend the roof\tAsk for offers\tDec 24\n"

    client.post(reverse("actionplans:import", args=[northmoor.engagement.slug]), {"pasted": pasted})

    begun = PlanImport.objects.get()
    assert begun.source_name == "Pasted text"
    assert "Ask for offers" in client.get(page("import_check", begun)).content.decode()


def test_only_the_coordinator_brings_a_plan_in(client: Any, northmoor: Any, cast: Any) -> None:
    url = reverse("actionplans:import", args=[northmoor.engagement.slug])
    answers = {}
    for name, person in {"carys": cast.carys, "owen": cast.owen, "sam": cast.sam, "maya": cast.maya}.items():
        client.force_login(person)
        answers[name] = client.get(url).status_code

    assert answers == {"carys": 200, "owen": 403, "sam": 404, "maya": 403}


def test_the_check_page_asks_as_often_for_three_rows_as_for_one(
    client: Any, northmoor: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.carys)
    for rows in (ROWS[:1], ROWS):
        upload(client, northmoor, word_file(rows))
        begun = PlanImport.objects.latest("pk")
        with django_assert_max_num_queries(15):
            client.get(page("import_check", begun))


def test_the_command_reads_without_writing_and_adds_when_told(northmoor: Any, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(word_file())
    out = StringIO()

    call_command("import_action_plan", str(file), "--dry-run", "--json", stdout=out)
    assert [item["ref"] for item in json.loads(out.getvalue())["recommendations"]] == ["1", "4", "5"]
    assert not PlanImport.objects.exists()

    call_command("import_action_plan", str(file), "--engagement", northmoor.engagement.slug, stdout=out)
    assert Action.objects.filter(brought_by__isnull=False).count() == 3


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (b"", ["--dry-run"], "empty"),
        (b"nothing", ["--dry-run"], "not one"),
        (word_file(), ["--engagement", "nowhere-1999"], "There is no challenge “nowhere-1999”"),
        (word_file(), [], "--engagement"),
        (word_file(), ["--dry-run", "--visit-start", "soon"], "is not a date"),
    ],
)
def test_the_command_ends_with_2_and_a_sentence(content: bytes, options: list[str], says: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(content)
    err = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("import_action_plan", str(file), *options, stderr=err)

    assert ended.value.code == 2
    assert says in err.getvalue()
