"""Figures for the tests of this folder."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from fugong.core.figures import Exactness, Figure, Grade, Kind

AS_OF = datetime(2022, 4, 27, 10, 0, tzinfo=UTC)


def figure(value: int | Decimal | None, unit: str = "one", **changes: Any) -> Figure:
    given: dict[str, Any] = {
        "as_of": AS_OF,
        "kind": Kind.STOCK,
        "grade": Grade.VERIFIED,
        "source": "test",
        "exactness": Exactness.EXACT,
    }
    return Figure(value=value, unit=unit, **(given | changes))
