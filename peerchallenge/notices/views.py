"""The outbox: what was sent, what waits, and what could not be sent and why."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from peerchallenge.access import Refused, allow
from peerchallenge.notices import operations
from peerchallenge.notices.models import Letter
from peerchallenge.web.pagination import paginate

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

# What needs somebody comes first.
BY_NEED = Case(
    When(state=Letter.State.FAILED, then=Value(0)),
    When(state=Letter.State.SENT, then=Value(2)),
    default=Value(1),
    output_field=IntegerField(),
)


def visible_letter(user: "User", letter: int) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(user), pk=letter)


@allow("notices.read_outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    letters = Letter.objects.visible_to(request.user).order_by(BY_NEED, "-written_at", "-pk")
    failed = Letter.objects.visible_to(request.user).filter(state=Letter.State.FAILED).count()
    return render(request, "notices/outbox.html", {"page": paginate(request, letters), "failed": failed})


@allow("notices.send_again", load=visible_letter)
def letter_page(request: HttpRequest, letter: Letter) -> HttpResponse:
    """One letter. A failed one can be sent again, once the reason is gone."""
    if request.method == "POST":
        try:
            operations.send_again(letter, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The letter to {letter.to} is on its way again.")
        return redirect("notices:outbox")
    return render(request, "notices/letter.html", {"letter": letter})
