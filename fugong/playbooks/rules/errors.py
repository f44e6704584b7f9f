"""What is wrong with a playbook, said so that its author finds the line and knows what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of a check, before the line is known."""

    path: KeyPath
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PlaybookError:
    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.key}: " if self.key else f"{self.file}:{self.line}: "
        return f"{place}{self.message} — {self.remedy}"


class PlaybookInvalid(Exception):
    """All that is wrong with a file, in the order of its lines."""

    def __init__(self, errors: Iterable[PlaybookError]) -> None:
        self.errors = sorted(
            set(errors), key=lambda error: (error.file, error.line, error.key, error.message)
        )
        super().__init__("\n".join(str(error) for error in self.errors))


def written_path(path: KeyPath) -> str:
    """The path as an author reads it: ``routes.above_size.steps[1].next``."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            written += f".{part}" if written else part
    return written
