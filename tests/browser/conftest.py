"""Real Chromium before a real server. Each test has a server and a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import server
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
    chromium: str, datong: Datong, static_files: Path, tmp_path: Path
) -> Iterator[Site]:
    name = f"fugong_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    server.copy_of(datong.template, name)
    shutil.copytree(datong.home, tmp_path / "home")
    running = Site(
        database=name,
        home=tmp_path / "home",
        static=static_files,
        password=datong.password,
        log=tmp_path / "server.log",
    )
    running.start()
    try:
        yield running
    finally:
        running.stop()
        server.drop(name)


@pytest.fixture
def browser(chromium: str, site: Site) -> Iterator[Browser]:
    """After `site`: while Playwright runs, Django lets nobody touch a database from this thread."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=list(FLAGS), env={**os.environ, "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
        )
        yield opened
        opened.close()


@pytest.fixture
def people(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[People]:
    """Opens windows; at the end no page may have complained. What a failed test saw is left in test-results."""
    opened = People(browser, site)
    yield opened
    if request.node.stash.get(FAILED, False):
        opened.leave_pictures(RESULTS / request.node.name)
    assert opened.complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
