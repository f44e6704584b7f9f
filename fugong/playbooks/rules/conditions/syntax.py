"""The closed subset of CEL that a playbook may use, as a tree.

    or      := and ("||" and)*
    and     := not ("&&" not)*
    not     := "!" not | relation
    relation:= value (("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") value)?
    value   := literal | list | fact | fact "." method "(" literal ")" | "size" "(" fact ")"
             | "date" "(" string ")" | "(" or ")"

No arithmetic, no macros, no regular expressions, no ternary: such a condition ends, cannot fail and can be
read aloud.
"""

import re
from dataclasses import dataclass

COMPARISONS = ("==", "!=", "<=", ">=", "<", ">", "in")
METHODS = ("startsWith", "endsWith", "contains")


class ConditionInvalid(ValueError):
    """`remedy` says what to write instead; `column` counts from 1 within the expression."""

    def __init__(self, message: str, *, remedy: str, column: int | None = None) -> None:
        self.remedy = remedy
        self.column = column
        super().__init__(f"{message} (at character {column})" if column else message)


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | int | float | bool | None
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    column: int


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Literal, ...]
    column: int


@dataclass(frozen=True, slots=True)
class DateOf:
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Size:
    of: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Method:
    of: "Node"
    name: str
    argument: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    of: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Compare:
    left: "Node"
    operator: str
    right: "Node"
    column: int


@dataclass(frozen=True, slots=True)
class Logic:
    left: "Node"
    operator: str
    right: "Node"
    column: int


Node = Literal | Name | ListOf | DateOf | Size | Method | Not | Compare | Logic

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>-?\d+(?:\.\d+)?(?![\w.]))
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<mark>&&|\|\||==|!=|<=|>=|[<>!()\[\],.])""",
    re.VERBOSE | re.ASCII,
)
_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t"}
_MAX_DEPTH = 40
_MAX_JOINED = 60
_MAX_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    column: int


def tokens(source: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise ConditionInvalid(
                f"“{source[at]}” does not belong to the conditions a playbook may use",
                remedy="use facts, literals, == != < <= > >= in && || ! and parentheses",
                column=at + 1,
            )
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), at + 1))
        at = match.end()
    return [*found, Token("end", "", len(source) + 1)]


def parse(source: str) -> Node:
    """Raises ConditionInvalid."""
    if len(source) > _MAX_LENGTH:
        raise ConditionInvalid(f"is longer than {_MAX_LENGTH} characters", remedy="split the rule in two")
    parser = _Parser(tokens(source))
    tree = parser.either()
    parser.expect_end()
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._joined = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> Token | None:
        token = self._next
        if token.kind in ("mark", "name") and token.text in texts:
            self._at += 1
            return token
        return None

    def _expect(self, text: str) -> Token:
        token = self._take(text)
        if token is None:
            raise self._unexpected(f"“{text}”")
        return token

    def _unexpected(self, wanted: str) -> ConditionInvalid:
        token = self._next
        shown = f"“{token.text}”" if token.text else "the end"
        return ConditionInvalid(
            f"found {shown} where {wanted} was expected",
            remedy="see the grammar in docs/explanation/playbooks.md",
            column=token.column,
        )

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._unexpected("the end or && or ||")

    def either(self) -> Node:
        tree = self._both()
        while (token := self._take("||")) is not None:
            self._one_more(token)
            tree = Logic(tree, "||", self._both(), token.column)
        return tree

    def _both(self) -> Node:
        tree = self._negation()
        while (token := self._take("&&")) is not None:
            self._one_more(token)
            tree = Logic(tree, "&&", self._negation(), token.column)
        return tree

    def _one_more(self, token: Token) -> None:
        """A bound on length, for the same reason as that on depth."""
        self._joined += 1
        if self._joined > _MAX_JOINED:
            raise ConditionInvalid(
                f"joins more than {_MAX_JOINED} parts", remedy="split the rule in two", column=token.column
            )

    def _negation(self) -> Node:
        token = self._take("!")
        if token is None:
            return self._relation()
        with_depth = self._deeper(token)
        tree = Not(self._negation(), token.column)
        self._depth = with_depth
        return tree

    def _deeper(self, token: Token) -> int:
        """A bound on nesting, so that no file can exhaust the stack; returns the depth to go back to."""
        before = self._depth
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ConditionInvalid(
                "is nested too deeply", remedy="split the rule in two", column=token.column
            )
        return before

    def _relation(self) -> Node:
        left = self._value()
        token = self._take(*COMPARISONS)
        if token is None:
            return left
        return Compare(left, token.text, self._value(), token.column)

    def _value(self) -> Node:
        tree = self._atom()
        while (dot := self._take(".")) is not None:
            method = self._take(*METHODS)
            if method is None:
                raise self._unexpected(" or ".join(METHODS))
            self._expect("(")
            tree = Method(tree, method.text, self._atom(), dot.column)
            self._expect(")")
        return tree

    def _atom(self) -> Node:
        token = self._next
        if token.kind in ("number", "string"):
            return self._literal()
        if (opening := self._take("(")) is not None:
            before = self._deeper(opening)
            tree = self.either()
            self._expect(")")
            self._depth = before
            return tree
        if (opening := self._take("[")) is not None:
            return self._list(opening)
        if token.kind == "name":
            return self._name()
        raise self._unexpected("a fact or a value")

    def _literal(self) -> Literal:
        token = self._next
        if token.kind == "string":
            self._at += 1
            return Literal(_unquoted(token), token.column)
        if token.kind == "number":
            self._at += 1
            return Literal(_number(token), token.column)
        if token.text in ("true", "false"):
            self._at += 1
            return Literal(token.text == "true", token.column)
        raise self._unexpected("a value")

    def _list(self, opening: Token) -> ListOf:
        items: list[Literal] = []
        while self._take("]") is None:
            if items:
                self._expect(",")
            items.append(self._literal())
        return ListOf(tuple(items), opening.column)

    def _name(self) -> Node:
        token = self._next
        if token.text in ("true", "false"):
            return self._literal()
        self._at += 1
        if token.text == "null":
            return Literal(None, token.column)
        if self._take("(") is None:
            return Name(token.text, token.column)
        return self._call(token)

    def _call(self, token: Token) -> Node:
        argument = self._atom()
        self._expect(")")
        if token.text == "size":
            return Size(argument, token.column)
        if token.text == "date" and isinstance(argument, Literal) and isinstance(argument.value, str):
            return DateOf(argument.value, token.column)
        raise ConditionInvalid(
            f"“{token.text}(…)” is not a function of the conditions a playbook may use",
            remedy='the functions are size(list), date("2022-04-27"), '
            + ", ".join(f".{m}(…)" for m in METHODS),
            column=token.column,
        )


def _number(token: Token) -> int | float:
    if "." in token.text:
        return float(token.text)
    number = int(token.text)
    if abs(number) >= 2**63:
        raise ConditionInvalid(
            f"{token.text} is too big", remedy="write a smaller number", column=token.column
        )
    return number


def _unquoted(token: Token) -> str:
    inside = token.text[1:-1]

    def escaped(match: re.Match[str]) -> str:
        if match.group(1) not in _ESCAPES:
            raise ConditionInvalid(
                f"the escape \\{match.group(1)} is not admitted",
                remedy="write the character itself",
                column=token.column,
            )
        return _ESCAPES[match.group(1)]

    return re.sub(r"\\(.)", escaped, inside)
