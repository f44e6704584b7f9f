"""A made-up zone that holds one of everything, and its text to be spoilt line by line."""

from datetime import timedelta
from pathlib import Path

import pytest

from fugong.playbooks.rules.facts_schema import FactSchema
from fugong.playbooks.rules.library import LIBRARY
from fugong.playbooks.rules.loading import load_playbook
from fugong.playbooks.rules.playbook import Playbook
from fugong.resumption.facts import APPLICANT
from tests.accounts import making as accounts
from tests.clocks import stand_still
from tests.playbooks.making import NOW, commander, in_force

ZONE = Path(__file__).with_name("zone.toml")


@pytest.fixture(scope="session")
def applicant_facts() -> FactSchema:
    return APPLICANT


@pytest.fixture(scope="session")
def zone_text() -> str:
    return ZONE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def zone(applicant_facts: FactSchema) -> Playbook:
    return load_playbook(ZONE, facts=applicant_facts)


@pytest.fixture(scope="session")
def datong(applicant_facts: FactSchema) -> Playbook:
    return load_playbook(LIBRARY / "datong.toml", facts=applicant_facts)


@pytest.fixture(scope="session")
def heyuan(applicant_facts: FactSchema) -> Playbook:
    return load_playbook(LIBRARY / "heyuan.toml", facts=applicant_facts)


@pytest.fixture(scope="session")
def suzhou(applicant_facts: FactSchema) -> Playbook:
    return load_playbook(LIBRARY / "suzhou.toml", facts=applicant_facts)


@pytest.fixture
def north(db, settings, monkeypatch, datong):
    """An authority that has the Datong playbook in force, ten days later."""
    stand_still(NOW + timedelta(days=10), settings=settings, monkeypatch=monkeypatch)
    settings.FUGONG_ADMIN_MFA = False
    settings.LANGUAGE_CODE = "en"
    made = accounts.authority()
    in_force(datong, commander(made))
    return made
