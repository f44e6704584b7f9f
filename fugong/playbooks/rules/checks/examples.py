"""Examples speak of facts that exist, and say themselves whether they are good or bad."""

from collections.abc import Iterator

from fugong.playbooks.choices import ExampleKind
from fugong.playbooks.rules.errors import Problem
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.schema import Policy


def check_examples(policy: Policy, schema: FactSchema) -> Iterator[Problem]:
    for index, example in enumerate(policy.examples):
        for name, complaint in schema.complaints(example.facts).items():
            yield Problem(
                ("examples", index, "facts", name),
                f"the fact “{name}” {complaint}",
                f"the facts are: {', '.join(sorted(schema.facts))}",
            )
        if not example.expect.route and not example.expect.refused:
            yield Problem(
                ("examples", index, "expect"),
                "expects nothing",
                "write the route, or the refusal, that must come out",
            )
            continue
        is_bad = example.kind is ExampleKind.BAD
        if is_bad is (example.expect.refused is None):
            yield Problem(
                ("examples", index, "kind"),
                f"is “{example.kind}” but expects {'no refusal' if is_bad else 'a refusal'}",
                "a bad example expects a refusal, a good one a route",
            )
