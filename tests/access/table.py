"""Who may open which page: one row for every named address, for every state of its thing that changes who may.

How to add a page
-----------------
Add a `Row` beside its neighbours. A test fails for an address without one.

    Row("actionplans:edit_action", may=COORDINATE, find=lambda place: {"slug": place.slug, "action": place.action.slug})

`may`     who gets the page (`answer` says with which status, when that is not 200)
`sees`    who may see the thing but not do this: 403. Left out: everybody who may open the challenge
`find`    the captured values of the address, out of a `Place` (tests/access/places.py); left out where there are none.
          Put one more thing into `Place` and `furnish` when the page is about something new
`about`   the state the thing is in, where a page has several rows
`exactly` statuses by visitor where the rule below does not hold; "*" is everybody not named

Everybody else gets 404 when the page is about something, 403 when it is about nothing, and the sign-in page when they
are not signed in. The same row is asked of Northmoor, of Saltmere (where the visitors' parts are the other way round),
and of things that do not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.places import Place

NOBODY = "nobody"
LGA = frozenset({"olu", "maya", "milo", "ada"})
RUN = frozenset({"olu", "maya", "ada"})
COUNCIL = frozenset({"carys", "owen", "anwen", "ruth", "rhys"})
TEAM = frozenset({"lena", "piotr"})
READ = RUN | COUNCIL | TEAM
COORDINATE = frozenset({"carys", "ada"})
SIGNED_IN = frozenset({*LGA, *COUNCIL, *TEAM, "noor", "sam"})
EVERYBODY = SIGNED_IN | {NOBODY}
VISITORS = (NOBODY, *sorted(SIGNED_IN))

# Who may open the challenge at all. Another manager sees its title, dates and stage, so they read its overview only.
SEE = READ | {"milo"}
# The second challenge of each council, of which only the lead peer is in the team.
SEE_DRAFTING = SEE - {"piotr"}
# What a visitor is at Saltmere, in terms of Northmoor. Whoever is not named is a stranger there, as Sam is here.
THERE = {"olu": "olu", "ada": "ada", "maya": "milo", "milo": "maya", "sam": "carys", "noor": "lena", NOBODY: NOBODY}

Find = Callable[[Place], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    name: str
    may: frozenset[str] = frozenset()
    find: Find | None = None
    sees: frozenset[str] = SEE
    answer: int = 200
    about: str = ""
    exactly: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name} ({self.about})" if self.about else self.name

    def status_for(self, visitor: str) -> int:
        """What `visitor` is answered at Northmoor."""
        if self.exactly:
            return self.exactly.get(visitor, self.exactly["*"])
        if visitor in self.may:
            return self.answer
        if visitor == NOBODY:
            return 302
        return 403 if self.find is None or visitor in self.sees else 404

    def status_there(self, visitor: str) -> int:
        """What `visitor` is answered at Saltmere."""
        return self.status_for(THERE.get(visitor, "sam"))


def challenge(place: Place) -> dict[str, Any]:
    return {"slug": place.slug}


def drafting(place: Place) -> dict[str, Any]:
    return {"slug": place.being_written.slug}


def draft(place: Place) -> dict[str, Any]:
    return {"slug": place.being_written.slug, "ref": place.draft.slug}


def recommendation(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "ref": place.recommendation.slug}


def post(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "post": place.post.pk}


def council_role(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "role": place.council_role.pk}


def peer(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "peer": place.peer.pk}


def action(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "action": place.action.slug}


def plan_import(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "number": place.plan_import.pk}


def draft_report(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "report": place.draft_report.slug}


def issued_report(place: Place) -> dict[str, Any]:
    return {"slug": place.slug, "report": place.issued_report.slug}


def draft_asked(place: Place) -> dict[str, Any]:
    return {**draft_report(place), "asked": "never-asked"}


OPEN_PAGES = [
    Row(f"pages:{name}", may=EVERYBODY) for name in ["help", "accessibility", "privacy", "cookies", "healthz"]
] + [
    Row("pages:start", exactly={NOBODY: 200, "*": 302}),
    Row("pages:readyz", exactly={"*": 503}, about="without a worker"),
]

ACCOUNT_PAGES = [
    *(
        Row(name, exactly={NOBODY: 200, "*": 302}, about="the signed-in go home")
        for name in ["account_login", "account_request_login_code"]
    ),
    *(
        Row(name, exactly={"*": 302}, about="without a sign-in that has begun")
        for name in ["account_confirm_login_code", "mfa_authenticate"]
    ),
    *(
        Row(name, may=EVERYBODY)
        for name in [
            "account_inactive",
            "account_signup",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
        ]
    ),
    Row("account_logout", exactly={NOBODY: 302, "*": 200}),
    Row(
        "account_reset_password_from_key",
        may=EVERYBODY,
        find=lambda place: {"uidb36": "1", "key": "altered-key"},
        about="a link that has ended",
    ),
    *(
        Row(name, may=SIGNED_IN)
        for name in [
            "accounts:account",
            "accounts:security",
            "mfa_index",
            "account_change_password",
            "account_reauthenticate",
        ]
    ),
    Row("accounts:kept_words", may=SIGNED_IN, answer=302, about="nothing kept"),
    Row("account_set_password", may=SIGNED_IN, answer=302, about="with a password already"),
    Row("mfa_reauthenticate", may=SIGNED_IN, answer=302, about="without a second step"),
    *(
        Row(name, may=SIGNED_IN, answer=302, about="the password is asked again")
        for name in ["mfa_activate_totp", "mfa_generate_recovery_codes"]
    ),
    *(
        Row(name, exactly={NOBODY: 302, "*": 404}, about="without a second step")
        for name in ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"]
    ),
    Row(
        "accounts:invitation",
        exactly={NOBODY: 200, "*": 403},
        find=lambda place: {"token": place.token},
        about="sent to somebody else",
    ),
    Row("accounts:people", may=frozenset({"olu", "ada"})),
    Row("accounts:invite", may=frozenset({"olu", "ada"})),
    Row(
        "accounts:person",
        may=frozenset({"olu", "ada"}),
        sees=frozenset(),
        find=lambda place: {"person_id": place.person.pk},
    ),
    Row(
        "accounts:sent_invitation",
        may=frozenset({"olu", "ada"}),
        sees=frozenset(),
        find=lambda place: {"invitation_id": place.invitation.pk},
    ),
]

LETTER_PAGES = [
    Row("notices:outbox", may=frozenset({"olu", "ada"})),
    Row(
        "notices:letter",
        may=frozenset({"olu", "ada"}),
        sees=frozenset(),
        find=lambda place: {"letter": place.letter.pk},
    ),
]

CHALLENGE_PAGES = [
    Row(
        "pages:home",
        exactly={NOBODY: 302, "owen": 302, "rhys": 302, "*": 200},
        about="an owner goes to their actions, a reader to the plan",
    ),
    Row("engagements:list", may=LGA),
    Row("engagements:spreadsheet", may=LGA),
    Row("engagements:start", may=LGA),
    Row("engagements:start_check", may=LGA, answer=302, about="before the questions are answered"),
    Row("engagements:overview", may=SEE, find=challenge),
    Row("engagements:overview", may=SEE_DRAFTING, find=drafting, sees=frozenset(), about="while the report is written"),
    Row("engagements:stage", may=RUN, find=challenge),
    Row("engagements:manager", may=RUN, find=challenge),
    Row("engagements:history", may=RUN | {"carys"}, find=challenge),
    Row("engagements:confirm_visit", may=RUN, find=challenge),
    Row("engagements:move_visit", may=RUN, find=challenge),
    Row(
        "engagements:milestone",
        may=RUN | {"carys"},
        find=lambda place: {**challenge(place), "kind": "report-published"},
    ),
    Row("engagements:scope", may=READ, find=challenge),
    Row("engagements:framework", may=RUN, find=challenge),
    Row("engagements:add_focus", may=RUN | {"carys"}, find=challenge),
    Row("engagements:team", may=READ, find=challenge),
    Row("engagements:add_peer", may=RUN, find=challenge),
    Row("engagements:take_out_peer", may=RUN, find=peer),
    Row("engagements:recommendations", may=READ, find=challenge),
    Row("engagements:add_recommendation", may=RUN, find=drafting, sees=SEE_DRAFTING),
    Row("engagements:edit_recommendation", may=RUN, find=draft, sees=LGA | {"lena"}),
    Row("engagements:remove_recommendation", may=RUN, find=draft, sees=LGA | {"lena"}),
    Row("engagements:posts", may=READ, find=challenge),
    Row("engagements:invite_person", may=RUN | {"carys"}, find=challenge),
    Row("engagements:take_role", may=RUN | {"carys"}, find=council_role),
    Row("engagements:add_post", may=RUN | {"carys"}, find=challenge),
    Row("engagements:post", may=RUN | {"carys"}, find=post),
    Row("engagements:hold_post", may=RUN | {"carys"}, find=post),
]

PLAN_PAGES = [
    Row("actionplans:my_actions", may=SIGNED_IN),
    Row("actionplans:plan", may=READ, find=challenge),
    Row("actionplans:plan_spreadsheet", may=READ, find=challenge),
    Row("actionplans:next_report", may=COORDINATE, find=challenge),
    Row("actionplans:add_action", may=COORDINATE, find=challenge),
    Row("actionplans:recommendation", may=READ, find=recommendation),
    Row("actionplans:recommendation", may=RUN | {"lena"}, find=draft, sees=LGA, about="still a draft"),
    Row("actionplans:response", may=COORDINATE | {"anwen"}, find=recommendation),
    Row("actionplans:action", may=READ, find=action),
    Row("actionplans:edit_action", may=COORDINATE, find=action),
    Row("actionplans:update", may=COORDINATE | {"owen", "anwen"}, find=action),
    Row("actionplans:action_history", may=READ, find=action),
]

IMPORT_PAGES = [
    Row("actionplans:import", may=COORDINATE, find=challenge),
    *(
        Row(f"actionplans:{name}", may=COORDINATE, find=plan_import)
        for name in ["import_columns", "import_check", "import_file"]
    ),
    Row("actionplans:import_bullets", may=COORDINATE, find=plan_import, answer=302, about="without an answer"),
    Row("actionplans:import_done", may=COORDINATE, find=plan_import, answer=302, about="not done yet"),
    Row("actionplans:sample_plan", may=COORDINATE, find=challenge, answer=404, about="where none is offered"),
]

REPORT_PAGES = [
    Row("actionplans:committee_reports", may=SIGNED_IN),
    Row("actionplans:reports", may=READ, find=challenge),
    Row("actionplans:report_new", may=COORDINATE, find=challenge),
    *(
        Row(f"actionplans:{name}", may=COORDINATE, find=draft_report, sees=RUN)
        for name in ["report_meeting", "report_items", "report_words", "report_freeze"]
    ),
    Row("actionplans:report", may=RUN | {"carys"}, find=draft_report, sees=RUN, answer=302, about="being written"),
    Row("actionplans:report", may=READ, find=issued_report, sees=READ, about="issued"),
    Row("actionplans:report_pdf", may=READ, find=issued_report, sees=READ, about="issued"),
    Row("actionplans:report_pdf", may=RUN | {"carys"}, find=draft_report, sees=RUN, answer=404, about="being written"),
    Row("actionplans:report_preview", may=RUN | {"carys"}, find=draft_report, sees=RUN),
    Row("actionplans:report_draft", may=RUN | {"carys"}, find=draft_asked, sees=RUN, about="never asked for"),
    Row(
        "actionplans:report_draft_pdf",
        may=RUN | {"carys"},
        find=draft_asked,
        sees=RUN,
        answer=404,
        about="never asked for",
    ),
]

ROWS = [*OPEN_PAGES, *ACCOUNT_PAGES, *LETTER_PAGES, *CHALLENGE_PAGES, *PLAN_PAGES, *IMPORT_PAGES, *REPORT_PAGES]
# Rows whose thing has a number that could be put under another council's challenge. Names are the same at both.
NUMBERED = [row for row in ROWS if row.find in (post, council_role, peer, plan_import)]
