"""The closed lists of the register. The stored value is a short word; the label is translated."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

SEE: Final = "enterprises.see"
IMPORT: Final = "enterprises.import"


class Kind(TextChoices):
    """What kind of subject it is; the words are those a playbook uses for its subjects."""

    ENTERPRISE = "enterprise", _("Enterprise")
    CONSTRUCTION_SITE = "construction_site", _("Construction site")
    PROJECT = "project", _("Construction project")
    TRADER = "trader", _("Market trader")
    SHOP = "shop", _("Shop")
    SCHOOL = "school", _("School")
    HOTEL = "hotel", _("Hotel")


class SizeClass(TextChoices):
    """The statistical size class (industry: main revenue of CNY 20 million a year or more is above)."""

    ABOVE = "above", _("Above designated size")
    BELOW = "below", _("Below designated size")


class Industry(TextChoices):
    """The sections of GB/T 4754-2017."""

    A = "A", _("A Agriculture, forestry, animal husbandry and fishery")
    B = "B", _("B Mining")
    C = "C", _("C Manufacturing")
    D = "D", _("D Production and supply of electricity, heat, gas and water")
    E = "E", _("E Construction")
    F = "F", _("F Wholesale and retail trade")
    G = "G", _("G Transport, storage and post")
    H = "H", _("H Accommodation and catering")
    I = "I", _("I Information transmission, software and information technology services")  # noqa: E741
    J = "J", _("J Finance")
    K = "K", _("K Real estate")
    L = "L", _("L Leasing and business services")
    M = "M", _("M Scientific research and technical services")
    N = "N", _("N Water conservancy, environment and public facilities management")
    O = "O", _("O Resident services, repair and other services")  # noqa: E741
    P = "P", _("P Education")
    Q = "Q", _("Q Health and social work")
    R = "R", _("R Culture, sports and entertainment")
    S = "S", _("S Public administration, social security and social organisations")
    T = "T", _("T International organisations")


class Tag(TextChoices):
    """Why an enterprise may come first; a playbook's priority classes speak of these."""

    EPIDEMIC_ESSENTIAL = "epidemic_essential", _("Epidemic control essentials")
    CITY_RUNNING = "city_running", _("Keeps the city running")
    DAILY_LIFE = "daily_life", _("Daily necessities")
    OTHER_LIVELIHOOD = "other_livelihood", _("Other livelihood")
    KEY_PROJECT = "key_project", _("Key project")
    EXPORT_ORDER = "export_order", _("Export orders")


class StandingState(TextChoices):
    """Whether work has resumed, by decision."""

    NOT_RESUMED = "not_resumed", _("Not resumed")
    RESUMED = "resumed", _("Resumed")
    SUSPENDED = "suspended", _("Suspended")


class Provenance(TextChoices):
    """Where a row comes from: a report, a reading of one, made up for a demonstration, or entered at work."""

    REPORT = "report", _p("provenance", "From the report")
    READING = "reading", _p("provenance", "A reading of the report")
    SYNTHETIC = "synthetic", _p("provenance", "Made up for the demonstration")
    ENTERED = "entered", _p("provenance", "Entered")


class RowOutcome(TextChoices):
    """What confirming an import would do with one row."""

    NEW = "new", _p("import row", "New")
    CHANGED = "changed", _p("import row", "Changed")
    UNCHANGED = "unchanged", _p("import row", "Unchanged")
    REFUSED = "refused", _p("import row", "With errors")
