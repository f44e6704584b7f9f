"""The findings of the type checker, in the words of a playbook's author."""

import types
from collections.abc import Mapping as ABCMapping
from difflib import get_close_matches
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from fugong.playbooks.rules.errors import KeyPath, Problem

_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number without quotes",
    "bool_type": "true or false",
    "date_type": "a day without quotes: 2022-04-27",
    "datetime_type": "a moment without quotes: 2022-04-27T09:00:00+08:00",
    "time_type": "a time of day without quotes: 17:30:00",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "enum": "one of the listed words",
}


def problem_of(details: ErrorDetails, path: KeyPath, root: type[BaseModel]) -> Problem:
    """`path` is where the author wrote it; `details` speak of what is left after earlier findings."""
    kind, context = details["type"], details.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return _unknown_key(path, root)
        case "missing":
            return Problem(path, "is missing", "add it")
        case "enum":
            return Problem(path, f"“{details['input']}” is not admitted", f"write {context['expected']}")
        case "playbook":
            return Problem(path, details["msg"], context["remedy"])
        case "string_pattern_mismatch":
            return Problem(
                path, f"“{details['input']}” is not written as it must be", _pattern(context["pattern"])
            )
        case _ if kind in _WANTED:
            return Problem(path, f"is {_shown(details['input'])}", f"write {_WANTED[kind]}")
        case _:
            return Problem(path, details["msg"][0].lower() + details["msg"][1:], "correct the value")


def written_location(location: KeyPath) -> KeyPath:
    """The location without the marks of the type checker that no author has written."""
    return tuple(part for part in location if part != "[key]")


def _unknown_key(path: KeyPath, root: type[BaseModel]) -> Problem:
    key = str(path[-1])
    known = sorted(keys_at(root, path[:-1]))
    close = get_close_matches(key, known, n=1)
    hint = f"did you mean “{close[0]}”? " if close else ""
    return Problem(path, f"unknown key “{key}”", f"{hint}the keys here are: {', '.join(known)}")


def keys_at(root: type[BaseModel], path: KeyPath) -> set[str]:
    """The keys a table at this path may have."""
    found: object = root
    for part in path:
        found = _inside(found, part)
    return set(found.model_fields) if isinstance(found, type) and issubclass(found, BaseModel) else set()


def _inside(annotation: object, part: str | int) -> object:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        return _bare(field.annotation) if field else None
    arguments = get_args(annotation)
    if get_origin(annotation) in (dict, ABCMapping):
        return _bare(arguments[1])
    return _bare(arguments[0]) if get_origin(annotation) is tuple else None


def _bare(annotation: object) -> object:
    """The type without its marks and without “or nothing”."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(option for option in get_args(annotation) if option is not type(None)))
    return annotation


def _pattern(pattern: str) -> str:
    if pattern.startswith("^[a-z]["):
        return "write an id of small letters, digits and underscores, beginning with a letter"
    return f"it must match {pattern}"


def _shown(value: object) -> str:
    if isinstance(value, dict | tuple):
        return "a table" if isinstance(value, dict) else "a list"
    return f"“{value}”"
