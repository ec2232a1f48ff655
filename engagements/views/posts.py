"""The posts of a challenge's council: who holds them, since when, and what hangs on them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.beside import PostLoad, post_loads
from engagements.forms.posts import HolderForm, PostForm
from engagements.models import Engagement, Post, PostHolding
from engagements.operations.councils import add_post, change_post, hold_post
from engagements.people import person_at
from engagements.sections import crumbs_of
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.people import people_of
from engagements.views.saving import done, told
from peerchallenge.access import Refused, Stale, allow
from peerchallenge.accounts.models import User
from peerchallenge.web.parts import Action, Figure, Link
from peerchallenge.web.words import counted, long_date


@dataclass(frozen=True)
class PostRow:
    post: Post
    holder: str
    since: str
    is_empty: bool
    loads: list[PostLoad]


def posts_of(engagement: Engagement) -> list[PostRow]:
    """Every post of the council with its holder of today. Two statements and one per app that has something on them."""
    today = localdate()
    open_now = PostHolding.objects.filter(from_on__lte=today).order_by("-from_on")
    found = (
        Post.objects.filter(council=engagement.council_id)
        .order_by("kind", "title")
        .prefetch_related(Prefetch("holdings", open_now, to_attr="so_far"))
    )
    loads = post_loads(engagement, engagement.council)
    rows = []
    for post in sorted(found, key=lambda post: (post.kind != Post.Kind.POST, post.title.lower())):
        latest = post.so_far[0] if post.so_far else None  # type: ignore[attr-defined]  # set by the prefetch
        holding = latest if latest and (latest.until_on is None or latest.until_on >= today) else None
        is_post = post.kind == Post.Kind.POST
        holder = holding.name if holding else "Nobody" if is_post else post.contact or post.get_kind_display()
        since = (
            long_date(holding.from_on)
            if holding
            else f"since {long_date(latest.until_on)}"
            if latest and latest.until_on and is_post
            else ""
        )
        rows.append(PostRow(post, holder, since, is_post and holding is None, list(loads.get(post.pk, []))))
    return rows


@allow("engagements.read_posts", load=visible_engagement)
def posts(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    rows = posts_of(engagement)
    empty = sum(row.is_empty for row in rows)
    only_empty = request.GET.get("held") == "nobody"
    can_change = request.user.has_perm("engagements.change_posts", engagement)
    can_change_people = request.user.has_perm("engagements.change_people", engagement)
    buttons = {
        "engagements:invite_person": (can_change_people, "Invite somebody", "secondary"),
        "engagements:add_post": (can_change, "Add a post", ""),
    }
    context = {
        "heading": "People and posts",
        "detail": f"{counted(len(rows), 'post')} of {engagement.council.name}",
        "rows": [row for row in rows if row.is_empty] if only_empty else rows,
        "figures": [
            Figure("in all" if len(rows) != 1 else "post in all", len(rows), request.path),
            Figure("with nobody in them" if empty != 1 else "with nobody in it", empty, f"{request.path}?held=nobody"),
        ],
        "table_heading": "Posts with nobody in them" if only_empty else "Posts and who holds them",
        "can_change": can_change,
        "has_loads": any(row.loads for row in rows),
        "can_change_people": can_change_people,
        "people": people_of(engagement.council) if can_change_people else [],
        "buttons": [
            Action(label, reverse(name, args=[engagement.slug]), kind=kind)
            for name, (may, label, kind) in buttons.items()
            if may
        ],
    }
    return challenge_page(request, engagement, "engagements/posts.html", context, section="posts")


def question(request: HttpRequest, engagement: Engagement, **context: Any) -> HttpResponse:
    above = Link("People and posts", reverse("engagements:posts", args=[engagement.slug]))
    frame = {"engagement": engagement, "crumbs": [*crumbs_of(engagement, request.user), above]}
    return render(request, "engagements/question.html", frame | context)


@allow("engagements.change_posts", load=visible_engagement)
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    above = reverse("engagements:posts", args=[engagement.slug])
    form = PostForm(request.POST or None, cancel=above)
    if form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if Post.objects.filter(council=engagement.council_id, title__iexact=answers["title"]).exists():
            form.add_error("title", f"There is a post called “{answers['title']}” already")
        elif done(form, lambda: add_post(**answers, council=engagement.council, by=request.user)):
            messages.success(request, f"{answers['title']} is added.")
            return redirect(above)
    return question(request, engagement, heading="Add a post", form=form)


def visible_post(user: User, slug: str, post: int) -> Engagement:
    """The challenge with one post of its council, for those who may change it. `allow` asks about the challenge."""
    engagement = visible_engagement(user, slug)
    found = Post.objects.visible_to(user).filter(council=engagement.council_id)
    engagement.chosen = get_object_or_404(found, pk=post)  # type: ignore[attr-defined]  # read by the views below
    return engagement


@allow("engagements.change_posts", load=visible_post)
def change(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    post: Post = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    above = reverse("engagements:posts", args=[engagement.slug])
    form = PostForm(request.POST or None, post=post, cancel=above)
    if form.is_valid():
        try:
            if done(form, lambda: change_post(post, **form.cleaned_data, by=request.user)):
                messages.success(request, f"{post.title} is changed.")
                return redirect(above)
        except Stale as stale:
            return told(request, stale, back=request.path)
    return question(request, engagement, heading=post.title, caption="Change the post", form=form)


@allow("engagements.change_posts", load=visible_post)
def holder(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    post: Post = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    above = reverse("engagements:posts", args=[engagement.slug])
    form = HolderForm(request.POST or None, today=localdate(), cancel=above)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            user = person_at(engagement.council, answers["email"])
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            name, from_on = answers["name"], answers["from_on"]
            if done(form, lambda: hold_post(post, name=name, user=user, from_on=from_on, by=request.user)):
                messages.success(request, f"{name} holds the post {post.title} from {long_date(from_on)}.")
                return redirect(above)
    present = post.holdings.filter(until_on=None).first()
    lead = f"Held by {present.name} since {long_date(present.from_on)}." if present else "Nobody holds it now."
    return question(request, engagement, heading="Change the holder", caption=post.title, lead=lead, form=form)
