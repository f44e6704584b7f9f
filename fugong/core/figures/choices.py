"""How a figure is meant: how exact, counted how, believed how far, and why it may be absent."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Exactness(TextChoices):
    """The forms in which officials state a number; the words themselves are in `wording.toml`."""

    EXACT = "exact", pgettext_lazy("exactness", "exact")
    ABOUT = "about", pgettext_lazy("exactness", "about")
    AROUND = "around", pgettext_lazy("exactness", "around")
    ODD = "odd", pgettext_lazy("exactness", "over (yu)")
    MORE = "more", pgettext_lazy("exactness", "more than (duo)")
    NEARLY = "nearly", pgettext_lazy("exactness", "nearly")
    OR_MORE = "or_more", pgettext_lazy("exactness", "or more")
    BROKE_THROUGH = "broke_through", pgettext_lazy("exactness", "exceeding")
    AT_MOST = "at_most", pgettext_lazy("exactness", "at most")
    MOST = "most", pgettext_lazy("exactness", "most of them")


class Kind(TextChoices):
    """What the number counts: what is there now, all there ever was, or what came in a period."""

    STOCK = "stock", pgettext_lazy("figure kind", "stock")
    CUMULATIVE = "cumulative", pgettext_lazy("figure kind", "cumulative")
    FLOW = "flow", pgettext_lazy("figure kind", "flow")


class Grade(TextChoices):
    """How far the number is vouched for, weakest first."""

    DECLARED = "declared", pgettext_lazy("grade", "declared")
    VERIFIED = "verified", pgettext_lazy("grade", "verified")
    CORROBORATED = "corroborated", pgettext_lazy("grade", "corroborated")


class Absence(TextChoices):
    """Why a figure has no value: it prints as a dash together with this."""

    EMPTY_DENOMINATOR = "empty_denominator", pgettext_lazy("absence", "nothing in scope")
    NOT_STATED = "not_stated", pgettext_lazy("absence", "not stated by the source")
    NOT_RECORDED = "not_recorded", pgettext_lazy("absence", "nothing recorded")


def weakest(first: Grade, second: Grade) -> Grade:
    order = list(Grade)
    return min(first, second, key=order.index)
