"""Browser stories: a real server, a real browser, and every page they meet checked for accessibility.

A story asks for `reader`: `reader.opens(path)`, `reader.presses("Save")`, `reader.sees("…")`. With and without
JavaScript it is the same story; axe runs where JavaScript may.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Download, Page, Response

from tests.cast import PASSWORD

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WITHOUT_AND_WITH = pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])


class Reader:
    """Somebody at a browser. Keeps what went wrong on the way: faults of accessibility, of scripts, of addresses."""

    def __init__(self, context: BrowserContext, address: str, *, script: bool) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.script = script
        self.faults: list[str] = []
        self.checked: list[str] = []
        self.page.on("console", lambda said: self.heard(said.type, said.text))
        self.page.on("response", self.answered)

    def heard(self, kind: str, words: str) -> None:
        if kind == "error" and "status of 4" not in words:
            self.faults.append(f"{self.page.url}: console says {words}")

    def answered(self, response: Response) -> None:
        if not response.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"{self.page.url}: asked {response.url}")
        if response.status >= 400 and "/static/" in response.url:
            self.faults.append(f"{response.url}: {response.status}")

    def signs_in(self, person: Any) -> None:
        self.opens("/sign-in/")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.presses("Sign in")

    def signs_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.page.wait_for_load_state()

    def opens(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.check()

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        self.check()

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()
        self.check()

    def downloads(self, words: str) -> Download:
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=words).first.click()
        return download.value

    def sees(self, words: str) -> bool:
        return words in self.text

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def check(self) -> None:
        """axe, sideways scrolling at 320 pixels, one h1, a title with the heading in it."""
        where = self.page.url.removeprefix(self.address)
        if self.page.locator("h1").count() != 1:
            self.faults.append(f"{where}: {self.page.locator('h1').count()} headings of the first level")
        if not self.script or where in self.checked:
            return
        self.checked.append(where)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules},"
            " rules: {'aria-allowed-attr': {selector: ':not(.govuk-radios__input):not(.govuk-checkboxes__input)'}}})",
            RULES,
        )
        for violation in found["violations"]:
            for node in violation["nodes"]:
                if violation["id"] == "aria-allowed-attr" and "govuk-" in node["html"]:
                    continue  # the library itself puts aria-expanded on radios that reveal a question
                self.faults.append(f"{where}: {violation['id']}: {node['html'][:160]}")
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 800})
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.faults.append(f"{where}: wider than a screen of 320 pixels")
        if size:
            self.page.set_viewport_size(size)


@pytest.fixture
def reader(browser: Browser, live_server: Any, script: bool) -> Iterator[Reader]:
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 1280, "height": 900}, accept_downloads=True, bypass_csp=False
    )
    context.set_default_timeout(15_000)
    reader = Reader(context, live_server.url, script=script)
    yield reader
    context.close()
    assert reader.faults == []


@pytest.fixture
def work(run_jobs: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """The worker’s turn: everything that waits is done."""
    return run_jobs
