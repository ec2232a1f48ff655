"""Posts of a council and who holds them."""

import datetime as dt
from typing import Any

from django import forms

from engagements.models import Post
from peerchallenge.web.forms import BaseForm, ChoiceField, DateField, EmailField, TextField

KIND_HINTS: dict[str, str] = {
    Post.Kind.POST: "One person holds it, such as Chief Executive",
    Post.Kind.BODY: "Several people together, such as the senior leadership team",
    Post.Kind.COMMITTEE: "Meets in public, such as Finance and Resources Committee",
}


class PostForm(BaseForm):
    """A new post, or another title, kind or contact for one. The version is that of the post it was opened on."""

    title = TextField("What is it called?", missing="Enter the title", longest=200, thing="The title")
    kind = ChoiceField("What kind is it?", Post.Kind.choices, missing="Choose what kind it is", hints=KIND_HINTS)
    contact = TextField(
        "Whom to ask?",
        hint="For a body or a committee: a name, telephone or email address",
        longest=200,
        thing="The contact",
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, post: Post | None = None, **kwargs: Any):
        known = (
            {"title": post.title, "kind": post.kind, "contact": post.contact, "version": post.version}
            if post
            else {"kind": Post.Kind.POST}
        )
        super().__init__(*args, initial=known, **kwargs)


class HolderForm(BaseForm):
    """Who takes over a post, from when. A person with a sign-in is found by their email address."""

    name = TextField(
        "What is the name of the new holder?", missing="Enter the name of the new holder", longest=120, thing="The name"
    )
    email = EmailField("What is their email address?", hint="Only needed if they sign in here to update actions")
    from_on = DateField("From which day?", missing="Enter the day they begin", thing="The day they begin")
    submit_label = "Change the holder"

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, initial={"from_on": today}, **kwargs)
