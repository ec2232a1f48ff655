"""Our parts in a real browser: accessible, nothing loaded from elsewhere, nothing wider than the screen.

The browser is given each page as drawn, with the content security policy of the service; no server runs.
Set LOOK=folder to keep a picture of every page.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django_htmx
import pytest
from django.conf import settings
from django.contrib import messages
from playwright.sync_api import Browser, BrowserContext, Page, Route

from peerchallenge.access import Stale
from peerchallenge.accounts import forms as signing_in
from peerchallenge.web import errors
from tests.web import gallery as trial
from tests.web.drawn import page as drawn
from tests.web.drawn import request

ROOT = Path(settings.BASE_DIR)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SITE = "http://northmoor.test"
POLICY = "default-src 'none'; script-src 'self' 'nonce-nonce-for-this-page'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE, SMALLEST = 1280, 390, 320


def saved() -> str:
    asked = request("/plan/")
    messages.success(asked, "Action 4.1 is updated.")
    return drawn("gallery/plan.html", trial.plan(), asked=asked)


def stale() -> str:
    texts = {
        "theirs": [("What has happened", "All groups have nominated.")],
        "yours": [("What has happened", "We are waiting.\nTwo groups left.")],
    }
    said = Stale("Helen Adeyemi saved this action at 3:20pm.", current=None, **texts)
    return errors.conflict(request(), said).content.decode()


def one_question(template: str, form: Any, **context: Any) -> Callable[[], str]:
    links = {"login_url": "/sign-in/", "request_login_code_url": "/sign-in/code/"}
    return lambda: drawn(
        template, {"form": form(), **links, **context}, asked=request("/sign-in/code/", signed_in=False)
    )


PAGES: dict[str, Callable[[], str]] = {
    "portfolio": lambda: drawn("gallery/portfolio.html", trial.portfolio()),
    "overview": lambda: drawn("gallery/overview.html", trial.overview()),
    "plan": lambda: drawn("gallery/plan.html", trial.plan()),
    "update": lambda: drawn("gallery/update.html", trial.update()),
    "update-with-errors": lambda: drawn("gallery/update.html", trial.update_with_errors()),
    "saved": saved,
    "start": lambda: drawn("pages/start.html", asked=request("/", signed_in=False)),
    "home": lambda: drawn("pages/home.html"),
    "help": lambda: drawn("pages/help.html"),
    "accessibility": lambda: drawn("pages/accessibility.html", {"site_url": "https://peerchallenge.example"}),
    "privacy": lambda: drawn("pages/privacy.html"),
    "cookies": lambda: drawn("pages/cookies.html", {"session_cookie": "sessionid", "csrf_cookie": "csrftoken"}),
    "400": lambda: errors.bad_request(request()).content.decode(),
    "403": lambda: errors.forbidden(request()).content.decode(),
    "404": lambda: errors.not_found(request()).content.decode(),
    "409": stale,
    "500": lambda: errors.fault(request()).content.decode(),
    "503": lambda: errors.unavailable(request()).content.decode(),
    "sign-in": one_question("account/login.html", signing_in.SignInForm),
    "sign-in-with-errors": one_question(
        "account/login.html", lambda: signing_in.SignInForm({"login": "", "password": ""})
    ),
    "sign-in-code": one_question("account/request_login_code.html", signing_in.AskForCodeForm),
    "sign-in-code-sent": one_question(
        "account/confirm_login_code.html", signing_in.EnterCodeForm, email="helen@northmoor.example", can_resend=True
    ),
    "new-password": one_question("account/password_reset.html", signing_in.AskForNewPasswordForm),
    "new-password-sent": one_question("account/password_reset_done.html", lambda: None),
    "new-password-ended": one_question("account/password_reset_from_key.html", lambda: None, token_fail=True),
    "new-password-done": one_question("account/password_reset_from_key_done.html", lambda: None),
    "account-closed": one_question("account/account_inactive.html", lambda: None),
    "second-step": one_question("mfa/authenticate.html", lambda: signing_in.SecondFactorForm(user=None)),
    "recovery-codes": one_question(
        "mfa/recovery_codes/index.html",
        lambda: None,
        unused_codes=["12345678", "87654321"],
        total_count=10,
        can_view_codes=True,
        can_download_codes=True,
        can_generate_codes=True,
    ),
    "sign-out": one_question("account/logout.html", lambda: None),
    "too-many-tries": lambda: drawn("429.html"),
    "csrf": lambda: errors.csrf_failure(request()).content.decode(),
}


def static_file(path: str) -> Path:
    if path.startswith("django_htmx/"):
        return Path(django_htmx.__file__).parent / "static" / path
    return ROOT / "static" / path


class Look:
    """One page in one window, with what went wrong in it."""

    def __init__(self, browser: Browser, source: str, *, width: int, script: bool = True):
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        self.faults: list[str] = []
        self.source = source
        self.context.route("**/*", self.answer)
        self.page: Page = self.context.new_page()
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.goto(f"{SITE}/")

    def answer(self, route: Route) -> None:
        address = route.request.url.removeprefix(SITE)
        if not route.request.url.startswith(SITE):
            self.faults.append(f"left the server: {route.request.url}")
            route.abort()
        elif address.startswith("/static/"):
            route.fulfill(path=static_file(address.removeprefix("/static/")))
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self.source, headers=headers)

    def violations(self) -> list[str]:
        # Through the debugger, because the page's own policy would refuse the script.
        debugger = self.context.new_cdp_session(self.page)
        debugger.send("Runtime.evaluate", {"expression": AXE.read_text()})
        found: list[dict[str, Any]] = self.page.evaluate(
            "async (rules) => (await axe.run(document, {runOnly: {type: 'tag', values: rules}})).violations", RULES
        )
        return [
            f"{fault['id']}: {node['html'][:150]}"
            for fault in found
            for node in fault["nodes"]
            # The library itself says which answers open something; axe knows no such attribute on a radio button.
            if not (
                fault["id"] == "aria-allowed-attr" and "data-aria-controls" in self.source and "__input" in node["html"]
            )
        ]

    def too_wide_by(self) -> int:
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width

    def keep(self, name: str) -> None:
        if folder := os.environ.get("LOOK"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet_at_every_width(browser: Browser, name: str) -> None:
    source = PAGES[name]()
    for width in (DESK, PHONE):
        look = Look(browser, source, width=width)
        look.keep(f"{name}-{width}")

        assert look.too_wide_by() == 0
        assert look.violations() == []
        assert look.faults == []
        if width == PHONE:
            look.page.set_viewport_size({"width": SMALLEST, "height": 900})
            assert look.too_wide_by() == 0
        look.context.close()


@pytest.mark.usefixtures("gallery")
def test_without_script_every_question_is_there_and_no_button_does_nothing(browser: Browser) -> None:
    look = Look(browser, PAGES["update"](), width=PHONE, script=False)
    look.keep("update-without-script")

    assert look.page.locator("#id_new_date").is_visible()
    assert look.page.locator(".govuk-password-input__toggle").is_hidden()
    assert look.page.locator(".moj-datepicker__toggle").count() == 0
    look.context.close()


@pytest.mark.usefixtures("gallery")
def test_an_answer_opens_and_closes_its_questions(browser: Browser) -> None:
    look = Look(browser, drawn("gallery/update.html", {"form": trial.EveryQuestion()}), width=DESK)

    assert look.page.locator("#id_new_date").is_hidden()
    look.page.check("#id_more_time_2")
    assert look.page.locator("#id_new_date").is_visible()
    look.page.check("#id_more_time")
    assert look.page.locator("#id_new_date").is_hidden()
    look.context.close()


@pytest.mark.usefixtures("gallery")
def test_the_error_summary_has_the_focus_and_leads_to_the_question(browser: Browser) -> None:
    look = Look(browser, PAGES["update-with-errors"](), width=DESK)

    assert look.page.title().startswith("Error: ")
    assert look.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    look.page.click("text=Choose where it is now >> nth=0")
    assert look.page.evaluate("document.activeElement.id") == "id_status"
    look.context.close()


@pytest.mark.usefixtures("gallery")
def test_the_picker_writes_a_day_as_the_server_reads_it(browser: Browser) -> None:
    look = Look(browser, PAGES["update"](), width=DESK)

    look.page.fill("#id_met_on", "8/7/2024")
    look.page.click(".moj-datepicker__toggle")
    look.page.click("[data-testid='9/7/2024']")
    look.keep("picker")

    assert look.page.input_value("#id_met_on") == "9/7/2024"
    assert look.faults == []
    look.context.close()


@pytest.mark.usefixtures("gallery")
def test_the_filter_is_open_on_a_desk_and_folded_on_a_phone_unless_it_is_used(browser: Browser) -> None:
    unused = drawn("gallery/plan.html", {**trial.plan(), "filter": trial.PlanFilter(), "chosen": []})
    wide, narrow = Look(browser, unused, width=DESK), Look(browser, unused, width=PHONE)
    used = Look(browser, PAGES["plan"](), width=PHONE)
    plain = Look(browser, unused, width=PHONE, script=False)
    narrow.keep("filter-folded")

    assert wide.page.locator("#id_owner").is_visible()
    assert narrow.page.locator("#id_owner").is_hidden()
    assert used.page.locator("#id_owner").is_visible()
    assert plain.page.locator("#id_owner").is_visible()
    for look in (wide, narrow, used, plain):
        look.context.close()


@pytest.mark.usefixtures("gallery")
def test_keyboard_starts_at_the_skip_link(browser: Browser) -> None:
    look = Look(browser, PAGES["plan"](), width=DESK)

    look.page.keyboard.press("Tab")

    assert look.page.evaluate("document.activeElement.textContent") == "Skip to main content"
    look.page.keyboard.press("Enter")
    assert look.page.evaluate("document.activeElement.id") == "main-content"
    look.context.close()


@pytest.mark.usefixtures("gallery")
def test_on_paper_there_is_no_frame(browser: Browser) -> None:
    look = Look(browser, PAGES["plan"](), width=DESK)
    look.page.emulate_media(media="print")

    assert look.page.locator("h1").is_visible()
    for part in ("header", "footer", ".govuk-service-navigation", ".app-filter", ".app-head__buttons"):
        assert look.page.locator(part).is_hidden()
    look.context.close()
