"""Every form of the service speaks our words, not the framework's."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.core.validators import MaxLengthValidator

import actionplans
import engagements
import peerchallenge
from peerchallenge.web.forms import Asking, BaseForm, FilterForm

ALWAYS = {
    "invalid",
    "invalid_choice",
    "invalid_list",
    "invalid_pk_value",
    "empty",
    "missing",
    "max_length",
    "min_length",
}


def form_modules() -> Iterator[str]:
    for package in (peerchallenge, engagements, actionplans):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name.split(".")[2:] or module.name.rpartition(".")[2].startswith("forms"):
                yield module.name


def every_form() -> list[type[Asking]]:
    for name in form_modules():
        importlib.import_module(name)
    found: set[type[Asking]] = set()
    waiting: list[type[Asking]] = [BaseForm, FilterForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.base_fields and not form.__module__.startswith("tests."):
            found.add(form)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__name__}")


def default_words(field: forms.Field) -> set[str]:
    """What Django itself says, for every kind of field this one is."""
    said: set[str] = set()
    for kind in type(field).__mro__:
        if kind.__module__.startswith("django.forms"):
            said |= {str(message) for message in getattr(kind, "default_error_messages", {}).values()}
    return said


def faults_of(form: type[Asking]) -> Iterator[str]:
    for name, field in form.base_fields.items():
        codes = ALWAYS | ({"required"} if field.required else set())
        for code, message in field.error_messages.items():
            if code in codes and str(message) in default_words(field):
                yield f"{name}: say what to do instead of “{message}” ({code})"
        for validator in field.validators:
            if type(validator) is MaxLengthValidator and "max_length" not in field.error_messages:
                yield f"{name}: use TextField(longest=…), which says by how much the text is too long"
        if isinstance(field.widget, forms.MultiWidget):
            yield f"{name}: ask in one box, a second one would have no name for those who cannot see it"
        if not field.label and not field.widget.is_hidden:
            yield f"{name}: has no question"
    for answers in form.reveals.values():
        for names in answers.values():
            yield from (
                f"reveals {name}, which is no question of the form" for name in names if name not in form.base_fields
            )


@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_no_form_says_the_default_words_of_django(form: type[Asking]) -> None:
    assert list(faults_of(form)) == []


def test_the_walk_finds_forms_and_faults() -> None:
    class Plain(BaseForm):
        name = forms.CharField(max_length=5)
        reveals = {"name": {"yes": ("nowhere",)}}

    assert len(list(faults_of(Plain))) == 4
    assert "peerchallenge.accounts.forms" in set(form_modules())
