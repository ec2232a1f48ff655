"""The one base form: layout, error summary, hints and buttons, the same on every page."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from peerchallenge.web.fields import (
    AgreeField,
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    FileField,
    PasswordField,
    PickField,
    PickSeveralField,
    TextField,
    WebAddressField,
    WholeNumberField,
)

__all__ = [
    "AgreeField",
    "BaseForm",
    "Button",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "EmailField",
    "FileField",
    "FilterForm",
    "PasswordField",
    "PickField",
    "PickSeveralField",
    "TextField",
    "WebAddressField",
    "WholeNumberField",
]

Reveals = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Button:
    """A way to send the form. `name` and `value` tell the view which one was pressed."""

    label: str
    name: str = ""
    value: str = "yes"
    kind: str = ""  # "", "secondary" or "warning"
    skips_checks: bool = False


class Asking(forms.BaseForm):
    """What every form of the service shares, whatever it is made of."""

    submit_label = "Save"
    more_buttons: ClassVar[Sequence[Button]] = ()
    cancel_label = "Cancel"
    form_method = "post"
    form_class = "app-form"
    # Questions that an answer opens: {"more_time": {"yes": ("new_date", "reason")}}. Without script all are shown.
    reveals: ClassVar[Reveals] = {}
    # Questions that clean() may demand: they are not marked "(optional)".
    never_optional: ClassVar[Sequence[str]] = ()
    # A hidden key, new for each page shown. The operation stores it, so that a second press finds the first result.
    has_one_time_key = False

    use_required_attribute = False

    def __init__(self, *args: Any, cancel: str = "", **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.cancel = cancel
        if self.has_one_time_key:
            self.fields["form_key"] = forms.CharField(
                widget=forms.HiddenInput(),
                initial=secrets.token_urlsafe(18),
                max_length=64,
                error_messages={
                    "required": "This page is incomplete. Open it again",
                    "max_length": "This page is incomplete. Open it again",
                },
            )

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = self.form_method
        helper.form_class = self.form_class
        helper.layout = self.layout()
        helper.render_hidden_fields = True
        return helper

    def layout(self) -> Layout:
        """The questions in order, those that an answer opens left to that answer. Pages with headings override this."""
        opened = set(self.opened_by_an_answer())
        return Layout(*(name for name in self.fields if name not in opened))

    def opened_by_an_answer(self) -> Iterator[str]:
        for answers in self.reveals.values():
            for names in answers.values():
                yield from names

    def buttons(self) -> list[Button]:
        return [Button(self.submit_label), *self.more_buttons]

    @property
    def label_size(self) -> str:
        """One question on the page stands larger than one of several."""
        shown = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        return "m" if len(shown) == 1 else "s"

    def is_marked_optional(self, name: str) -> bool:
        field = self.fields[name]
        return not (
            field.required
            or self.form_method == "get"
            or isinstance(field, forms.BooleanField)
            or name in self.never_optional
            or name in set(self.opened_by_an_answer())
        )


class BaseForm(Asking, forms.Form):
    """A page's questions. Render with `{% crispy form %}`; base.html shows the error summary of `form` by itself."""


class FilterForm(Asking, forms.Form):
    """A filter above a list: sent by GET, nothing is demanded, a wrong answer is as good as none."""

    form_method = "get"

    def chosen(self) -> dict[str, Any]:
        """The answers that can be used; what cannot be read is left out instead of emptying the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
