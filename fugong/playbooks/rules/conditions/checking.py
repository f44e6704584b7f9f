"""Types of a condition against a fact schema, found before anybody is judged by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from fugong.playbooks.rules.conditions.syntax import (
    Compare,
    ConditionInvalid,
    DateOf,
    ListOf,
    Literal,
    Logic,
    Method,
    Name,
    Node,
    Not,
    Size,
)
from fugong.playbooks.rules.facts_schema import (
    BOOL,
    DATE,
    FLOAT,
    INT,
    STRING,
    Fact,
    FactSchema,
    FactType,
)

Known = frozenset[str]
"""Optional facts that are known to be known at this point of the expression."""

_ORDERED = (FactType.INT, FactType.FLOAT, FactType.DATE)
_NULL = Fact(FactType.STRING, ("null",), is_optional=True)


def check(tree: Node, schema: FactSchema) -> None:
    """Raises ConditionInvalid unless the tree is a truth value whatever the facts."""
    checker = _Checker(schema)
    found = checker.type_of(tree, frozenset())
    if found.type is not FactType.BOOL or found.is_optional:
        raise ConditionInvalid(
            f"is of type {found}, not a condition", remedy="compare it: fact == value", column=tree.column
        )


def names(tree: Node) -> frozenset[str]:
    match tree:
        case Name(name):
            return frozenset({name})
        case Logic(left, _, right) | Compare(left, _, right):
            return names(left) | names(right)
        case Not(of) | Size(of):
            return names(of)
        case Method(of, _, argument):
            return names(of) | names(argument)
        case _:
            return frozenset()


def _known_if(tree: Node, truth: bool) -> Known:
    """The optional facts that must be known when the tree came out as `truth`."""
    match tree:
        case Not(of):
            return _known_if(of, not truth)
        case Logic(left, operator, right):
            both = _known_if(left, truth), _known_if(right, truth)
            return both[0] | both[1] if (operator == "&&") is truth else both[0] & both[1]
        case Compare(Name(name), operator, Literal(None)) | Compare(Literal(None), operator, Name(name)):
            return frozenset({name}) if (operator == "!=") is truth else frozenset()
        case _:
            return frozenset()


@dataclass(frozen=True)
class _Checker:
    schema: FactSchema

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.schema.facts

    def type_of(self, tree: Node, known: Known) -> Fact:
        match tree:
            case Name():
                return self._fact(tree, known)
            case Literal(value):
                return _literal_type(value)
            case DateOf():
                return _date_type(tree)
            case ListOf():
                raise ConditionInvalid(
                    "a list stands only on the right of “in”",
                    remedy='write fact in ["a", "b"]',
                    column=tree.column,
                )
            case Not(of):
                self._must_be(of, FactType.BOOL, known)
                return BOOL
            case Logic():
                return self._logic(tree, known)
            case Compare():
                return self._compare(tree, known)
            case Size(of):
                self._must_be(of, FactType.STRINGS, known)
                return INT
            case Method():
                return self._method(tree, known)

    def _fact(self, tree: Name, known: Known) -> Fact:
        fact = self.facts.get(tree.name)
        if fact is None:
            close = get_close_matches(tree.name, self.facts, n=1)
            hint = f"did you mean “{close[0]}”? " if close else ""
            raise ConditionInvalid(
                f"“{tree.name}” is not a fact of {self.schema.name}",
                remedy=f"{hint}the facts are: {', '.join(sorted(self.facts))}",
                column=tree.column,
            )
        return Fact(fact.type, fact.values) if tree.name in known else fact

    def _must_be(self, tree: Node, wanted: FactType, known: Known) -> Fact:
        found = self.type_of(tree, known)
        if found.type is not wanted or found is _NULL:
            raise ConditionInvalid(
                f"expects {wanted}, found {found}", remedy=f"use a value of type {wanted}", column=tree.column
            )
        self._refuse_unknown(tree, found)
        return found

    def _refuse_unknown(self, tree: Node, found: Fact) -> None:
        if found.is_optional and isinstance(tree, Name):
            raise ConditionInvalid(
                f"“{tree.name}” may be unknown",
                remedy=f"ask first: {tree.name} != null && …",
                column=tree.column,
            )

    def _logic(self, tree: Logic, known: Known) -> Fact:
        self._must_be(tree.left, FactType.BOOL, known)
        more = _known_if(tree.left, tree.operator == "&&")
        self._must_be(tree.right, FactType.BOOL, known | more)
        return BOOL

    def _method(self, tree: Method, known: Known) -> Fact:
        self._must_be(tree.of, FactType.STRING, known)
        self._must_be(tree.argument, FactType.STRING, known)
        return BOOL

    def _compare(self, tree: Compare, known: Known) -> Fact:
        left = self.type_of(tree.left, known)
        if tree.operator == "in" and isinstance(tree.right, ListOf):
            self._refuse_unknown(tree.left, left)
            return self._one_of(tree, tree.right, left)
        right = self.type_of(tree.right, known)
        if left is _NULL or right is _NULL:
            return self._compare_null(tree, left, right)
        self._refuse_unknown(tree.left, left)
        self._refuse_unknown(tree.right, right)
        if tree.operator == "in":
            self._membership(tree, left, right)
        elif tree.operator in ("==", "!="):
            self._equality(tree, left, right)
        elif left.type is not right.type or left.type not in _ORDERED:
            raise _mismatch(tree, left, right)
        return BOOL

    def _compare_null(self, tree: Compare, left: Fact, right: Fact) -> Fact:
        named = tree.left if right is _NULL else tree.right
        if tree.operator not in ("==", "!=") or not isinstance(named, Name):
            raise _mismatch(tree, left, right)
        if not self.facts[named.name].is_optional:
            raise ConditionInvalid(
                f"“{named.name}” is never unknown",
                remedy="leave out the comparison with null",
                column=tree.column,
            )
        return BOOL

    def _one_of(self, tree: Compare, choices: ListOf, left: Fact) -> Fact:
        if not choices.items:
            raise ConditionInvalid(
                "the list is empty", remedy="name at least one value", column=choices.column
            )
        for item in choices.items:
            same = Compare(tree.left, "==", item, item.column)
            self._equality(same, left, _literal_type(item.value))
        return BOOL

    def _membership(self, tree: Compare, left: Fact, right: Fact) -> None:
        if right.type is not FactType.STRINGS:
            raise ConditionInvalid(
                f"“in” needs a list on its right, found {right}",
                remedy='write fact in ["a", "b"]',
                column=tree.column,
            )
        if left.type not in (FactType.STRING, FactType.ENUM):
            raise _mismatch(tree, left, right)
        if right.values and isinstance(tree.left, Literal):
            _check_value(right, tree.left)

    def _equality(self, tree: Compare, left: Fact, right: Fact) -> None:
        for fact, other in ((left, tree.right), (right, tree.left)):
            if fact.type is FactType.ENUM and isinstance(other, Literal) and isinstance(other.value, str):
                _check_value(fact, other)
                return
        if left.type is not right.type or left.values != right.values or left.type is FactType.STRINGS:
            raise _mismatch(tree, left, right)


def _check_value(fact: Fact, literal: Literal) -> None:
    if literal.value not in fact.values:
        raise ConditionInvalid(
            f"“{literal.value}” can never be: the value is {fact}",
            remedy=f"write one of: {', '.join(fact.values)}",
            column=literal.column,
        )


def _literal_type(value: object) -> Fact:
    match value:
        case None:
            return _NULL
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return FLOAT
        case _:
            return STRING


def _date_type(tree: DateOf) -> Fact:
    try:
        if date.fromisoformat(tree.text).isoformat() != tree.text:
            raise ValueError(tree.text)
    except ValueError:
        raise ConditionInvalid(
            f"“{tree.text}” is not a day of the calendar",
            remedy='write date("2022-04-27")',
            column=tree.column,
        ) from None
    return DATE


def _mismatch(tree: Compare, left: Fact, right: Fact) -> ConditionInvalid:
    return ConditionInvalid(
        f"cannot compare {left} with {right} by “{tree.operator}”",
        remedy="compare values of one type; write 20 for an int and 20.0 for a float",
        column=tree.column,
    )
