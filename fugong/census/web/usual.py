"""The words a new campaign starts with: the form offers them, and everybody may change them.

Chinese words stand in the message files like all others; here they are asked for in both languages.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

OUTCOMES = (
    ("reached", _("Reached"), {"closes": True, "group": "done", "sets": "traced"}),
    ("no_answer", _("No answer"), {"again_after": 1, "group": "trying"}),
    ("call_back", _("Asked to be called later"), {"again_after": 0, "group": "trying"}),
    ("wrong_number", _("Wrong number"), {"group": "number"}),
    ("refused", _("Would not say"), {"again_after": 2, "group": "trying"}),
    ("left", _("No longer works here"), {"closes": True, "group": "done"}),
)
FINDINGS = (
    ("traced", _p("finding", "Traced")),
    ("in_zone", _("In the zone now")),
    ("out_of_zone", _("Not in the zone")),
    ("returned_to_province", _("Came back to this province")),
    ("stayed", _("Stayed here over the holiday")),
)


def outcomes() -> list[dict[str, Any]]:
    return [{"key": key, **_both(name), **more} for key, name, more in OUTCOMES]


def findings() -> list[dict[str, Any]]:
    return [{"key": key, **_both(name)} for key, name in FINDINGS]


def _both(name: Any) -> dict[str, str]:
    said = {}
    for field, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            said[field] = str(name)
    return said
