"""People at their screens: each window is one person, signed in through the door, in one language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.browser.serving import Site
from tests.browser.words import CHINESE, Words

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Chromium's own remark about an answer such as 404 or 422, which the test asks about itself.
REMARK = re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d")


class People:
    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.complaints: list[str] = []

    def window(self, *, size: dict[str, int] = DESK, language: str = CHINESE, **more: Any) -> Page:
        """Of somebody who has not signed in."""
        phone = size is PHONE
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            base_url=self.site.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            is_mobile=phone,
            has_touch=phone,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "fugong_language", "value": language, "url": self.site.url}])
        page = context.new_page()
        self._listen(page)
        return page

    def sign_in(
        self, user: str, *, size: dict[str, int] = DESK, language: str = CHINESE, **more: Any
    ) -> Page:
        page = self.window(size=size, language=language, **more)
        self.enter(page, user, language=language)
        return page

    def enter(self, page: Page, user: str, *, language: str = CHINESE) -> None:
        """Through the door, in a window that is there."""
        says = Words(language)
        page.goto("/")
        page.get_by_label(says("User name")).fill(user)
        page.get_by_label(says("Password"), exact=False).fill(self.site.password)
        page.get_by_role("main").get_by_role("button", name=says("Sign in"), exact=True).click()
        expect(page.get_by_role("heading", level=1, name=says("To do"))).to_be_visible()

    def forgive(self, complaint: str) -> None:
        """Takes away what the test itself brought about; there must have been some."""
        rest = [said for said in self.complaints if not re.search(complaint, said)]
        assert len(rest) < len(self.complaints), complaint
        self.complaints = rest

    def leave_pictures(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(page for context in self.browser.contexts for page in context.pages):
            page.screenshot(path=folder / f"{number}.png", full_page=True)

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._watch)
        page.on("response", self._judge)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not REMARK.match(said.text):
            self.complaints.append(f"{said.location.get('url')}: {said.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _judge(self, response: Response) -> None:
        whole = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= (500 if whole else 400):
            self.complaints.append(f"{response.status} {response.url}")
