"""What types cannot say about a playbook: references, routes, periods, origins, figures, examples."""

from collections.abc import Iterator

from fugong.playbooks.rules.checks.cadences import check_cadences
from fugong.playbooks.rules.checks.clearance import check_clearance
from fugong.playbooks.rules.checks.examples import check_examples
from fugong.playbooks.rules.checks.figures import check_bulletins, check_figures
from fugong.playbooks.rules.checks.gates import check_gates, check_venues
from fugong.playbooks.rules.checks.health import check_health
from fugong.playbooks.rules.checks.origins import check_origins
from fugong.playbooks.rules.checks.periods import check_periods
from fugong.playbooks.rules.checks.presence import check_presence
from fugong.playbooks.rules.checks.references import check_references, check_trees
from fugong.playbooks.rules.checks.retention import check_retention
from fugong.playbooks.rules.checks.returning import check_returning
from fugong.playbooks.rules.checks.routes import check_clocks, check_routes
from fugong.playbooks.rules.checks.standards import check_standards, check_visits
from fugong.playbooks.rules.errors import KeyPath, Problem
from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.schema import Policy


def check_policy(
    policy: Policy, schema: FactSchema, unread: frozenset[KeyPath] = frozenset()
) -> Iterator[Problem]:
    """All problems at once. `unread` are entries the schema refused, which the policy therefore lacks."""
    yield from check_presence(policy, unread)
    yield from check_origins(policy)
    yield from check_references(policy, unread)
    yield from check_trees(policy)
    yield from check_routes(policy, unread)
    yield from check_clocks(policy)
    yield from check_periods(policy)
    yield from check_cadences(policy)
    yield from check_standards(policy)
    yield from check_visits(policy)
    yield from check_clearance(policy, unread)
    yield from check_figures(policy)
    yield from check_bulletins(policy, unread)
    yield from check_health(policy)
    yield from check_gates(policy, unread)
    yield from check_venues(policy, unread)
    yield from check_retention(policy)
    yield from check_returning(policy, unread)
    yield from check_examples(policy, schema)
