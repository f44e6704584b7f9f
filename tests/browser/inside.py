"""What the site's database holds, for a journey that sets something up or looks at what became of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.test import override_settings

from fugong.areas.queries import list_authorities
from fugong.core.secrets import secret_key
from fugong.core.tenancy import acting_for
from tests.browser.serving import Site
from tests.datong import inside


class Inside:
    """Asks the site's database, from a thread of its own: Playwright keeps this one from it."""

    def __init__(self, site: Site, blocker: Any) -> None:
        self._site, self._blocker = site, blocker

    def __call__(self, ask: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self._asked, ask).result()

    def _asked(self, ask: Callable[[], Any]) -> Any:
        site = self._site
        with (
            self._blocker.unblock(),
            inside(site.database, site.home),
            override_settings(SECRET_KEY=secret_key(site.home)),
        ):
            (authority,) = list_authorities()
            with acting_for(authority.id):
                return ask()
