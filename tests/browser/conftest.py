"""Real Chromium before a real server, on a copy of the Datong case."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests import server
from tests.browser.inside import Inside
from tests.browser.people import People
from tests.browser.serving import Site
from tests.datong import Datong
from tools import system

FLAGS = (
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    # A page that wants anything from elsewhere does not get it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)

RESULTS = Path(__file__).parents[2] / "test-results"
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def chromium() -> str:
    program = system.find_chromium()
    if program is None or not system.has_chinese_font():
        pytest.fail(system.WHAT_TO_DO, pytrace=False)
    return program


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collected by the first server, then found as they are."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def site(
    chromium: str, datong: Datong, static_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """This test's own server and data."""
    with served(datong, static_files, tmp_path_factory.mktemp("site"), "own") as running:
        yield running


@pytest.fixture
def asked(site: Site, django_db_blocker: Any) -> Inside:
    return Inside(site, django_db_blocker)


@pytest.fixture(scope="session")
def library(
    chromium: str, datong: Datong, static_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One server for all tests that leave the case as it is."""
    with served(datong, static_files, tmp_path_factory.mktemp("library"), "library") as running:
        yield running


@contextmanager
def served(
    datong: Datong, static: Path, folder: Path, use: str, more: dict[str, str] | None = None
) -> Iterator[Site]:
    name = f"fugong_browser_{use}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    server.copy_of(datong.template, name)
    shutil.copytree(datong.home, folder / "home")
    running = Site(name, folder / "home", static, datong.password, folder / "server.log", more or {})
    running.start()
    try:
        yield running
    finally:
        running.stop()
        server.drop(name)


@pytest.fixture
def people(request: pytest.FixtureRequest, site: Site, chromium: str) -> Iterator[People]:
    """Who act: before a server of their own."""
    yield from _watched(request, site, chromium)


@pytest.fixture
def readers(request: pytest.FixtureRequest, library: Site, chromium: str) -> Iterator[People]:
    """Who look, try and are refused: before the server that all share."""
    yield from _watched(request, library, chromium)


def _watched(request: pytest.FixtureRequest, site: Site, chromium: str) -> Iterator[People]:
    """No page may have complained at the end. What a failed test saw is left in test-results.

    Only after `site` is up: while Playwright runs, Django lets nobody touch a database from this thread.
    """
    with sync_playwright() as playwright:
        people = People(playwright.chromium.launch(executable_path=chromium, args=list(FLAGS)), site)
        yield people
        if request.node.stash.get(FAILED, False):
            people.leave_pictures(RESULTS / request.node.name)
        people.browser.close()
    assert people.complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
