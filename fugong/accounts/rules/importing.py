"""From the rows of a list to users that are new, known already or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import Finding
from fugong.accounts.rules.names import is_username, plain_username

LIMIT = 2_000
LOOKED_THROUGH = 10
"""Rows in which the headings are looked for: lists begin with titles and dates."""

Rows = Sequence[Sequence[str]]


class UnreadableList(ValueError):
    """The list is refused as a whole, in one sentence."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, by its number in the file, and what would be done with it."""

    number: int
    username: str
    name: str
    phone: str
    finding: Finding
    problem: str | Promise = ""


def judge(rows: Rows, *, headings: Mapping[str, str], known: Mapping[str, str]) -> list[Line]:
    """`headings` gives the field for a heading as people write it; `known` the names of present users.

    Raises UnreadableList when the columns are not there, or there are too many rows.
    """
    start, columns = _header(rows, headings)
    found = [(number, row) for number, row in enumerate(rows[start + 1 :], start + 2) if any(row)]
    if not found:
        raise UnreadableList(_("The list holds no rows."))
    if len(found) > LIMIT:
        raise UnreadableList(
            _("The list has more than %(limit)s rows. Import it in parts.") % {"limit": LIMIT}
        )
    return list(_judged(found, columns, known))


def _header(rows: Rows, headings: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:LOOKED_THROUGH]):
        columns = {headings[plain(cell)]: place for place, cell in enumerate(row) if plain(cell) in headings}
        if {"username", "name"} <= columns.keys():
            return number, columns
    raise UnreadableList(_("No row of the list names the columns “user name” and “name”."))


def plain(heading: str) -> str:
    return "".join(heading.split()).lower().rstrip("*:：")


def _judged(
    found: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int], known: Mapping[str, str]
) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for number, row in found:
        cells = {field: row[place].strip() if place < len(row) else "" for field, place in columns.items()}
        username, name, phone = plain_username(cells["username"]), cells["name"], cells.get("phone", "")
        finding, problem = _finding(username, name, phone, known=known, earlier=seen.get(username))
        seen.setdefault(username, number)
        yield Line(number, username, name, phone, finding, problem)


def _finding(
    username: str, name: str, phone: str, *, known: Mapping[str, str], earlier: int | None
) -> tuple[Finding, str | Promise]:
    if not is_username(username):
        return Finding.WRONG, _("Use 3 to 60 letters a to z, digits, dots, hyphens or underscores.")
    if not name or len(name) > 60:
        return Finding.WRONG, _("Enter a name of at most 60 characters.")
    if len(phone) > 30:
        return Finding.WRONG, _("The phone number is too long.")
    if earlier is not None:
        return Finding.WRONG, _("The same user name stands in row %(row)s already.") % {"row": earlier}
    if username not in known:
        return Finding.NEW, ""
    if known[username] != name:
        return Finding.WRONG, _("This user name is %(name)s\u2019s.") % {"name": known[username]}
    return Finding.KNOWN, ""
