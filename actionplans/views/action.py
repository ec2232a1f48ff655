"""One action: its page, its history, adding one and changing one."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from actionplans.action_queries import action_facts
from actionplans.forms.action import AddActionForm, ChangeActionForm, counted_to
from actionplans.models import Action
from actionplans.operations.plan import add_action, change_action
from actionplans.views.frame import plan_crumbs
from actionplans.views.loaders import visible_action
from actionplans.views.stale import kept_words
from engagements.models import Engagement
from engagements.views.loaders import visible_engagement
from peerchallenge.access import Refused, Stale, allow
from peerchallenge.history.timeline import count_of, timeline
from peerchallenge.web.pagination import ROWS
from peerchallenge.web.parts import Action as Button
from peerchallenge.web.parts import Link


@allow("actionplans.read_action", load=visible_action)
def action_page(request: HttpRequest, action: Action) -> HttpResponse:
    context = {
        "action": action,
        "crumbs": plan_crumbs(action.engagement, request.user),
        "buttons": action_buttons(request, action),
        "facts": action_facts(action, user=request.user, today=localdate()),
    }
    return render(request, "actionplans/action/action.html", context)


@allow("actionplans.read_action", load=visible_action)
def history(request: HttpRequest, action: Action) -> HttpResponse:
    context = {
        "action": action,
        "crumbs": [*plan_crumbs(action.engagement, request.user), Link(str(action), action.get_absolute_url())],
        "entries": timeline(action, limit=ROWS),
        "number": count_of(action),
    }
    return render(request, "actionplans/action/history.html", context)


@allow("actionplans.change_plan", load=visible_engagement)
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = add_form(request, engagement)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            added = add_action(
                cleaned["recommendation"],
                text=cleaned["text"],
                owners=form.owner_entries(),
                timescale=cleaned["timescale"],
                also_serves=cleaned["also_serves"],
                form_key=cleaned["form_key"],
                by=request.user,
                today=localdate(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Action {added.ref} is added. {counted_to(added.timescale)}".strip())
            return redirect(added)
    context = {"engagement": engagement, "crumbs": plan_crumbs(engagement, request.user), "form": form}
    return render(request, "actionplans/action/add.html", context)


@allow("actionplans.change_action", load=visible_action)
def edit(request: HttpRequest, action: Action) -> HttpResponse:
    form = change_form(request, action)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            changed = change_action(
                action,
                version=cleaned["version"],
                text=cleaned["text"],
                owners=form.owner_entries(),
                timescale=cleaned["timescale"],
                date_reason=cleaned["date_reason"],
                also_serves=cleaned["also_serves"],
                by=request.user,
                today=localdate(),
            )
        except Stale as stale:
            again = form.again(action=stale.current)
            return kept_words(request, stale, form=again, crumbs=plan_crumbs(action.engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Action {changed.ref} is changed. {counted_to(changed.timescale)}".strip())
            return redirect(changed)
    context = {"action": action, "crumbs": plan_crumbs(action.engagement, request.user), "form": form}
    return render(request, "actionplans/action/edit.html", context)


def add_form(request: HttpRequest, engagement: Engagement) -> AddActionForm:
    """The form as sent; with more rows for owners when those were asked for, keeping every answer."""
    cancel = reverse("actionplans:plan", args=[engagement.slug])
    if "more_owners" in request.POST:
        typed = request.POST.dict() | {"also_serves": request.POST.getlist("also_serves")}
        return AddActionForm(engagement=engagement, cancel=cancel, rows=rows_asked_for(request), initial=typed)
    chosen = engagement.recommendations.filter(is_final=True).filter(Q(slug=request.GET.get("recommendation", "")))
    return AddActionForm(
        request.POST or None, engagement=engagement, cancel=cancel, initial={"recommendation": chosen.first()}
    )


def change_form(request: HttpRequest, action: Action) -> ChangeActionForm:
    if "more_owners" in request.POST:
        typed = request.POST.dict() | {"also_serves": request.POST.getlist("also_serves")}
        return ChangeActionForm(
            action=action, cancel=action.get_absolute_url(), rows=rows_asked_for(request), typed=typed
        )
    return ChangeActionForm(request.POST or None, action=action, cancel=action.get_absolute_url())


def rows_asked_for(request: HttpRequest) -> int:
    return sum(1 for name in request.POST if name.startswith("owner_") and name.endswith("_title")) + 2


def action_buttons(request: HttpRequest, action: Action) -> list[Button]:
    address = [action.engagement.slug, action.slug]
    buttons = []
    if request.user.has_perm("actionplans.change_action", action):
        buttons.append(Button("Change the action", reverse("actionplans:edit_action", args=address)))
    if request.user.has_perm("actionplans.update_action", action):
        buttons.append(Button("Update", reverse("actionplans:update", args=address), kind=""))
    return buttons
