"""Reading planned returns."""

from fugong.returns.queries.deciding import Given, decide
from fugong.returns.queries.forecast import Day, forecast
from fugong.returns.queries.plans import (
    find_open_of,
    get_return,
    list_of_person,
    list_own,
    list_returns,
    matching,
)

__all__ = [
    "Day",
    "Given",
    "decide",
    "find_open_of",
    "forecast",
    "get_return",
    "list_of_person",
    "list_own",
    "list_returns",
    "matching",
]
