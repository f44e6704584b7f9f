"""On which line of a TOML text each key, table and array element begins.

The standard parser gives values without positions, so this scanner walks the same text beside it. It reads
only texts that tomllib has accepted, which lets it be small: it need not refuse anything, only keep count.
"""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress

from fugong.playbooks.rules.errors import KeyPath

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


class Positions:
    """`lines` maps each written path to its line, counted from 1."""

    def __init__(self, lines: Mapping[KeyPath, int]) -> None:
        self.lines = lines

    def line_of(self, path: KeyPath) -> int:
        """The line of the path, or of the nearest enclosing table that is written; 1 when nothing is."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def positions(text: str) -> Positions:
    scanner = _Scanner(text)
    scanner.scan()
    return Positions(scanner.lines)


def lines_before(text: str, line: int, column: int) -> tuple[KeyPath, int] | None:
    """The key written last before this place, and the line where the same key was written first.

    For a text that is TOML up to there: this is where a key written twice is refused.
    """
    text = text.replace("\r\n", "\n")
    offset = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    scanner = _Scanner(text[:offset])
    # The text breaks off inside the very statement that is refused.
    with suppress(IndexError, ValueError):
        scanner.scan()
    return (scanner.last, scanner.earlier) if scanner.earlier is not None else None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.last: KeyPath = ()
        self.earlier: int | None = None
        self._line = 1
        self._counted_to = 0
        self._lengths: dict[KeyPath, int] = {}

    def scan(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _note(self, path: KeyPath, start: int) -> None:
        """Keeps the first place where a path is written; tables may be opened by their children first."""
        self._line += self.text.count("\n", self._counted_to, start)
        self._counted_to = start
        self.last, self.earlier = path, self.lines.get(path)
        self.lines.setdefault(path, self._line)

    def _header(self) -> KeyPath:
        start = self.at
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        self._skip(_SPACE)
        path = self._resolved(self._key())
        self.at += 2 if is_array else 1
        if is_array:
            path = self._next_element(path)
        earlier = self.lines.get(path)
        self._note_all(path, start)
        self.earlier = earlier
        # The table itself is where its header stands, even when a sub-table came first.
        self.lines[path] = self._line
        return path

    def _note_all(self, path: KeyPath, start: int) -> None:
        for end in range(1, len(path) + 1):
            self._note(path[:end], start)

    def _next_element(self, path: KeyPath) -> KeyPath:
        index = self._lengths.get(path, 0)
        self._lengths[path] = index + 1
        return (*path, index)

    def _resolved(self, keys: tuple[str, ...]) -> KeyPath:
        """A header's keys, each array of tables on the way standing for its newest element."""
        path: KeyPath = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            if path in self._lengths and number < len(keys) - 1:
                path = (*path, self._lengths[path] - 1)
        return path

    def _key(self) -> tuple[str, ...]:
        """A dotted key up to and including the blanks after it."""
        parts = [self._key_part()]
        self._skip(_SPACE)
        while self.text.startswith(".", self.at):
            self.at += 1
            self._skip(_SPACE)
            parts.append(self._key_part())
            self._skip(_SPACE)
        return tuple(parts)

    def _key_part(self) -> str:
        match = _BARE_KEY.match(self.text, self.at) or _STRINGS.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not a TOML key at character {self.at}")
        self.at = match.end()
        written = match.group()
        return next(iter(tomllib.loads(f"{written} = 0"))) if written[0] in "\"'" else written

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        path = (*table, *self._key())
        for end in range(len(table) + 1, len(path) + 1):
            self._note(path[:end], start)
        self.at += 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        character = self.text[self.at]
        if character == "[":
            self._array(path)
        elif character == "{":
            self._inline_table(path)
        elif character in "\"'":
            self._skip(_STRINGS)
        else:
            self._skip(_PLAIN)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        self._skip(_BLANK)
        while self.text[self.at] != "]":
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BLANK)
