"""The Datong case as the tests of the commander's context use it: its people, its bulletin, late entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fugong.accounts import queries as accounts
from fugong.accounts.models import User
from fugong.areas import queries as areas
from fugong.command.models import Bulletin
from fugong.core.actor import Actor, system_actor
from fugong.core.clock import LOCAL
from fugong.core.figures import Figure
from fugong.core.figures import printed as worded
from fugong.core.ids import new_id
from fugong.core.operation import operation
from fugong.core.tenancy import TenantModel, acting_for
from fugong.enterprises import operations as enterprises
from fugong.enterprises.choices import StandingState
from fugong.enterprises.models import Enterprise

DAY = date(2022, 4, 27)
NOW = datetime(2022, 4, 28, 10, 0, tzinfo=LOCAL)
LATER = NOW + timedelta(hours=1)
BEFORE_MIDNIGHT = datetime(2022, 4, 27, 20, 0, tzinfo=LOCAL)


@dataclass(frozen=True, slots=True)
class Case:
    authority_id: UUID

    def user(self, username: str) -> User:
        with acting_for(self.authority_id):
            return User.objects.get(username=username)

    def count(self, model: type[TenantModel]) -> int:
        with acting_for(self.authority_id):
            return model._default_manager.count()

    def bulletin(self, number: str) -> Bulletin:
        with acting_for(self.authority_id):
            return Bulletin.objects.get(number=number)

    def actor(self, username: str) -> Actor:
        return accounts.actor_of(self.user(username), now=NOW)

    @property
    def published(self) -> Bulletin:
        """The bulletin of 27 April, as the story composed and published it."""
        with acting_for(self.authority_id):  # a request leaves no authority behind
            return Bulletin.objects.select_related("publication").get(number="2022-001")

    def enterprise(self, state: StandingState) -> Enterprise:
        """One of the two parks that stands so, whichever."""
        found = Enterprise.objects.filter(standing__state=state).order_by("credit_code").first()
        assert found is not None
        return found

    def enter(self, state: StandingState, *, at: datetime, now: datetime) -> Enterprise:
        """Somebody enters late that an enterprise stood so; what decides is another context's to test."""
        before = StandingState.RESUMED if state is StandingState.SUSPENDED else StandingState.NOT_RESUMED
        actor = system_actor(self.authority_id, "late entry")
        with operation("tests.decide", actor=actor, now=now) as op:
            enterprise = self.enterprise(before)
            enterprises.record_standing(enterprise.id, state=state, at=at, decision_id=new_id(), op=op)
        return enterprise


def the_case() -> Case:
    authority = areas.find_authority("datong")
    assert authority is not None
    return Case(authority.id)


def printed(bulletin: Bulletin, language: str = "zh-hans") -> dict[str, str]:
    """The figures by key, as a reader sees them."""

    return {row.key: worded(Figure.from_json(row.figure), language) for row in bulletin.figures.all()}
