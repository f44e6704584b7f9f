"""Tables that sort, filter, page and export, declared once and bound to a queryset and a request.

Their cost does not grow with what is kept: counting stops at COUNT_LIMIT and no page lies beyond it. Whoever
needs row 10,001 narrows the search or exports. An ordering that no index supports still costs a sort: that is
the caller's to see to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fugong.core.actor import Actor
from fugong.core.exporting import UNMASK
from fugong.core.punctuation import labelled, listed
from fugong.core.web.parts import Link

Text = str | Promise
Row = TypeVar("Row", bound=Model)

COUNT_LIMIT = 10_000
PAGE_SIZES = (25, 50, 100, 200)
REMEMBERED_FOR = 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """`render` is a callable, or a template that gets `row`. `sort` names what the database orders by.

    `export` gives the value for a file; without it the rendered value is used, and a column drawn by a
    template is left out. `heading` marks the column that names the row; `wide` one that a phone does without;
    `short` one whose values are never broken, such as a date or a code. `full` gives a masked value in full,
    for whoever may take it out so; `prose` may end with a space, which carries the mark of a list of people.
    """

    key: str
    label: Text
    render: Callable[[Row], object] | str
    sort: tuple[str, ...] = ()
    export: Callable[[Row], object] | None = None
    number: bool = False
    heading: bool = False
    wide: bool = False
    short: bool = False
    full: Callable[[Row], object] | None = None
    prose: bool = False

    def drawn(self, row: Row) -> object:
        if isinstance(self.render, str):
            return render_to_string(self.render, {"row": row})
        value = self.render(row)
        return "" if value is None else value

    def taken_out(self, row: Row, *, in_full: bool) -> object:
        return self.full(row) if in_full and self.full is not None else self.exported(row)

    def exported(self, row: Row) -> object:
        if self.export is not None:
            return self.export(row)
        return None if isinstance(self.render, str) else self.render(row)

    @property
    def is_exported(self) -> bool:
        return self.export is not None or not isinstance(self.render, str)


@dataclass(frozen=True, kw_only=True)
class Filter(Generic[Row]):
    """Several values of one key may be chosen at once. `apply` gets only those that are among the choices."""

    key: str
    label: Text
    choices: Sequence[tuple[str, Text]]
    apply: Callable[[QuerySet[Row], list[str]], QuerySet[Row]]


@dataclass(frozen=True, kw_only=True)
class Table(Generic[Row]):
    """`default_sort` is a column's key, after a minus when falling; `search` narrows by what is typed.

    `keeps` names what else the page is asked for, such as a day: the table's own links and form ask it again.
    `scope` says the same in words, for a file that has no page around it. `people`: its files are made for
    one receiver, marked in the data, and end after some hours.
    """

    key: str
    label: Text
    columns: Sequence[Column[Row]]
    default_sort: str
    filters: Sequence[Filter[Row]] = ()
    search: Callable[[QuerySet[Row], str], QuerySet[Row]] | None = None
    search_label: Text = ""
    page_size: int = 50
    keeps: Sequence[str] = ()
    scope: Text = ""
    empty_title: Text = ""
    empty_text: Text = ""
    people: bool = False

    def bind(self, queryset: QuerySet[Row], request: HttpRequest, *, export_url: str = "") -> BoundTable[Row]:
        """With an `export_url` (an @action answering with `exports.export_table`) the table offers files."""
        return BoundTable(self, queryset, request, export_url)


@dataclass(frozen=True, slots=True)
class Heading:
    column: Column[Any]
    url: str
    direction: str  # what aria-sort says: ascending, descending, none; empty where the column does not sort


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column[Any]
    value: object


@dataclass(frozen=True, slots=True)
class FilterChoice:
    value: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class BoundFilter:
    key: str
    label: Text
    choices: Sequence[FilterChoice]

    @property
    def chosen(self) -> list[FilterChoice]:
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True, slots=True)
class Pages:
    """Drawn by parts/pagination.html."""

    links: Sequence[Link]
    previous_url: str
    next_url: str


class BoundTable(Generic[Row]):
    """A table as one request asks for it. Unknown sorts, filters and pages fall back quietly."""

    def __init__(
        self, table: Table[Row], queryset: QuerySet[Row], request: HttpRequest, export_url: str
    ) -> None:
        self.table = table
        self._request = request
        self.path = request.path
        self.asked = request.GET
        self._cookies = request.COOKIES
        self._queryset = queryset
        self._export_url = export_url

    @property
    def region(self) -> str:
        """The id of the element that htmx replaces."""
        return f"table-{self.table.key}"

    @property
    def offers_full(self) -> bool:
        """Whether numbers can be taken out in full by whoever asks: they are masked for everybody else."""
        actor: Actor | None = getattr(self._request, "actor", None)
        has_full = any(column.full is not None for column in self.table.columns)
        return has_full and actor is not None and actor.may(UNMASK)

    @property
    def form_id(self) -> str:
        return f"{self.region}-form"

    @property
    def has_search(self) -> bool:
        return self.table.search is not None

    @property
    def is_short(self) -> bool:
        """So few rows that no page size would divide them."""
        return self.counted <= self.sizes[0]

    # What was asked

    @cached_property
    def query(self) -> str:
        return self.asked.get("q", "").strip()[:100]

    @cached_property
    def sort(self) -> str:
        """The key of the column that orders, with a leading minus when falling."""
        wanted = self.asked.get("sort", "")
        sortable = {column.key for column in self.table.columns if column.sort}
        return wanted if wanted.removeprefix("-") in sortable else self.table.default_sort

    @cached_property
    def size(self) -> int:
        offered = {str(size): size for size in self.sizes}
        for wanted in (self.asked.get("size"), self._cookies.get(self._cookie)):
            if wanted in offered:
                return offered[wanted]
        return self.table.page_size

    @cached_property
    def sizes(self) -> list[int]:
        return sorted({*PAGE_SIZES, self.table.page_size})

    @cached_property
    def page(self) -> int:
        wanted = self.asked.get("page", "1")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1
        return min(max(number, 1), self.last_page)

    @cached_property
    def filters(self) -> list[BoundFilter]:
        bound = []
        for each in self.table.filters:
            wanted = set(self.asked.getlist(each.key))
            choices = [FilterChoice(value, label, value in wanted) for value, label in each.choices]
            bound.append(BoundFilter(each.key, each.label, choices))
        return bound

    @property
    def narrowing(self) -> str:
        """In words: what the page, the search and the filters leave; empty where they leave everything."""
        words = [self.table.scope] if self.table.scope else []
        words += [labelled(_("Search"), self.query)] if self.query else []
        for each in self.filters:
            words += [labelled(each.label, choice.label) for choice in each.chosen]
        return listed(words)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query) or any(each.chosen for each in self.filters)

    # What is found

    @cached_property
    def found(self) -> QuerySet[Row]:
        """All that the search and the filters leave, in order: what an export writes."""
        queryset = self._queryset
        for each, bound in zip(self.table.filters, self.filters, strict=True):
            values = [choice.value for choice in bound.chosen]
            if values:
                queryset = each.apply(queryset, values)
        if self.query and self.table.search:
            queryset = self.table.search(queryset, self.query)
        return queryset.order_by(*self._ordering())

    def _ordering(self) -> Iterator[OrderBy]:
        """Ends with the primary key: without it rows of equal rank could stand on two pages or on none."""
        column = next(each for each in self.table.columns if each.key == self.sort.removeprefix("-"))
        falling = self.sort.startswith("-")
        for name in column.sort:
            field = F(name.removeprefix("-"))
            turned = falling != name.startswith("-")
            yield field.desc(nulls_last=True) if turned else field.asc(nulls_last=True)
        yield F("pk").desc() if falling else F("pk").asc()

    @cached_property
    def counted(self) -> int:
        """How many rows are found, never counting past COUNT_LIMIT + 1."""
        return self.found.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def count_label(self) -> str:
        if self.counted > COUNT_LIMIT:
            return number_format(COUNT_LIMIT, force_grouping=True) + "+"
        return number_format(self.counted, force_grouping=True)

    @property
    def summary(self) -> str:
        return ngettext("%(count)s row", "%(count)s rows", self.counted) % {"count": self.count_label}

    @cached_property
    def last_page(self) -> int:
        return max(-(-min(self.counted, COUNT_LIMIT) // self.size), 1)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        first = (self.page - 1) * self.size
        found = self.found[first : first + self.size]
        return [[Cell(column, column.drawn(row)) for column in self.table.columns] for row in found]

    # Where its links lead

    @property
    def kept_of_page(self) -> list[tuple[str, str]]:
        return [(name, self.asked[name]) for name in self.table.keeps if self.asked.get(name)]

    @cached_property
    def _kept(self) -> dict[str, list[str]]:
        """The question as it stands, without what is unknown or merely the default."""
        kept = {each.key: [choice.value for choice in each.chosen] for each in self.filters}
        kept |= {name: [value] for name, value in self.kept_of_page}
        kept["q"] = [self.query] if self.query else []
        kept["sort"] = [self.sort] if self.sort != self.table.default_sort else []
        kept["size"] = [str(self.size)] if self.size != self.table.page_size else []
        return kept

    @property
    def current_url(self) -> str:
        """The address of what is shown, as short as it can be: what htmx puts into the address line."""
        return self._page_url(self.page) if self.page > 1 else self.url()

    def url(self, **changes: Sequence[str]) -> str:
        return f"{self.path}{self.parameters(**changes)}"

    def parameters(self, **changes: Sequence[str]) -> str:
        asked = QueryDict(mutable=True)
        for name, values in {**self._kept, **changes}.items():
            if values:
                asked.setlist(name, list(values))
        return f"?{asked.urlencode()}" if asked else ""

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.table.columns]

    def _heading(self, column: Column[Row]) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        if column.key != self.sort.removeprefix("-"):
            return Heading(column, self.url(sort=[column.key]), "none")
        falling = self.sort.startswith("-")
        turned = column.key if falling else f"-{column.key}"
        return Heading(column, self.url(sort=[turned]), "descending" if falling else "ascending")

    @property
    def sorts(self) -> list[FilterChoice]:
        """Each order a phone may choose, where no headings are seen."""
        choices = []
        for column in (each for each in self.table.columns if each.sort):
            for value, words in (
                (column.key, _("%(column)s, rising")),
                (f"-{column.key}", _("%(column)s, falling")),
            ):
                choices.append(FilterChoice(value, words % {"column": column.label}, value == self.sort))
        return choices

    @property
    def chips(self) -> list[Link]:
        """What narrows the table now; each leads to the table without it."""
        chips = [Link(self.query, self.url(q=[]))] if self.query else []
        for each in self.filters:
            for choice in each.chosen:
                left = [other.value for other in each.chosen if other is not choice]
                chips.append(Link(labelled(each.label, choice.label), self.url(**{each.key: left})))
        return chips

    @property
    def clear_url(self) -> str:
        return self.url(q=[], **{each.key: [] for each in self.filters})

    @property
    def pages(self) -> Pages | None:
        if self.last_page == 1:
            return None
        shown = sorted(
            {1, *range(self.page - 1, self.page + 2), self.last_page} & set(range(1, self.last_page + 1))
        )
        links: list[Link] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                links.append(Link("", ""))
            links.append(Link(str(number), self._page_url(number), current=number == self.page))
        return Pages(
            links,
            self._page_url(self.page - 1) if self.page > 1 else "",
            self._page_url(self.page + 1) if self.page < self.last_page else "",
        )

    def _page_url(self, number: int) -> str:
        return self.url(page=[str(number)])

    @property
    def export_url(self) -> str:
        return f"{self._export_url}{self.parameters()}" if self._export_url else ""

    # The page size stays with the person's browser

    @property
    def _cookie(self) -> str:
        return f"rows_{self.table.key}"

    def remember(self, response: HttpResponseBase) -> None:
        if self.asked.get("size") == str(self.size):
            response.set_cookie(
                self._cookie, str(self.size), max_age=REMEMBERED_FOR, httponly=True, samesite="Lax"
            )
