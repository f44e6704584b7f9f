"""The Suzhou story once more, each scan by the phone's own pages and each confirmation by the guard's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from fugong.accounts.models import User
from fugong.areas.queries import find_authority
from fugong.core.tenancy import acting_for
from fugong.passage.choices import Answer, Flag, Reason, Way
from fugong.passage.models import Scan
from fugong.people.queries import Token, Worker
from fugong.scenarios.loading import load
from fugong.scenarios.opening import open_scenario
from fugong.scenarios.places import Places
from fugong.scenarios.reading import Act
from tests.people.own.making import holding

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
STORY = open_scenario("suzhou")
DAYS = [act for act in STORY.acts if act.what == "place_day"]
HIDDEN = re.compile(r'name="(opening|_as|_once|at|nonce)" value="([^"]+)"')


class ByPages:
    """In the place of the story's own steps: what a phone and a guard's browser do."""

    def __init__(self) -> None:
        self.guard, self.duty = Client(), STORY.acts[0]
        self.phones: dict[UUID, Token] = {}
        self.acting = ExitStack()

    def scan(self, places: Places, enterprise: str, worker: Worker, *, at: datetime) -> None:
        client, path = holding(self.phones[worker.device_id]), f"/v/{places.posters[enterprise]}/"
        with override_settings(FUGONG_CLOCK=at):
            form = hidden(client.get(path))
            assert "opening" in form
            assert client.post(f"{path}pass/", form | {"direction": 1}).status_code == 200
        self.act_again(places)

    def confirm(self, places: Places, act: Act, *, at: datetime) -> None:
        path = f"/venues/{places.gates[act.enterprise]}/"
        with override_settings(FUGONG_CLOCK=at):
            if self.duty is not act:
                self.guard, self.duty = Client(), act
                self.guard.force_login(guard_of(places, act))
            came = self.guard.get(path).content.decode().split("came-heading")[-1].split("</form>")[0]
            form = dict(HIDDEN.findall(came))
            assert self.guard.post(f"{path}confirm/", form).headers["Location"] == path
        self.act_again(places)

    def act_again(self, places: Places) -> None:
        """A request ends with no authority in force, and the story goes on in its own."""
        self.acting.enter_context(acting_for(places.stage.founder.authority_id))


def guard_of(places: Places, act: Act) -> User:
    id_ = places.stage.actor(act.who).user_id
    assert id_ is not None
    return User.objects.get(id=id_)


def hidden(page: HttpResponse) -> dict[str, str]:
    return dict(HIDDEN.findall(page.content.decode()))


@pytest.fixture
def by_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[ByPages]:
    pages = ByPages()
    own: Callable[..., Worker] = Places._worker

    def known(places: Places, phone: Token) -> Worker:
        worker = own(places, phone)
        pages.phones[worker.device_id] = phone
        return worker

    monkeypatch.setattr(Places, "_worker", known)

    def scan(places: Places, enterprise: str, worker: Worker, *, at: datetime) -> None:
        pages.scan(places, enterprise, worker, at=at)

    def confirm(places: Places, act: Act, *, at: datetime) -> None:
        pages.confirm(places, act, at=at)

    monkeypatch.setattr(Places, "_scan", scan)
    monkeypatch.setattr(Places, "_confirm", confirm)
    with pages.acting:
        yield pages


def told(word: str) -> int:
    return sum(int(act.detail[word]) for act in DAYS)


def test_two_weeks_of_venue_codes_come_in_by_the_public_pages(by_pages: ByPages) -> None:
    load(STORY, password="not asked for here", progress=lambda _done, _whole: None)
    authority = find_authority("suzhou")
    assert authority is not None
    with acting_for(authority.id):
        confirmed, tapped = Scan.objects.filter(way=Way.BY_HAND), Scan.objects.filter(way=Way.VENUE)
        assert (confirmed.count(), tapped.count()) == (told("here"), told("here") + told("forwarded"))
        assert set(confirmed.values_list("answer", "flags")) == {(Answer.ALLOW, 0)}
        assert set(tapped.values_list("answer", "reason", "flags")) == {
            (Answer.ASK, Reason.NOT_ON_THE_SPOT, Flag.NOT_SHOWN_TO_BE_THERE)
        }
        first, last = tapped.earliest("at").at, tapped.latest("at").at
    assert last - first > timedelta(days=12)
