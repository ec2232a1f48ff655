"""Questions. Each carries its own words: the label is a question, `missing` is what to do when it is left empty.

A field without `missing` may be left empty. `thing` names the answer in other messages ("The date the visit ends").
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.db.models import QuerySet

Choices = Iterable[tuple[Any, Any]]

MOST_CHARACTERS = 20_000
DATE_HINT = "For example, 8 July 2024 or 8/7/2024"
DATE_FORMATS = ("%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y", "%Y-%m-%d")


class Longest(BaseValidator):
    """Refuse text over the limit, and say by how much, so that people know what to cut."""

    code = "max_length"

    def __init__(self, limit: int, thing: str):
        super().__init__(limit)
        self.thing = thing

    def __call__(self, value: str) -> None:
        if len(value) > self.limit_value:
            raise ValidationError(
                f"{self.thing} must be {self.limit_value:,} characters or fewer. You have used {len(value):,}",
                code=self.code,
            )


def _words(missing: str, /, **others: str) -> dict[str, str]:
    return {"required": missing, **others} if missing else dict(others)


class TextField(forms.CharField):
    """One line of text, or several with `rows`. `longest` is checked and, with `rows`, counted on the page.

    No maxlength is set on the page: it would silently cut what people paste.
    """

    def __init__(
        self,
        question: str,
        *,
        missing: str = "",
        hint: str = "",
        longest: int | None = None,
        rows: int | None = None,
        width: int | None = None,
        thing: str = "This",
        autocomplete: str = "",
        **options: Any,
    ):
        attrs: dict[str, Any] = {}
        if autocomplete:
            attrs["autocomplete"] = autocomplete
        if rows:
            attrs["rows"] = rows
        options.setdefault("widget", forms.Textarea(attrs) if rows else forms.TextInput(attrs))
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            error_messages=_words(
                missing, null_characters_not_allowed=f"{thing} has a hidden character. Type it again"
            ),
            **options,
        )
        self.width = width
        self.thing = thing
        self.longest = longest
        # Without a limit of its own, one that nobody meets by writing: a paper with more could not be printed.
        self.validators.append(Longest(longest or MOST_CHARACTERS, thing))

    def to_python(self, value: Any) -> str:
        # Browsers send two characters for each new line; people and the counter count one.
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PasswordField(forms.CharField):
    """A password. It is never written back to the page, and spaces in it count."""

    def __init__(self, question: str, *, missing: str, hint: str = "", autocomplete: str = "current-password"):
        super().__init__(
            label=question,
            help_text=hint,
            strip=False,
            widget=forms.PasswordInput({"autocomplete": autocomplete}),
            error_messages=_words(missing),
        )


class EmailField(forms.EmailField):
    def __init__(self, question: str, *, missing: str = "", hint: str = "", own: bool = False):
        attrs = {"spellcheck": "false"}
        if own:
            attrs["autocomplete"] = "email"
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            widget=forms.EmailInput(attrs),
            error_messages=_words(
                missing,
                invalid="Enter an email address, like name@northmoor.example",
                max_length="Enter a shorter email address",
            ),
        )


class WebAddressField(forms.URLField):
    """An address on the web. Only https is taken, so that no page leads people to an unprotected one."""

    def __init__(self, question: str, *, missing: str = "", hint: str = ""):
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            assume_scheme="https",
            error_messages=_words(missing, invalid="Enter a web address that starts with https://"),
        )

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if address and not address.startswith("https://"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


class WholeNumberField(forms.IntegerField):
    def __init__(
        self,
        question: str,
        *,
        missing: str = "",
        hint: str = "",
        thing: str = "This",
        lowest: int = 0,
        highest: int | None = None,
    ):
        span = f"between {lowest:,} and {highest:,}" if highest is not None else f"{lowest:,} or more"
        wrong = f"{thing} must be a whole number, {span}"
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            min_value=lowest,
            max_value=highest,
            # A number box on the page changes by the mouse wheel and hides what is not a number.
            widget=forms.TextInput({"inputmode": "numeric"}),
            error_messages=_words(missing, invalid=wrong, min_value=wrong, max_value=wrong),
        )
        self.width = 5


class ChoiceField(forms.ChoiceField):
    """One answer of a few, as radio buttons. `hints` explains single answers; what an answer reveals is said by the form.

    With `drop_down` it is a select, for more answers than fit a page.
    """

    def __init__(
        self,
        question: str,
        choices: Choices = (),
        *,
        missing: str = "",
        hint: str = "",
        hints: Mapping[str, str] | None = None,
        inline: bool = False,
        drop_down: bool = False,
        **options: Any,
    ):
        super().__init__(
            label=question,
            help_text=hint,
            choices=choices,
            required=bool(missing),
            widget=forms.Select() if drop_down else forms.RadioSelect(),
            error_messages=_words(missing, invalid_choice=missing or "Choose one of the answers shown"),
            **options,
        )
        self.hints = dict(hints or {})
        self.inline = inline


class ChoicesField(forms.MultipleChoiceField):
    """Any of several answers, as checkboxes."""

    def __init__(
        self,
        question: str,
        choices: Choices = (),
        *,
        missing: str = "",
        hint: str = "Choose all that apply",
        hints: Mapping[str, str] | None = None,
    ):
        wrong = missing or "Choose from the answers shown"
        super().__init__(
            label=question,
            help_text=hint,
            choices=choices,
            required=bool(missing),
            widget=forms.CheckboxSelectMultiple(),
            error_messages=_words(missing, invalid_choice=wrong, invalid_list=wrong),
        )
        self.hints = dict(hints or {})


class PickField(forms.ModelChoiceField):
    """One row out of a list that the form narrows to what the person may see (`self.fields[...].queryset`)."""

    def __init__(
        self,
        question: str,
        queryset: QuerySet[Any],
        *,
        missing: str = "",
        hint: str = "",
        empty: str = "Choose",
        radios: bool = False,
    ):
        super().__init__(
            queryset=queryset,
            label=question,
            help_text=hint,
            required=bool(missing),
            empty_label=None if radios else empty,
            blank=not radios,
            widget=forms.RadioSelect() if radios else forms.Select(),
            error_messages=_words(missing, invalid_choice=missing or "Choose one of the answers shown"),
        )


class PickSeveralField(forms.ModelMultipleChoiceField):
    def __init__(
        self, question: str, queryset: QuerySet[Any], *, missing: str = "", hint: str = "Choose all that apply"
    ):
        wrong = missing or "Choose from the answers shown"
        super().__init__(
            queryset=queryset,
            label=question,
            help_text=hint,
            required=bool(missing),
            widget=forms.CheckboxSelectMultiple(),
            error_messages=_words(missing, invalid_choice=wrong, invalid_list=wrong, invalid_pk_value=wrong),
        )


class AgreeField(forms.BooleanField):
    """A single checkbox. With `missing` it must be ticked."""

    def __init__(self, statement: str, *, missing: str = "", hint: str = ""):
        super().__init__(label=statement, help_text=hint, required=bool(missing), error_messages=_words(missing))


class DateWidget(forms.DateInput):
    """One text box; the picker beside it is extra and writes 8/7/2024."""

    def __init__(self) -> None:
        super().__init__(format="%-d/%-m/%Y")


class DateField(forms.DateField):
    """A day, in one box, as people write days. What cannot be read stays in the box."""

    def __init__(
        self, question: str, *, missing: str = "", thing: str = "The date", hint: str = DATE_HINT, **options: Any
    ):
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            input_formats=DATE_FORMATS,
            widget=DateWidget(),
            error_messages=_words(missing, invalid=f"{thing} must be a real date, like 8 July 2024"),
            **options,
        )
        self.thing = thing

    def to_python(self, value: Any) -> datetime.date | None:
        return super().to_python(tidy_date(value) if isinstance(value, str) else value)


def tidy_date(text: str) -> str:
    """Bring the ways people write a day to those the formats know: ordinals, dots, commas, "Sept"."""
    text = re.sub(r"[\s,]+", " ", text).strip()
    text = re.sub(r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)? ", "", text)
    text = re.sub(r"(?i)\b(\d{1,2})(st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"(?i)\bsept\b", "Sep", text)
    return re.sub(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2}|\d{4})$", r"\1/\2/\3", text)


class FileField(forms.FileField):
    """A file. `accept` are the endings people may choose; the true type is checked where the file is read."""

    def __init__(
        self,
        question: str,
        *,
        missing: str = "",
        hint: str = "",
        accept: Sequence[str] = (),
        most_bytes: int | None = None,
    ):
        super().__init__(
            label=question,
            help_text=hint,
            required=bool(missing),
            widget=forms.FileInput({"accept": ",".join(accept)} if accept else None),
            error_messages=_words(
                missing,
                invalid="The file did not arrive. Choose it again",
                missing="The file did not arrive. Choose it again",
                empty="The file is empty",
                max_length="The name of the file is too long. Give it a shorter name",
                contradiction="Choose a file or remove the one that is there, not both",
            ),
        )
        self.most_bytes = most_bytes
        self.kept = ""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and self.most_bytes and file.size > self.most_bytes:
            raise ValidationError(f"The file must be {self.most_bytes // 1024**2} MB or smaller", code="too_large")
        return file
