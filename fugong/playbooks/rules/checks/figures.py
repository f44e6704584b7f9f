"""Bulletins print figures that are defined; a stated figure is never passed off as a computed one."""

from collections.abc import Iterator

from fugong.core.figures import Exactness
from fugong.core.figures.wording import has_words
from fugong.playbooks.choices import FigureBasis
from fugong.playbooks.rules.errors import KeyPath, Problem, written_path
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.reporting import BUILT_IN, PLACEHOLDER, FigureRule, Section


def check_figures(policy: Policy) -> Iterator[Problem]:
    for id_, figure in policy.figures.items():
        path: KeyPath = ("figures", id_)
        if figure.basis is FigureBasis.COMPUTED:
            yield from _is_computed(path, figure, policy)
        else:
            yield from _is_stated(path, figure)
        yield from _printing_fits(path, figure)
        if id_ in BUILT_IN:
            yield Problem(path, f"“{id_}” is a placeholder every bulletin has", "choose another id")


def _is_computed(path: KeyPath, figure: FigureRule, policy: Policy) -> Iterator[Problem]:
    halves = (figure.numerator, figure.denominator)
    if (figure.measure is None) is (None in halves) or any(halves) is not all(halves):
        yield Problem(
            (*path, "basis"),
            "a computed figure needs either a measure or a numerator and a denominator",
            "write one of them",
        )
    for key in ("numerator", "denominator"):
        part = policy.figures.get(getattr(figure, key) or "")
        is_exact = part is None or (part.measure and part.printing.exactness is Exactness.EXACT)
        if not is_exact:
            yield Problem(
                (*path, key), "is not counted exactly", "name a figure with a measure and no wording"
            )
    if figure.unit is not None:
        yield Problem((*path, "unit"), "a computed figure has the unit of its measure", "remove unit")


def _is_stated(path: KeyPath, figure: FigureRule) -> Iterator[Problem]:
    computes = figure.measure or figure.numerator or figure.denominator or figure.scope or figure.areas
    if figure.stated is None or computes:
        yield Problem(
            (*path, "basis"),
            "a stated figure holds what a source says and computes nothing",
            f"write {written_path(path)}.stated, and no measure, scope, numerator or denominator",
        )
    if figure.unit is None or not has_words(figure.unit):
        yield Problem(
            (*path, "unit"),
            "a stated figure needs a unit that has words",
            'write unit = "one", "enterprise", "person" or another unit of the catalogue',
        )


def _printing_fits(path: KeyPath, figure: FigureRule) -> Iterator[Problem]:
    printing, where = figure.printing, (*path, "printing")
    if figure.basis is FigureBasis.STATED and "printing" in figure.model_fields_set:
        yield Problem(where, "a stated figure is printed as stated", "remove printing")
    elif printing.exactness is Exactness.EXACT and printing.step != 1:
        yield Problem(
            where,
            "cuts the value down without saying so",
            'write exactness = "more", "odd" or another word beside the step',
        )
    elif figure.is_rate and printing.exactness is not Exactness.EXACT:
        yield Problem(where, "words a rate, which is printed to its digits", "write digits only")
    elif printing.exactness is not Exactness.EXACT and printing.digits:
        yield Problem(where, "digits are kept of exact figures only", "write step instead of digits")


def check_bulletins(policy: Policy, unread: frozenset[KeyPath]) -> Iterator[Problem]:
    known = BUILT_IN | set(policy.figures) | {str(path[-1]) for path in unread if path[:-1] == ("figures",)}
    for id_, bulletin in policy.bulletins.items():
        for key, section in bulletin.sections.items():
            yield from _placeholders(("bulletins", id_, "sections", key, "text"), section, known)


def _placeholders(path: KeyPath, section: Section, known: frozenset[str]) -> Iterator[Problem]:
    used = {language: set(section.placeholders(language)) for language in ("zh", "en")}
    for language, names in used.items():
        for name in sorted(names - known):
            yield Problem(
                (*path, language),
                f"the placeholder {{{name}}} has no figure",
                f"add [figures.{name}], or correct the placeholder",
            )
        if "{" in (rest := PLACEHOLDER.sub("", section.text.in_language(language))) or "}" in rest:
            yield Problem((*path, language), "has a brace without its partner", "write {figure}")
    for name in sorted(used["zh"] ^ used["en"]):
        lacking = "en" if name in used["zh"] else "zh"
        yield Problem((*path, lacking), f"lacks {{{name}}}", "print the same figures in both languages")
