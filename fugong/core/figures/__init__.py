"""Figures are values: a number with its unit, its time, how exact it is and where it comes from.

Owns the value, its wording in each language, its rounding, and the catalogue that contexts fill at
start-up. Does not own any figure: which ones exist is for the contexts, what is printed for `command`.
"""

from fugong.core.figures.arithmetic import FiguresDoNotAdd, add, rate
from fugong.core.figures.choices import Absence, Exactness, Grade, Kind
from fugong.core.figures.definitions import (
    Computed,
    DuplicateFigure,
    FigureCatalogue,
    FigureDefinition,
    FigureQuery,
    UnknownFigure,
    catalogue,
    register_figures,
)
from fugong.core.figures.proof import Manifest, RowRef, manifest_of
from fugong.core.figures.rounding import EXACT, FalseWording, RoundingRule
from fugong.core.figures.values import Figure, InvalidFigure
from fugong.core.figures.wording import UnknownUnit, printed, register_units, why_absent

__all__ = [
    "EXACT",
    "Absence",
    "Computed",
    "DuplicateFigure",
    "Exactness",
    "FalseWording",
    "Figure",
    "FigureCatalogue",
    "FigureDefinition",
    "FigureQuery",
    "FiguresDoNotAdd",
    "Grade",
    "InvalidFigure",
    "Kind",
    "Manifest",
    "RoundingRule",
    "RowRef",
    "UnknownFigure",
    "UnknownUnit",
    "add",
    "catalogue",
    "manifest_of",
    "printed",
    "rate",
    "register_figures",
    "register_units",
    "why_absent",
]
