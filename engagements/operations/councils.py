"""Councils, their posts, who holds them, and what people are at a council."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Max

from engagements.models import Council, CouncilRole, Post, PostHolding, Succession
from engagements.operations.locking import ensure_current, lock
from peerchallenge.access import Refused
from peerchallenge.history.operations import operation
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@operation("added {result}")
def add_council(
    name: str,
    *,
    short_name: str,
    slug: str,
    type: str,  # noqa: A002  # the word people use
    region: str = "",
    governance: str = "",
    code: str | None = None,
    website: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    notes: str = "",
    is_invented: bool = False,
    by: "User | None",
) -> Council:
    """Add a council. Its address and its GSS code belong to one council only."""
    if Council.objects.filter(slug=slug).exists():
        raise Refused(f"There is a council with the address “{slug}” already.")
    if code and Council.objects.filter(code=code).exists():
        raise Refused(f"There is a council with the code {code} already.")
    council = Council(
        name=name,
        short_name=short_name,
        slug=slug,
        type=type,
        region=region,
        governance=governance,
        code=code or None,
        website=website,
        starts_on=starts_on,
        ends_on=ends_on,
        notes=notes,
        is_invented=is_invented,
    )
    council.full_clean()
    council.save()
    return council


@operation("changed what is known of {council}")
def change_council(council: Council, *, by: "User | None", **facts: object) -> Council:
    """Set facts of a council, such as its name, website or last day. Its address stays."""
    lock(council)
    for fact, value in facts.items():
        if fact in {"id", "pk", "slug"}:
            raise Refused("The address of a council stays as it is.")
        setattr(council, fact, value)
    council.full_clean()
    council.save()
    return council


@operation("recorded that {predecessor} is followed by {successor}")
def record_succession(predecessor: Council, *, successor: Council, by: "User | None") -> Succession:
    """Say which council took over from which. Saying it twice changes nothing."""
    succession, _ = Succession.objects.get_or_create(predecessor=predecessor, successor=successor)
    return succession


def tidy_title(title: str) -> str:
    return " ".join(title.split())


def post_named(title: str, *, council: Council, kind: str = Post.Kind.POST, by: "User | None") -> Post:
    """Find the post of a council with this title, whatever its capitals and spaces, or add it."""
    wanted = tidy_title(title)
    found = Post.objects.filter(council=council, title__iexact=wanted).first()
    return found or add_post(wanted, council=council, kind=kind, by=by)


def posts_named(titles: Iterable[str], *, council: Council, by: "User | None") -> dict[str, Post]:
    """The posts of a council with these titles by their folded titles; those it does not have yet are added."""
    wanted = {tidy_title(title).casefold(): tidy_title(title) for title in titles}
    found = {tidy_title(post.title).casefold(): post for post in Post.objects.filter(council=council)}
    for folded, title in wanted.items():
        if folded not in found:
            found[folded] = add_post(title, council=council, by=by)
    return found


@operation("added the post {result}")
def add_post(title: str, *, council: Council, kind: str = Post.Kind.POST, contact: str = "", by: "User | None") -> Post:
    """Add a post, a body or a committee. If somebody added it in the same moment, theirs is returned."""
    wanted = tidy_title(title)
    if not wanted:
        raise Refused("Enter the title of the post.")
    if len(wanted) > 200:
        raise Refused("The title of a post must be 200 characters or fewer.")
    post, _ = Post.objects.get_or_create(
        council=council, title__iexact=wanted, defaults={"title": wanted, "kind": kind, "contact": contact}
    )
    return post


@operation("changed the post {post}")
def change_post(
    post: Post, *, version: int | None = None, title: str, kind: str, contact: str = "", by: "User | None"
) -> Post:
    """Give a post another title, kind or contact. What it owns stays with it."""
    wanted = tidy_title(title)
    lock(post)
    ensure_current(
        post,
        version,
        theirs=[("Title", post.title), ("Contact", post.contact)],
        yours=[("Title", wanted), ("Contact", contact)],
    )
    if Post.objects.filter(council=post.council_id, title__iexact=wanted).exclude(pk=post.pk).exists():
        raise Refused(f"There is a post called “{wanted}” already.")
    post.title, post.kind, post.contact = wanted, kind, contact
    post.version += 1
    post.full_clean()
    post.save()
    return post


@operation("made {name} the holder of {post}")
def hold_post(post: Post, *, name: str, user: "User | None" = None, from_on: dt.date, by: "User | None") -> PostHolding:
    """Put somebody in a post from a day on. Whoever held it before held it until the day before."""
    if not name.strip():
        raise Refused("Enter the name of the new holder.")
    lock(post)
    latest = post.holdings.aggregate(latest=Max("from_on"))["latest"]
    former = post.holdings.filter(until_on=None).first()
    if former and former.name == name.strip() and former.user_id == (user and user.pk):
        raise Refused(f"{former.name} holds this post already.")
    if latest and from_on <= latest:
        raise Refused(f"The present holder began on {long_date(latest)}. Enter a later day.")
    if former:
        former.until_on = from_on - dt.timedelta(days=1)
        former.save()
    holding = PostHolding(post=post, name=name.strip(), user=user, from_on=from_on)
    holding.full_clean()
    holding.save()
    return holding


@operation("recorded that nobody is in the post {post}")
def leave_post(post: Post, *, until_on: dt.date, by: "User | None") -> PostHolding:
    """End the holding of a post without naming a new holder. `until_on` is the last day."""
    lock(post)
    holding = post.holdings.filter(until_on=None).first()
    if holding is None:
        raise Refused("Nobody is in this post.")
    if until_on < holding.from_on:
        raise Refused(f"{holding.name} began on {long_date(holding.from_on)}. Enter that day or a later one.")
    holding.until_on = until_on
    holding.save()
    return holding


@operation("made {user} {result} at {council}")
def give_role(user: "User", *, council: Council, role: str, by: "User | None") -> CouncilRole:
    """Make a person something at a council. Giving a role twice changes nothing."""
    if role not in CouncilRole.Role.values:
        raise Refused("Choose what the person is at the council.")
    given, _ = CouncilRole.objects.get_or_create(user=user, council=council, role=role)
    return given


@operation("took the role {role} at {council} from {user}")
def take_role(user: "User", *, council: Council, role: str, by: "User | None") -> None:
    """Take a role away. What the person did stays in the history."""
    taken, _ = CouncilRole.objects.filter(user=user, council=council, role=role).delete()
    if not taken:
        raise Refused(f"{user} does not have this role.")
