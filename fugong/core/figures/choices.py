"""How a figure is meant: how exact, counted how, believed how far, and why it may be absent."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy as _p


class Exactness(TextChoices):
    """The forms in which officials state a number; the words themselves are in `wording.toml`."""

    EXACT = "exact", _p("exactness", "exact")
    ABOUT = "about", _p("exactness", "about")
    AROUND = "around", _p("exactness", "around")
    ODD = "odd", _p("exactness", "over (yu)")
    MORE = "more", _p("exactness", "more than (duo)")
    NEARLY = "nearly", _p("exactness", "nearly")
    OR_MORE = "or_more", _p("exactness", "or more")
    BROKE_THROUGH = "broke_through", _p("exactness", "exceeding")
    AT_MOST = "at_most", _p("exactness", "at most")
    MOST = "most", _p("exactness", "most of them")


class Kind(TextChoices):
    """What the number counts: what is there now, all there ever was, or what came in a period."""

    STOCK = "stock", _p("figure kind", "stock")
    CUMULATIVE = "cumulative", _p("figure kind", "cumulative")
    FLOW = "flow", _p("figure kind", "flow")


class Grade(TextChoices):
    """How far the number is vouched for, weakest first."""

    DECLARED = "declared", _p("grade", "declared")
    VERIFIED = "verified", _p("grade", "verified")
    CORROBORATED = "corroborated", _p("grade", "corroborated")


class Absence(TextChoices):
    """Why a figure has no value: it prints as a dash together with this."""

    EMPTY_DENOMINATOR = "empty_denominator", _p("absence", "nothing in scope")
    NOT_STATED = "not_stated", _p("absence", "not stated by the source")
    NOT_RECORDED = "not_recorded", _p("absence", "nothing recorded")


def weakest(first: Grade, second: Grade) -> Grade:
    order = list(Grade)
    return min(first, second, key=order.index)
