"""My actions, and updating one."""

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from actionplans.forms.update import UpdateForm
from actionplans.models import Action
from actionplans.my_queries import Aside, MyActions, aside_of, my_actions_of, next_to_update
from actionplans.operations.updates import update_action
from actionplans.queries import plan_of
from actionplans.rules import coordinates_action, holds_owning_post
from actionplans.views.frame import plan_crumbs
from actionplans.views.loaders import visible_action
from actionplans.views.stale import kept_words
from peerchallenge.access import Refused, Stale, allow, allow_signed_in
from peerchallenge.web.parts import Link


@allow_signed_in
def my_actions(request: HttpRequest) -> HttpResponse:
    """The actions of the posts a person holds; nobody else's, so everybody may open it."""
    mine: MyActions = my_actions_of(request.user, localdate())
    return render(request, "actionplans/update/my_actions.html", {"mine": mine})


@allow("actionplans.update_action", load=visible_action)
def update(request: HttpRequest, action: Action) -> HttpResponse:
    today = localdate()
    is_owner = holds_owning_post(request.user, action, today)
    following = next_to_update(request.user, today, after=action) if is_owner else None
    form = UpdateForm(
        request.POST or None,
        action=action,
        today=today,
        has_next=following is not None,
        all_statuses=coordinates_action(request.user, action),
        unchanged="nothing-has-changed" in request.GET,
    )
    if form.is_valid():
        try:
            update_action(action, **form.answers(), by=request.user, today=today)
        except Stale as stale:
            again = form.again(version=stale.current.version, form_key=token_urlsafe(18))
            return kept_words(request, stale, form=again, crumbs=plan_crumbs(action.engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Action {action.ref} is updated.")
            return redirect(after_saving(request, action, following, is_owner=is_owner))
    return render(request, "actionplans/update/update.html", page(request, action, form, is_owner=is_owner))


def page(request: HttpRequest, action: Action, form: UpdateForm, *, is_owner: bool) -> dict[str, object]:
    today = form.today
    aside: Aside = aside_of(action, user=request.user, plan=plan_of(action.engagement), today=today)
    back = (
        Link("My actions", reverse("actionplans:my_actions")) if is_owner else Link("Action", action.get_absolute_url())
    )
    return {"action": action, "form": form, "aside": aside, "back": back, "late_days": action.days_late(today)}


def after_saving(request: HttpRequest, action: Action, following: Action | None, *, is_owner: bool) -> str:
    """The next action that waits for the person, else their list; the coordinator goes back to the action."""
    if not is_owner:
        return action.get_absolute_url()
    if following is None or request.POST.get("then") == "finish":
        return reverse("actionplans:my_actions")
    return reverse("actionplans:update", args=[following.engagement.slug, following.slug])
