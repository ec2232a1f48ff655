"""Moving a challenge to its next stage, and naming who runs it."""

from typing import Any

from engagements.models import Engagement
from peerchallenge.accounts.models import LgaRole, User
from peerchallenge.web.forms import BaseForm, PickField, TextField


class MoveForm(BaseForm):
    """Nothing is asked when everything is there; else why it moves on without what is missing."""

    why = TextField(
        "Why does it move on without what is missing?",
        missing="Say why it moves on",
        rows=3,
        thing="The reason",
        longest=2000,
    )

    def __init__(self, *args: Any, target: str, is_complete: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.submit_label = f"Move to “{target}”" if is_complete else f"Move to “{target}” anyway"
        if is_complete:
            del self.fields["why"]


class ManagerForm(BaseForm):
    manager = PickField(
        "Who is the peer challenge manager?",
        User.objects.none(),
        missing="Choose the peer challenge manager",
        radios=True,
    )

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any):
        super().__init__(*args, initial={"manager": engagement.manager_id}, **kwargs)
        self.fields["manager"].queryset = User.objects.filter(lga_role=LgaRole.MANAGER, is_active=True).order_by("name")
