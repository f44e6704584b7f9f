"""One spelling for values that are meant to be found by equality."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

_FILLERS = re.compile(r"[\s\-‐-―._()·•]+")
_CHINA = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$))")


def plain(value: str) -> str:
    """Full-width forms, letter case and runs of space do not matter."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def code(value: str) -> str:
    """For identity numbers and codes: no spaces, hyphens or dots, letters upper-case."""
    if value.isascii() and value.isalnum():
        return value.upper()
    return _FILLERS.sub("", unicodedata.normalize("NFKC", value)).upper()


def phone(value: str) -> str:
    """As `code`, without the Chinese country prefix."""
    return _CHINA.sub("", code(value))


NORMALISERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"plain": plain, "code": code, "phone": phone}
)
"""By name, because a field's migration may hold a name but no function of ours."""
