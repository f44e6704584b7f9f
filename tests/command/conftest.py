"""The standing ground: the Datong case after its last act, acting for its authority."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from fugong.core.actor import Actor
from fugong.core.postgres import roles
from fugong.core.tenancy import acting_for
from tests import datong as files
from tests import server
from tests.command.case import NOW, Case, the_case
from tests.datong import Datong


@pytest.fixture
def case(in_datong: Datong) -> Iterator[Case]:
    found = the_case()
    with acting_for(found.authority_id):
        yield found


@pytest.fixture
def composer(case: Case) -> Actor:
    return case.actor("headquarters")


@pytest.fixture
def publisher(case: Case) -> Actor:
    return case.actor("commander")


@pytest.fixture
def tampered(
    datong: Datong, datong_copy: str, django_db_blocker: pytest.FixtureDef[object]
) -> Iterator[Case]:
    """The same case in the hands of the tables' owner, whom grants do not stop; nothing is kept."""
    with django_db_blocker.unblock(), files.inside(datong_copy, datong.home):  # type: ignore[attr-defined]
        connections["default"].settings_dict["USER"] = roles.OWNER
        with transaction.atomic():
            found = the_case()
            with acting_for(found.authority_id):
                yield found
            transaction.set_rollback(True)


@pytest.fixture
def alone(datong: Datong, django_db_blocker: pytest.FixtureDef[object]) -> Iterator[Case]:
    """The case in a database of this test's own, in which commits are real."""
    name = f"fugong_alone_{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server.copy_of(datong.template, name)
        with files.inside(name, datong.home):
            found = the_case()
            with acting_for(found.authority_id):
                yield found
        server.drop(name)


@pytest.fixture
def morning_after(settings: Any) -> None:
    """Pages are asked for on the morning after the story, in English."""
    settings.FUGONG_CLOCK, settings.FUGONG_CLOCK_ANCHOR = NOW, int(time.time())
    settings.LANGUAGE_CODE = "en"
    settings.FUGONG_ADMIN_MFA = False
