"""Draw a template or a form as a signed-in person would get it, and read it as a tree."""

from types import SimpleNamespace
from typing import Any

from crispy_forms.templatetags import crispy_forms_tags  # noqa: F401  # registers the tag used below
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html


class Person:
    is_authenticated = True

    def __str__(self) -> str:
        return "Carys Bevan"

    def has_perm(self, permission: str, thing: object = None) -> bool:
        return False


class HeldMessages(BaseStorage):
    """Messages without a session."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


def request(path: str = "/challenges/", *, signed_in: bool = True) -> HttpRequest:
    made = RequestFactory().get(path)
    made.user = Person() if signed_in else SimpleNamespace(is_authenticated=False)  # type: ignore[assignment]
    made.csp_nonce = "nonce-for-this-page"  # type: ignore[attr-defined]
    made._messages = HeldMessages(made)  # type: ignore[attr-defined]
    assert get_messages(made) is not None
    return made


def page(template: str, context: dict[str, Any] | None = None, *, asked: HttpRequest | None = None) -> str:
    return render_to_string(template, context or {}, asked or request())


def form_html(form: Any) -> str:
    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render(RequestContext(request(), {"form": form}))


def form_tree(form: Any) -> html.HtmlElement:
    return html.fromstring(form_html(form))


def piece(source: str, **context: Any) -> html.HtmlElement:
    """A component or a tag as a tree, in an element of its own."""
    drawn = Template("{% load web %}" + source).render(RequestContext(request(), context))
    return html.fromstring(f"<div>{drawn}</div>")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
