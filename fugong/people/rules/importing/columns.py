"""Which columns a list of staff may have, in the words people use."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.core.sheets.headings import Columns

LABELS: Final[dict[str, Promise]] = {
    "name": _p("person", "Name"),
    "document_kind": _("Document"),
    "document": _("Number of the document"),
    "phone": _("Telephone"),
    "home_region": _("Home region"),
    "lodging": _("Present lodging"),
    "enterprise": _("Enterprise"),
    "post": _("Post"),
    "shift": _("Shift"),
    "crew": _("Crew"),
    "room": _("Dormitory room"),
    "starts_on": _("Employed from"),
}
"""The columns of a list, in the order of our own template."""

REQUIRED: Final = ("name", "document")


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


ONE_ENTERPRISE: Final = Columns(LABELS, REQUIRED, words()["headers"])
"""For a list that is handed in for one enterprise; the column may be there, and must then agree."""

MANY_ENTERPRISES: Final = replace(ONE_ENTERPRISE, required=(*REQUIRED, "enterprise"))
