"""The questions of the people's list."""

from collections.abc import Sequence
from typing import Any

from peerchallenge.accounts.models import LgaRole, User
from peerchallenge.accounts.operations import people
from peerchallenge.accounts.roles import RoleOffered
from peerchallenge.web.forms import BaseForm, ChoiceField, EmailField, FilterForm, TextField


class SearchForm(FilterForm):
    words = TextField("Name, email address or job title", longest=100)


class InviteForm(BaseForm):
    submit_label = "Send the invitation"

    name = TextField("What is the person’s name?", missing="Enter the person’s name", longest=120, thing="The name")
    email = EmailField("What is their email address?", missing="Enter their email address")
    job_title = TextField("What is their job title?", longest=160, thing="The job title")

    def __init__(self, *args: Any, roles: Sequence[RoleOffered], inviter: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.roles = {role.code: role for role in roles}
        choices = [(role.code, role.label) for role in roles]
        self.fields["role"] = ChoiceField("What will they be?", choices, missing="Choose what they will be")
        self.scopes = {role.code: role.scopes(inviter) for role in roles if role.scopes is not None}
        if self.scopes:
            first = next(iter(self.scopes.values()))
            word = next(role.scope_word for role in roles if role.scopes is not None)
            named = [("", f"Choose a {word}"), *((str(scope.pk), str(scope)) for scope in first)]
            self.fields["scope"] = ChoiceField(
                f"At which {word}?", named, drop_down=True, hint=f"Only for people of a {word}"
            )

    never_optional = ("scope",)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        role = self.roles.get(answers.get("role", ""))
        if role is not None and role.scopes is not None and not answers.get("scope"):
            self.add_error("scope", f"Choose a {role.scope_word}")
        return answers

    def offer(self) -> dict[str, Any]:
        """What the operation needs, with words for the letter: "Committee clerk, Northmoor Borough Council"."""
        answers = self.cleaned_data
        role = self.roles[answers["role"]]
        scope = self.scopes[role.code].get(pk=answers["scope"]) if role.scopes is not None else None
        return {
            "email": answers["email"],
            "name": answers["name"],
            "job_title": answers["job_title"],
            "role": role.code,
            "scope_id": scope.pk if scope else None,
            "role_words": f"{role.label}, {scope}" if scope else role.label,
        }


class LgaRoleForm(BaseForm):
    """What a person is for the LGA, and whether they may sign in."""

    def __init__(self, *args: Any, person: User, changer: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        allowed = [
            (role.value, role.label)
            for role in LgaRole
            if role != LgaRole.ADMINISTRATOR or changer.has_perm("accounts.invite_administrator")
        ]
        choices = [(value or "none", label) for value, label in allowed]
        self.fields["lga_role"] = ChoiceField(
            "What is this person for the LGA?",
            choices,
            missing="Choose what the person is",
            initial=person.lga_role or "none",
        )
        self.fields["account"] = ChoiceField(
            "May they sign in?",
            [("open", "Yes"), ("closed", "No, the account is closed")],
            missing="Choose whether they may sign in",
            initial="open" if person.is_active else "closed",
        )

    def carry_out(self, *, by: User) -> str:
        """Do what changed, and say what it was."""
        role = self.cleaned_data["lga_role"].replace("none", "")
        is_open = self.cleaned_data["account"] == "open"
        if role != self.person.lga_role:
            people.change_lga_role(self.person, to=role, by=by)
        if is_open and not self.person.is_active:
            people.open_account_again(self.person, by=by)
        elif not is_open and self.person.is_active:
            people.close_account(self.person, by=by)
        return f"{self.person} is saved."
