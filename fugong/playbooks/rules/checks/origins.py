"""Every value says where it comes from, and its references lead to a document of the right standing."""

from collections.abc import Iterator

from fugong.playbooks.choices import Origin, Standing
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.provenance import Origins, known_references
from fugong.playbooks.rules.schema import Policy, Sourced, parts_of
from fugong.playbooks.rules.schema.parts import KeyOrigin
from fugong.playbooks.rules.schema.sources import Source

_ADMITTED = {
    Origin.SOURCE: frozenset({Standing.LOCAL}),
    Origin.NATIONAL_DEFAULT: frozenset({Standing.NATIONAL, Standing.ELSEWHERE}),
    Origin.LOCAL_CHOICE: frozenset(Standing),
}


def check_origins(policy: Policy) -> Iterator[Problem]:
    known = known_references(policy)
    origins = Origins(policy)
    yield from _duplicate_clauses(policy)
    for path, part in parts_of(policy):
        if isinstance(part, KeyOrigin):
            yield from _check_stated(path, part, known)
        elif isinstance(part, Sourced) and not isinstance(part, Source):
            yield from _check_part(path, part, origins, known)


def _check_part(
    path: KeyPath, part: Sourced, origins: Origins, known: dict[str, Standing]
) -> Iterator[Problem]:
    if part.model_fields_set and origins.of(path) is None:
        yield Problem(
            path,
            "does not say where its values come from",
            'write origin = "source", "national-default" or "local-choice", and ref = [clause ids]',
        )
    if part.origin is None and (part.ref or part.why):
        yield Problem(
            (*path, "ref" if part.ref else "why"),
            "stands without an origin, which it would explain",
            "write origin beside it, or remove it to inherit that of the table around",
        )
    yield from _check_stated(path, part, known)
    for key in part.origin_of:
        if key not in type(part).model_fields:
            yield Problem(
                (*path, "origin_of", key),
                f"gives the origin of “{key}”, which is no key of this table",
                "name a key of the table",
            )


def _check_stated(path: KeyPath, part: Sourced | KeyOrigin, known: dict[str, Standing]) -> Iterator[Problem]:
    for index, reference in enumerate(part.ref):
        if reference not in known:
            yield Problem(
                (*path, "ref", index),
                f"refers to “{reference}”, which is neither a source nor a clause",
                "add the clause under [sources.….clauses], or correct the reference",
            )
    if part.origin is None:
        return
    standings = {known[reference] for reference in part.ref if reference in known}
    if part.origin is Origin.LOCAL_CHOICE:
        if part.why is None:
            yield Problem((*path, "origin"), "is a local choice without a reason", "write why = { zh, en }")
    elif not standings & _ADMITTED[part.origin] and all(reference in known for reference in part.ref):
        yield Problem(
            (*path, "origin"),
            f"says “{part.origin}” but refers to no document of standing "
            + " or ".join(sorted(_ADMITTED[part.origin])),
            "write ref = [ids of clauses or sources that say so]",
        )


def _duplicate_clauses(policy: Policy) -> Iterator[Problem]:
    seen = dict.fromkeys(policy.sources, "a source")
    for id_, source in policy.sources.items():
        for clause in source.clauses:
            if clause in seen:
                yield Problem(
                    ("sources", id_, "clauses", clause),
                    f"“{clause}” is already {seen[clause]}",
                    "give each clause an id of its own in the playbook",
                )
            seen[clause] = f"a clause of “{id_}”"
