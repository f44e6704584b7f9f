"""What every page shows around its content: who, where, when, and the ways a person's roles allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.areas import queries as areas
from fugong.core import clock
from fugong.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation, shown to holders of any of `permissions` (to everyone when empty)."""

    label: Promise
    address: str
    icon: str
    permissions: tuple[str, ...] = ()


HELPING = ("difficulties.raise", "difficulties.answer", "difficulties.assign")
WAYS = (
    Way(_("To do"), "duties:home", "checklist"),
    Way(_("Situation"), "command:situation", "chart-bar", ("situation.see",)),
    Way(_("Applications"), "resumption:applications", "file-check", ("applications.see",)),
    Way(_("Enterprises"), "enterprises:list", "building-factory-2", ("enterprises.see",)),
    Way(_("People"), "people:list", "id", ("people.see",)),
    Way(_("Incidents"), "health:incidents", "alert-circle", ("health.see",)),
    Way(_("Data quality"), "health:quality", "eye-check", ("health.quality",)),
    Way(_("Census"), "census:list", "phone", ("census.see",)),
    Way(_("Returns"), "returns:list", "truck", ("returns.see",)),
    Way(_("Gates"), "passage:gates", "lock-open", ("passage.see",)),
    Way(_("Signs in passages"), "passages:signs", "flag", ("passage.signs",)),
    Way(_p("clearance", "Levels"), "clearance:list", "shield-check", ("clearance.see",)),
    Way(_("Production reports"), "resumption:reports", "report", ("reports.see", "reports.submit")),
    Way(_("Difficulties"), "support:list", "lifebuoy", HELPING),
    Way(_("Responsibility"), "enterprises:responsibility", "users-group", ("responsibility.see",)),
    Way(_("Bulletins"), "command:bulletins", "news", ("bulletins.see",)),
    Way(_("Playbook"), "playbooks:in_force", "book", ("playbooks.see",)),
    Way(_("Users"), "accounts:users", "users", ("users.see",)),
    Way(_("Keys of codes"), "passage:keys", "key", ("passage.keys",)),
    Way(_("End of data"), "command:retention", "file-text", ("retention.see",)),
    Way(_("Audit"), "command:audit", "shield-check", ("audit.see",)),
)


class Shell:
    """Computed when a template asks for it, and at most once a request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def authority_name(self) -> str:
        if self.actor is None:
            return ""
        return areas.get_authority_name(self.actor.authority_id, language=get_language() or "")

    @cached_property
    def actor_name(self) -> str:
        return self.actor.name if self.actor else ""

    @cached_property
    def navigation(self) -> list[dict[str, object]]:
        if self.actor is None:
            return []
        entries = [(reverse(way.address), way) for way in WAYS if self._open(way)]
        # The longest address that leads here: /enterprises/responsibility/ is not also /enterprises/.
        here = max((url for url, _way in entries if self._is_within(url)), key=len, default="")
        return [
            {"label": way.label, "url": url, "icon": way.icon, "current": url == here} for url, way in entries
        ]

    @cached_property
    def account_links(self) -> list[dict[str, object]]:
        """What the menu under one's name leads to."""
        if self.actor is None:
            return []
        return [
            {"label": _("My account"), "url": reverse("accounts:own"), "icon": "user"},
            {"label": _("Reminders"), "url": reverse("duties:reminders"), "icon": "bell"},
            {"label": _("Passkeys and second factors"), "url": reverse("mfa_index"), "icon": "fingerprint"},
        ]

    @cached_property
    def clock(self) -> datetime | None:
        """The moment of a demonstration; None when the clock is the real one."""
        return clock.now() if clock.is_shifted() else None

    @cached_property
    def languages(self) -> list[dict[str, object]]:
        current = get_language()
        return [
            {"code": code, "label": NAMES_OF_LANGUAGES[code], "current": code == current}
            for code, _name in settings.LANGUAGES
        ]

    def _open(self, way: Way) -> bool:
        assert self.actor is not None
        return not way.permissions or any(map(self.actor.may, way.permissions))

    def _is_within(self, url: str) -> bool:
        return self.request.path == url or (url != "/" and self.request.path.startswith(url))


NAMES_OF_LANGUAGES = {"zh-hans": "\u7b80\u4f53", "zh-hant": "\u7e41\u9ad4", "en": "English"}


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
