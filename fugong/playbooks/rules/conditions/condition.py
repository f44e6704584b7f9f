"""A compiled condition: checked by our own small checker, run by a CEL library."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import cel

from fugong.playbooks.rules.conditions.checking import check, names
from fugong.playbooks.rules.conditions.syntax import ConditionInvalid, parse
from fugong.playbooks.rules.facts_schema import FactSchema, midnight


def _date(text: str) -> datetime:
    return midnight(date.fromisoformat(text))


_Functions = dict[str, Callable[[str], datetime]]
_FUNCTIONS: _Functions = {"date": _date}


@dataclass(frozen=True)
class Condition:
    """`names` are the facts it asks for, so that "why?" can show them."""

    source: str
    names: frozenset[str]
    _program: cel.Program = field(repr=False, compare=False)
    _functions: _Functions | None = field(repr=False, compare=False)

    @classmethod
    def compiled(cls, source: str, schema: FactSchema) -> "Condition":
        """Raises ConditionInvalid, whose `remedy` says what to do."""
        tree = parse(source)
        check(tree, schema)
        try:
            program = cel.compile(source)
        except ValueError as error:
            raise ConditionInvalid(f"is not CEL: {error}", remedy="correct the expression") from error
        return cls(source, names(tree), program, _FUNCTIONS if "date" in program.functions() else None)

    def holds(self, prepared: Mapping[str, object]) -> bool:
        """`prepared` comes from FactSchema.prepared, once for all conditions of one decision."""
        if self._functions is None:
            return bool(self._program.execute(dict(prepared)))
        return bool(self._program.execute(cel.Context(variables=dict(prepared), functions=self._functions)))

    def __str__(self) -> str:
        return self.source
