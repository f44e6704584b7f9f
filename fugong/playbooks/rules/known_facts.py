"""The register of fact schemas. A context above registers its own when its `facts` module is imported;
playbooks hold only the names and types and import nothing from above."""

from collections.abc import Mapping

from fugong.playbooks.rules.facts_schema import Fact, FactSchema

APPLICATION = "resumption.application"
"""The facts that every `when` of a playbook is about: the applicant and what it applies for."""
PERSON = "people.person"
"""The facts that conditions about people of the ledger may speak of."""

_registered: dict[str, FactSchema] = {}


class FactsNotRegistered(LookupError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"no context has registered the facts “{name}”; import the module that publishes them first"
        )


def register_facts(name: str, facts: Mapping[str, Fact]) -> FactSchema:
    """Registering the same facts again changes nothing; other facts under the same name are a mistake."""
    schema = FactSchema(name, dict(facts))
    if _registered.setdefault(name, schema) != schema:
        raise ValueError(f"the facts “{name}” are registered twice with different content")
    return schema


def registered_facts(name: str = APPLICATION) -> FactSchema:
    try:
        return _registered[name]
    except KeyError:
        raise FactsNotRegistered(name) from None
