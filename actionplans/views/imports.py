"""Bringing a plan in, in four pages: upload or paste, match the columns, check the rows, done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from actionplans import import_check
from actionplans.bringing import PLANNED_IS_ACTION, asks_about_bullets
from actionplans.demonstration.sample import has_sample
from actionplans.forms.imports import BulletsForm, ColumnsForm, UploadForm, meanings
from actionplans.import_reading import PASTED, propose_for, reading_of
from actionplans.models import PlanImport
from actionplans.operations import imports
from actionplans.views.frame import plan_crumbs
from actionplans.views.loaders import visible_import
from engagements.models import Engagement
from engagements.views.loaders import visible_engagement
from peerchallenge.access import Refused, allow
from peerchallenge.documents.downloads import file_response
from peerchallenge.tabular import Unreadable
from peerchallenge.web.parts import Figure, Step
from peerchallenge.web.words import counted

TEXT = "text/plain; charset=utf-8"
ADD = "add"


@allow("actionplans.import_plan", load=visible_engagement)
def upload(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file, pasted = form.cleaned_data["file"], form.cleaned_data["pasted"]
        content, name, kind = (file.read(), file.name, imports.BINARY) if file else (pasted.encode(), PASTED, TEXT)
        try:
            begun = imports.start_import(
                engagement, content=content, name=name, content_type=kind, by=request.user, now=timezone.now()
            )
        except (Unreadable, Refused) as refused:
            form.add_error("file" if file else "pasted", str(refused))
        else:
            return redirect("actionplans:import_columns", engagement.slug, begun.pk)
    context = {
        "engagement": engagement,
        "form": form,
        "crumbs": plan_crumbs(engagement, request.user),
        "steps": steps(1),
        "open_imports": PlanImport.objects.filter(engagement=engagement, state=PlanImport.State.OPEN).order_by(
            "-started_at"
        )[:5],
        "sample_url": reverse("actionplans:sample_plan", args=[engagement.slug]) if has_sample(engagement) else "",
    }
    return render(request, "actionplans/imports/upload.html", context)


@allow("actionplans.import_import", load=visible_import)
def columns(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    if finished := instead_of_finished(plan_import):
        return finished
    form = ColumnsForm(request.POST if request.method == "POST" else None, reading=reading_of(plan_import))
    if form.is_valid():
        try:
            imports.choose_columns(
                plan_import,
                version=version_shown(request),
                columns=form.chosen_columns(),
                statuses=form.chosen_statuses(),
                by=request.user,
            )
        except (Unreadable, Refused) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("actionplans:import_check", plan_import.engagement.slug, plan_import.pk)
    context = {
        "engagement": plan_import.engagement,
        "plan_import": plan_import,
        "form": form,
        "meanings": meanings(),
        "steps": steps(2, plan_import),
        "upload_url": reverse("actionplans:import", args=[plan_import.engagement.slug]),
    }
    return render(request, "actionplans/imports/columns.html", context)


@allow("actionplans.import_import", load=visible_import)
def check(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    """Step 3. The form below the rows adds everything, or leaves with nothing added."""
    slug = plan_import.engagement.slug
    if finished := instead_of_finished(plan_import):
        return finished
    refusal = ""
    if request.method == "POST" and request.POST.get("do") == ADD:
        try:
            now = timezone.now()
            imports.confirm_import(
                plan_import, version=version_shown(request), by=request.user, now=now, today=timezone.localdate(now)
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("actionplans:import_done", slug, plan_import.pk)
    elif request.method == "POST":
        imports.leave_import(plan_import, by=request.user)
        messages.success(request, f"{plan_import.source_name} was not added. Nothing has changed.")
        return redirect("actionplans:plan", slug)
    return render(request, "actionplans/imports/check.html", check_page(request, plan_import, refusal))


@allow("actionplans.import_import", load=visible_import)
def bullets(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    """The answer to what the bullet points are; the rows are then shown anew."""
    if finished := instead_of_finished(plan_import):
        return finished
    form = BulletsForm(request.POST or None)
    if form.is_valid():
        try:
            imports.choose_bullets(
                plan_import, version=version_shown(request), bullets=form.cleaned_data["bullets"], by=request.user
            )
        except Refused as refused:
            return render(request, "actionplans/imports/check.html", check_page(request, plan_import, str(refused)))
    return redirect("actionplans:import_check", plan_import.engagement.slug, plan_import.pk)


@allow("actionplans.import_import", load=visible_import)
def done(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    engagement = plan_import.engagement
    if plan_import.state == PlanImport.State.OPEN:
        return redirect("actionplans:import_check", engagement.slug, plan_import.pk)
    refusal = ""
    if request.method == "POST":
        try:
            imports.undo_import(plan_import, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{plan_import.source_name} is taken out of the plan again.")
            return redirect("actionplans:plan", engagement.slug)
    context = {
        "engagement": engagement,
        "plan_import": plan_import,
        "crumbs": plan_crumbs(engagement, request.user),
        "steps": steps(4),
        "heading": done_in_words(plan_import),
        "came_from": f"From {plan_import.source_name}",
        "can_undo": plan_import.state == PlanImport.State.DONE and imports.can_be_undone(plan_import),
        "refusal": refusal,
    }
    return render(request, "actionplans/imports/done.html", context)


@allow("actionplans.import_import", load=visible_import)
def file(request: HttpRequest, plan_import: PlanImport) -> HttpResponse:
    """The file as it was uploaded."""
    return file_response(plan_import.file, name=plan_import.file.original_name)


def instead_of_finished(plan_import: PlanImport) -> HttpResponse | None:
    """A finished import is not taken up again: its last page says what became of it."""
    if plan_import.state == PlanImport.State.OPEN:
        return None
    return redirect("actionplans:import_done", plan_import.engagement.slug, plan_import.pk)


def version_shown(request: HttpRequest) -> int:
    shown = request.POST.get("version", "")
    return int(shown) if shown.isdecimal() and len(shown) < 9 else 0


def check_page(request: HttpRequest, plan_import: PlanImport, refusal: str) -> dict[str, object]:
    engagement = plan_import.engagement
    reading, proposal = reading_of(plan_import), propose_for(plan_import)
    entries = import_check.entries(reading, proposal, show_all=request.GET.get("show") == "all")
    left_out = plan_import.reading["left_out"]
    doubtful = import_check.rows_to_check(reading)
    chosen = plan_import.choices.get("bullets", PLANNED_IS_ACTION)
    differing = proposal.differing
    return {
        "engagement": engagement,
        "plan_import": plan_import,
        "proposal": proposal,
        "entries": entries,
        "steps": steps(3, plan_import),
        "refusal": refusal,
        "differing": f"{counted(differing, 'recommendation')} {'differs' if differing == 1 else 'differ'}"
        if differing
        else "",
        "bullets_form": BulletsForm(
            initial={"bullets": chosen, "version": plan_import.version},
            action=reverse("actionplans:import_bullets", args=[engagement.slug, plan_import.pk]),
        )
        if asks_about_bullets(reading)
        else None,
        "columns_url": reverse("actionplans:import_columns", args=[engagement.slug, plan_import.pk]),
        "came_from": import_check.where_from(reading),
        "left_out_words": import_check.left_out_in_words(left_out),
        "add_label": add_label(proposal.new_recommendations, proposal.new_actions, proposal.added_to),
        "figures": [
            Figure("recommendations", len(proposal.recommendations), detail=f"{proposal.new_recommendations} new"),
            Figure(
                "actions",
                len(proposal.actions),
                detail=f"{proposal.new_actions} new, {proposal.first_updates} with a first update",
            ),
            Figure("posts", proposal.posts, detail=f"{len(proposal.new_posts)} new"),
            Figure("rows to check", doubtful, is_late=doubtful > 0),
            Figure("words left out", len(left_out), is_late=len(left_out) > 0),
        ],
    }


def add_label(recommendations: int, actions: int, added_to: int) -> str:
    """Such as “Add 9 recommendations and 9 actions”."""
    parts = [counted(recommendations, "recommendation")] if recommendations else []
    if actions:
        parts.append(counted(actions, "action"))
    label = f"Add {' and '.join(parts)}" if parts else ""
    if added_to:
        label = (
            f"{label}, and add to {counted(added_to, 'action')}" if label else f"Add to {counted(added_to, 'action')}"
        )
    return label


def done_in_words(plan_import: PlanImport) -> str:
    if plan_import.state == PlanImport.State.LEFT:
        return "Nothing was added"
    if plan_import.state == PlanImport.State.UNDONE:
        return "This import was undone"
    outcome = plan_import.outcome
    parts = [
        counted(len(outcome[kind]), noun)
        for kind, noun in (("recommendations", "recommendation"), ("actions", "action"), ("positions", "statement"))
        if outcome[kind]
    ]
    return f"{' and '.join(parts)} added" if parts else "Nothing was new, so nothing was added"


def steps(current: int, plan_import: PlanImport | None = None) -> list[Step]:
    """The strip above each page. Steps already taken are links."""
    urls = ["", "", "", ""]
    if plan_import is not None:
        slug = plan_import.engagement.slug
        urls[0] = reverse("actionplans:import", args=[slug])
        urls[1] = reverse("actionplans:import_columns", args=[slug, plan_import.pk])
    labels = ("Upload or paste", "Match the columns", "Check the rows", "Add to the plan")
    return [
        Step(label, url=urls[place - 1] if place < current else "", current=place == current)
        for place, label in enumerate(labels, start=1)
    ]
