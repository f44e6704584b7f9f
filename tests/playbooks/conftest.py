import pytest

from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.resumption.facts import APPLICANT


@pytest.fixture(scope="session")
def applicant_facts() -> FactSchema:
    return APPLICANT
