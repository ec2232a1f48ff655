"""What the form pack in templates/govuk needs to know about a field."""

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from crispy_forms.utils import render_field
from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from peerchallenge.web.fields import DateWidget

register = template.Library()

CLASSES = {
    "date": "govuk-input govuk-input--width-10 moj-js-datepicker-input",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "counted": "govuk-textarea govuk-js-character-count",
    "text": "govuk-input",
}
ERROR_CLASSES = {
    "file": "govuk-file-upload--error",
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
    "counted": "govuk-textarea--error",
}

# Above this the limit only keeps out accidents, and a count would be noise.
COUNTED_UP_TO = 10_000


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox. The first has the field's own id, so that the error summary leads to it."""

    id: str
    name: str
    value: Any
    label: Any
    is_chosen: bool
    is_disabled: bool
    hint: str
    reveals: tuple[str, ...] = attribute(default=())


@register.filter
def kind(bound: BoundField) -> str:
    """Which template of the pack draws this field."""
    widget = bound.field.widget
    match widget:
        case _ if widget.is_hidden:
            return "hidden"
        case forms.CheckboxSelectMultiple():
            return "checkboxes"
        case forms.RadioSelect():
            return "radios"
        case forms.CheckboxInput():
            return "checkbox"
        case DateWidget():
            return "date"
        case forms.FileInput():
            return "file"
        case forms.PasswordInput():
            return "password"
        case forms.Select():
            return "select"
        case forms.Textarea():
            longest = getattr(bound.field, "longest", None)
            return "counted" if longest and longest <= COUNTED_UP_TO else "textarea"
    return "text"


@register.filter
def described_by(bound: BoundField) -> str:
    """The ids of hint, error and count, in the order they are read."""
    ids = []
    if bound.help_text:
        ids.append(f"{bound.auto_id}_helptext")
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    if kind(bound) == "counted":
        ids.append(f"{bound.auto_id}-info")
    return " ".join(ids)


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The input itself, with the classes, the error state and the ties to hint and error."""
    drawn = kind(bound)
    classes = [bound.field.widget.attrs.get("class", ""), CLASSES.get(drawn, "")]
    if width := getattr(bound.field, "width", None):
        classes.append(f"govuk-input--width-{width}")
    if bound.errors:
        classes.append(ERROR_CLASSES.get(drawn, "govuk-input--error"))
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


@register.filter
def options(bound: BoundField) -> list[Option]:
    reveals = getattr(bound.form, "reveals", {}).get(bound.name, {})
    hints = getattr(bound.field, "hints", {})
    drawn = []
    for position, part in enumerate(bound.subwidgets, start=1):
        value = part.data["value"]
        drawn.append(
            Option(
                id=bound.auto_id if position == 1 else f"{bound.auto_id}_{position}",
                name=part.data["name"],
                value=value,
                label=part.data["label"],
                is_chosen=part.data["selected"],
                is_disabled=bool(part.data["attrs"].get("disabled")),
                hint=hints.get(str(value), ""),
                reveals=tuple(reveals.get(str(value), ())),
            )
        )
    return drawn


@register.filter
def marked_optional(bound: BoundField) -> bool:
    asked = getattr(bound.form, "is_marked_optional", None)
    return bool(asked and asked(bound.name))


@register.filter
def label_size(bound: BoundField) -> str:
    # A question that an answer opens belongs to it, so it is set like the answer.
    form = bound.form
    if hasattr(form, "opened_by_an_answer") and bound.name in set(form.opened_by_an_answer()):
        return ""
    return getattr(form, "label_size", "s")


@register.simple_tag(takes_context=True)
def revealed(context: template.Context, bound: BoundField, name: str) -> SafeString:
    """A question that an answer opens, drawn directly after that answer."""
    return render_field(name, bound.form, context)
