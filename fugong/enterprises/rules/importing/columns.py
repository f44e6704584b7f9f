"""Which columns a list of enterprises may have, in the words people use."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.core.sheets.headings import Columns

LABELS: Final[dict[str, Promise]] = {
    "name": _("Name"),
    "credit_code": _("Unified social credit code"),
    "kind": _("Kind"),
    "size_class": _("Size class"),
    "industry": _("Industry"),
    "area": _("Park"),
    "address": _("Address"),
    "normal_staff": _("Normal number of staff"),
    "normal_capacity": _("Normal capacity"),
    "tags": _("Tags"),
    "contact_name": _("Contact"),
    "contact_phone": _("Contact's telephone"),
    "entered_on": _("In the park since"),
}
"""The columns of a list, in the order of our own template."""

REQUIRED: Final = ("name", "credit_code", "size_class", "industry", "area", "normal_staff")


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


COLUMNS: Final = Columns(LABELS, REQUIRED, words()["headers"])
