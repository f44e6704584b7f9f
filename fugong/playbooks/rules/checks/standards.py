"""Standards hold what their source lists, no more; visit checks ask what they can ask."""

from collections.abc import Iterator
from itertools import combinations

from fugong.playbooks.choices import Answer, Listing
from fugong.playbooks.rules.checks.periods import overlap
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.schema import Policy
from fugong.playbooks.rules.schema.standards import Standard


def check_standards(policy: Policy) -> Iterator[Problem]:
    for id_, standard in policy.standards.items():
        path: KeyPath = ("standards", id_)
        yield from _items_as_listed(path, standard)
        yield from _number_fits(path, standard)
        total = sum(item.weight for item in standard.items.values())
        if standard.pass_weight is not None and standard.pass_weight > total:
            yield Problem(
                (*path, "pass_weight"),
                f"asks for {standard.pass_weight} of {total}: nobody can pass",
                "write a weight the items can reach",
            )
    yield from _same_name_apart(policy)


def _items_as_listed(path: KeyPath, standard: Standard) -> Iterator[Problem]:
    if standard.listing is Listing.NOT_LISTED and standard.items:
        yield Problem(
            (*path, "items"),
            "has items although its source lists none",
            'remove them, or write listing = "complete" and the source that lists them',
        )
    if standard.listing is not Listing.NOT_LISTED and not standard.items:
        yield Problem(
            (*path, "listing"),
            f"says “{standard.listing}” but has no items",
            'add the items the source lists, or write listing = "not-listed"; never invent them',
        )

    if standard.listing is not Listing.NOT_LISTED and (standard.issuer is None or standard.edition is None):
        yield Problem(
            path,
            "lists items but not whose they are, in which edition",
            "write issuer and edition: the same name means other items elsewhere",
        )


def _number_fits(path: KeyPath, standard: Standard) -> Iterator[Problem]:
    """A name may promise another number than its source lists; the playbook then says so, for its readers."""
    if standard.number_in_name is None or standard.listing is not Listing.COMPLETE:
        return
    if standard.number_in_name != len(standard.items) and standard.number_note is None:
        yield Problem(
            (*path, "number_in_name"),
            f"the name promises {standard.number_in_name}, the list has {len(standard.items)}",
            "write number_note = { zh, en } to say what the source says about it",
        )


def _same_name_apart(policy: Policy) -> Iterator[Problem]:
    for first, second in combinations(policy.standards.values(), 2):
        same = (first.name.zh, first.issuer) == (second.name.zh, second.issuer)
        days = (first.in_force_from, first.in_force_to), (second.in_force_from, second.in_force_to)
        if same and overlap(*days):
            yield Problem(
                ("standards", second.id),
                f"has the name and issuer of “{first.id}” and is in force on the same days",
                "let one end before the other begins, or name the other issuer",
            )


def check_visits(policy: Policy) -> Iterator[Problem]:
    for id_, check in policy.visit_checks.items():
        if (check.answer is Answer.STANDARD) is (check.standard is None):
            yield Problem(
                ("visit_checks", id_, "answer"),
                f"“{check.answer}” and the key standard do not fit together",
                'write answer = "standard" with standard, or another answer without',
            )
        if check.minimum is not None and check.answer is not Answer.COUNT:
            yield Problem(("visit_checks", id_, "minimum"), "only a count has a minimum", "remove minimum")
