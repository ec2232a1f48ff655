"""Inviting somebody to a council."""

from engagements.models import CouncilRole
from peerchallenge.web.forms import BaseForm, ChoiceField, EmailField, TextField


class InviteForm(BaseForm):
    """Who is invited to be what. The council is that of the page and is never asked."""

    name = TextField("What is the person’s name?", missing="Enter the person’s name", longest=120, thing="The name")
    email = EmailField("What is their email address?", missing="Enter their email address")
    role = ChoiceField("What will they be?", CouncilRole.Role.choices, missing="Choose what they will be")
    submit_label = "Send the invitation"
