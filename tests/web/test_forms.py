"""The form pack: every question with and without errors, and none of the faults other packs have."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import RequestContext, Template

from peerchallenge.web.fields import DateField, FileField, TextField, WebAddressField, WholeNumberField
from peerchallenge.web.forms import BaseForm, ChoiceField, FilterForm
from tests.web.drawn import form_html, form_tree, request, words
from tests.web.trial_form import GOOD, EveryQuestion

DJANGO_WORDS = [
    "This field is required",
    "Enter a valid",
    "Ensure this",
    "Select a valid",
    "is not one of the available",
]


def upload(name: str = "plan.docx", size: int = 10) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, b"x" * size)}


def empty() -> EveryQuestion:
    return EveryQuestion({})


def summary(*forms: Any) -> str:
    source = "{% load web %}{% error_summary " + " ".join(f"f{number}" for number in range(len(forms))) + " %}"
    return Template(source).render(RequestContext(request(), {f"f{number}": form for number, form in enumerate(forms)}))


def test_answers_that_are_right_come_through() -> None:
    form = EveryQuestion(GOOD, upload())

    assert form.errors == {}
    assert form.cleaned_data["met_on"] == datetime.date(2024, 11, 6)


def test_every_id_is_used_once_and_every_label_and_description_leads_somewhere() -> None:
    tree = form_tree(empty())
    ids = tree.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert set(tree.xpath("//label/@for")) <= set(ids)
    for described in tree.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids)


def test_every_link_of_the_error_summary_leads_to_an_input_that_takes_the_focus() -> None:
    form = empty()
    tree = form_tree(form)

    targets = re.findall(r'href="#([^"]+)"', summary(form))

    assert len(targets) == len(form.errors) - 1  # the hidden key has words but no link
    for target in targets:
        (found,) = tree.xpath(f"//*[@id='{target}']")
        assert found.tag in {"input", "textarea", "select"}


def test_the_first_radio_button_and_checkbox_carry_the_id_of_the_question() -> None:
    tree = form_tree(EveryQuestion())

    assert tree.xpath("//input[@name='status']/@id") == ["id_status", "id_status_2", "id_status_3"]
    assert tree.xpath("//input[@name='themes']/@id") == ["id_themes", "id_themes_2"]


def test_a_name_in_a_label_is_text_and_never_markup() -> None:
    class Hostile(BaseForm):
        council = TextField("Is <b>Northmoor</b> right?", missing="Enter <i>it</i>", hint="<script>alert(1)</script>")
        which = ChoiceField("<u>Which</u>?", [("a", "<em>One</em>")], missing="Choose", hints={"a": "<s>hint</s>"})

    source = form_html(Hostile({})) + summary(Hostile({}))

    for tag in ("b", "i", "script", "u", "em", "s"):
        assert f"<{tag}>" not in source


def test_every_question_with_an_error_is_marked_at_the_question_and_the_input() -> None:
    form = empty()
    tree = form_tree(form)

    for name in form.errors:
        if name == "form_key":
            continue
        inputs = tree.xpath(f"//*[@name='{name}']")
        groups = inputs[0].xpath("ancestor::div[contains(@class, 'govuk-form-group--error')]")
        assert groups, name
        error = tree.xpath(f"//*[@id='id_{name}_error']")[0]
        assert words(error) == f"Error: {form.errors[name][0]}"
        described = " ".join(inputs[0].xpath("self::*/@aria-describedby | ancestor::fieldset/@aria-describedby"))
        assert f"id_{name}_error" in described.split(), name


@pytest.mark.parametrize(
    "name", ["happened", "note", "minute", "met_on", "post", "email", "people", "password", "file"]
)
def test_text_boxes_lists_and_files_get_the_error_border(name: str) -> None:
    (control,) = form_tree(empty()).xpath(f"//*[@name='{name}']")

    assert re.search(r"govuk-(input|select|textarea|file-upload)--error", control.get("class"))


def test_no_default_words_of_django_are_shown() -> None:
    wrong = {
        **GOOD,
        "met_on": "31/2/2024",
        "status": "x",
        "themes": ["y"],
        "email": "x",
        "people": "900",
        "address": "ftp://x",
        "minute": "x" * 21,
        "happened": "x" * 2001,
    }
    for form in (empty(), EveryQuestion(wrong, upload("a" * 101, size=0))):
        source = form_html(form) + summary(form)
        assert not [phrase for phrase in DJANGO_WORDS if phrase in source]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("met_on", "31 February 2024", "The day the committee met must be a real date, like 8 July 2024"),
        ("happened", "x" * 2140, "What has happened must be 2,000 characters or fewer. You have used 2,140"),
        ("email", "helen", "Enter an email address, like name@northmoor.example"),
        ("address", "http://northmoor.example", "Enter a web address that starts with https://"),
        ("people", "501", "The number of people must be a whole number, between 0 and 500"),
        ("people", "a few", "The number of people must be a whole number, between 0 and 500"),
        ("status", "finished", "Choose where it is now"),
    ],
)
def test_an_error_says_what_to_do(name: str, given: str, said: str) -> None:
    form = EveryQuestion({**GOOD, name: given}, upload())

    assert form.errors == {name: [said]}


def test_what_was_typed_stays_in_the_box() -> None:
    tree = form_tree(EveryQuestion({**GOOD, "met_on": "last Tuesday"}))

    assert tree.xpath("//input[@name='met_on']/@value") == ["last Tuesday"]
    assert tree.xpath("//textarea[@name='happened']")[0].text.strip() == GOOD["happened"]
    assert tree.xpath("//input[@name='confidence'][@checked]/@value") == ["at_risk"]


def test_a_password_is_never_written_back() -> None:
    assert GOOD["password"] not in form_html(EveryQuestion(GOOD))


@pytest.mark.parametrize(
    "typed",
    [
        "8/7/2024",
        "08/07/24",
        "8 July 2024",
        "8 Jul 24",
        "2024-07-08",
        "8th July 2024",
        "8.7.2024",
        "8-7-24",
        " Mon 8 July, 2024 ",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert DateField("When?").clean(typed) == datetime.date(2024, 7, 8)


def test_september_has_four_letters_for_many() -> None:
    assert DateField("When?").clean("3 Sept 2024") == datetime.date(2024, 9, 3)


def test_a_date_box_shows_what_the_picker_reads() -> None:
    class Day(BaseForm):
        day = DateField("When?")

    tree = form_tree(Day(initial={"day": datetime.date(2024, 7, 8)}))

    assert tree.xpath("//input[@name='day']/@value") == ["8/7/2024"]
    assert tree.xpath(
        "//*[@data-module='moj-date-picker']//input[contains(@class, 'moj-js-datepicker-input')]/@id"
    ) == ["id_day"]


def test_a_new_line_counts_as_one_character() -> None:
    field = TextField("What?", rows=3, longest=3)

    assert field.clean("a\r\nb") == "a\nb"


def test_a_counted_box_without_a_hint_can_be_drawn_with_and_without_an_error() -> None:
    class Counted(BaseForm):
        text = TextField("What?", missing="Enter it", rows=3, longest=100)

    fine, wrong = form_tree(Counted()), form_tree(Counted({}))

    assert fine.xpath("//textarea/@aria-describedby") == ["id_text-info"]
    assert wrong.xpath("//textarea/@aria-describedby") == ["id_text_error id_text-info"]
    assert fine.xpath("//textarea/@maxlength") == []


def test_a_limit_against_accidents_is_not_counted_aloud() -> None:
    class Pasted(BaseForm):
        table = TextField("Paste the table", rows=3, longest=400_000)

    assert form_tree(Pasted()).xpath("//*[contains(@class, 'character-count')]") == []


def test_inline_radio_buttons_are_radio_buttons_too() -> None:
    (inline,) = form_tree(EveryQuestion()).xpath("//*[contains(@class, 'govuk-radios--inline')]")

    assert "govuk-radios" in inline.get("class").split()
    assert inline.get("data-module") == "govuk-radios"


def test_what_an_answer_opens_follows_it_and_works_without_script() -> None:
    tree = form_tree(EveryQuestion())
    (radio,) = tree.xpath("//input[@name='more_time'][@value='yes']")

    opened = radio.getparent().getnext()

    assert opened.get("id") == radio.get("data-aria-controls")
    assert opened.xpath(".//input/@name | .//textarea/@name") == ["new_date", "reason"]
    assert radio.get("aria-controls") is None
    # hidden by a class that only counts once the library runs, and not at all when the answer is chosen
    assert "govuk-radios__conditional--hidden" in opened.get("class")
    chosen = form_tree(EveryQuestion({**GOOD, "more_time": "yes"}))
    assert "conditional--hidden" not in chosen.xpath("//*[@id='id_more_time_2_reveals']/@class")[0]


def test_a_question_that_an_answer_opens_is_drawn_once() -> None:
    assert len(form_tree(EveryQuestion()).xpath("//*[@name='new_date']")) == 1


def test_buttons_are_buttons_and_say_which_was_pressed() -> None:
    tree = form_tree(EveryQuestion(cancel="/plan/"))

    assert [words(button) for button in tree.xpath("//button[@type='submit']")] == [
        "Save and see my next action",
        "Save and finish",
    ]
    assert tree.xpath("//button/@name") == ["finish"]
    assert tree.xpath("//input[@type='submit']") == []
    assert tree.xpath("//a/@href") == ["/plan/"]


def test_the_browser_checks_nothing_and_demands_nothing() -> None:
    tree = form_tree(EveryQuestion())

    assert tree.xpath("//@required") == []
    assert tree.xpath("//@placeholder") == []
    assert "novalidate" in tree.xpath("//form")[0].attrib
    assert tree.xpath("//form/@enctype") == ["multipart/form-data"]
    assert tree.xpath("//@style") == []


def test_only_questions_that_may_be_left_empty_say_so() -> None:
    tree = form_tree(EveryQuestion())
    marked = [words(label) for label in tree.xpath("//label | //legend") if "(optional)" in words(label)]

    assert marked == ["Where is it published? (optional)"]


def test_one_question_stands_larger_than_several() -> None:
    class One(BaseForm):
        name = TextField("What is your name?")

    assert form_tree(One()).xpath("//label/@class") == ["govuk-label govuk-label--m"]
    assert "govuk-label--s" in form_tree(EveryQuestion()).xpath("//label[@for='id_note']/@class")[0]


def test_a_form_has_a_new_key_each_time_it_is_shown() -> None:
    first, second = (form_tree(EveryQuestion()).xpath("//input[@name='form_key']/@value")[0] for _ in range(2))

    assert len(first) >= 24
    assert first != second


def test_a_form_sent_without_its_key_is_refused_in_words() -> None:
    form = EveryQuestion({**GOOD, "form_key": ""}, upload())

    assert form.errors == {"form_key": ["This page is incomplete. Open it again"]}
    assert "This page is incomplete" in summary(form)


def test_an_error_of_the_whole_form_stands_first_in_the_summary() -> None:
    form = EveryQuestion({}, whole="Updates closed on 25 October 2024")

    assert summary(form).index("Updates closed") < summary(form).index("Enter what has happened")


def test_a_page_without_errors_has_no_summary() -> None:
    assert "govuk-error-summary" not in summary(EveryQuestion())


def test_several_forms_share_one_summary() -> None:
    class Other(BaseForm):
        name = TextField("Who?", missing="Enter who")

    said = summary(empty(), Other({}, prefix="other"))

    assert said.count("There is a problem") == 1
    assert 'href="#id_other-name"' in said


def test_a_file_that_is_too_large_or_empty_is_said_in_words() -> None:
    field = FileField("Which file?", missing="Choose a file", most_bytes=1024**2)

    assert messages_of(field, SimpleUploadedFile("a.docx", b"x" * (1024**2 + 1))) == [
        "The file must be 1 MB or smaller"
    ]
    assert messages_of(field, SimpleUploadedFile("a.docx", b"")) == ["The file is empty"]
    assert messages_of(field, None) == ["Choose a file"]


def test_a_file_that_was_kept_is_said() -> None:
    form = EveryQuestion()
    form.fields["file"].kept = "peer-plan.docx"

    assert "peer-plan.docx is still here" in form_html(form)


def messages_of(field: Any, value: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return list(refused.value.messages)


def test_web_addresses_and_numbers_may_be_left_empty() -> None:
    assert WebAddressField("Where?").clean("") == ""
    assert WholeNumberField("How many?").clean("") is None


def test_a_filter_uses_what_it_can_read_and_leaves_out_the_rest() -> None:
    class Filter(FilterForm):
        due = ChoiceField("Due", [("", "Any time"), ("overdue", "Overdue")], drop_down=True)
        day = DateField("Since")

    assert Filter({"due": "overdue", "day": "nonsense"}).chosen() == {"due": "overdue"}
    assert Filter({"due": "elsewhere"}).chosen() == {}
    assert Filter({}).chosen() == {}


def test_no_text_box_takes_more_than_a_paper_could_print() -> None:
    class Said(BaseForm):
        words = TextField("What has happened?", rows=3, thing="What has happened")

    form = Said({"words": "x" * 20_001})

    assert form.errors["words"] == ["What has happened must be 20,000 characters or fewer. You have used 20,001"]
    assert Said({"words": "x" * 20_000}).is_valid()
