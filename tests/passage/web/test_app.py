"""The app of guards' phones: whole without a network, in every language, and knowing nothing by itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fugong.passage.choices import Answer, Reason
from fugong.passage.web import app_files
from fugong.passage.web.app_words import REASONS, words

STATIC = Path(app_files.__file__).parents[2] / "static" / "passage"
TEMPLATE = Path(app_files.__file__).parents[2] / "templates" / "passage" / "app.html"
SCRIPTS = [STATIC.parent / name for name in ("passage/app.js", *app_files.modules()) if "vendor" not in name]
# What the scripts and the page ask for by name.
ASKED = re.compile(r"""\bsay\(\s*"(\w+)"|data-(?:say|hint)="(\w+)"|\? "(\w+)" : "(\w+)"\)""")

pytestmark = pytest.mark.django_db


def test_page_when_nobody_is_signed_in_then_is_there_and_allows_the_reader_and_the_gate_process(
    client, settings
):
    settings.FUGONG_GATE_URL = "https://gates.example:8443"
    answer = client.get("/gate/app/")
    assert answer.status_code == 200
    policy = dict(each.split(" ", 1) for each in answer["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["connect-src"] == "'self' https://gates.example:8443"
    assert policy["default-src"] == "'self'"
    assert answer.cookies == {}


def test_other_pages_when_asked_then_allow_no_webassembly(client):
    assert "wasm" not in client.get("/sign-in/", follow=True)["Content-Security-Policy"]


@pytest.mark.parametrize("language", [code for code, _label in settings.LANGUAGES])
def test_words_when_in_any_language_then_every_answer_and_reason_has_its_sentences(language):
    said = words()[language]
    assert set(said["answers"]) == {str(int(answer)) for answer in Answer}
    assert all(said["answers"].values())
    assert set(said["reasons"]) == {str(int(reason)) for reason in Reason}
    for number, (what, todo) in said["reasons"].items():
        assert bool(what and todo) is (number != str(int(Reason.FREE))), number
    if language != "en":
        texts = [text for text in said.values() if isinstance(text, str)]
        assert [text for text in texts if text.isascii()] == []


def test_words_when_counted_then_all_reasons_are_told_apart():
    sentences = [str(what) for what, _todo in REASONS.values()]
    assert len(set(sentences)) == len(Reason)


def test_words_when_the_scripts_ask_for_one_then_it_is_there_and_none_is_spare():
    text = "".join(path.read_text(encoding="utf-8") for path in [*SCRIPTS, TEMPLATE])
    asked = {name for groups in ASKED.findall(text) for name in groups if name}
    asked |= set(re.findall(r"trouble\([^)]*\"(\w+)\"", text))
    known = {name for name, said in words()["en"].items() if isinstance(said, str)} - {"language"}
    assert known - asked - {"error", "pair_away"} == set()
    assert {"in", "out", "title", "begin"} <= asked
    for name in re.findall(r"""\bsay\(\s*"(\w+)"|data-say="(\w+)\"""", text):
        assert (name[0] or name[1]) in known


def test_service_worker_when_fetched_then_names_all_files_that_the_app_is_made_of(client):
    answer = client.get("/gate/app/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    (listed,) = re.findall(r"^const FILES = (.*);$", answer.content.decode(), re.MULTILINE)
    files = json.loads(listed)
    for path in SCRIPTS:
        assert f"/static/passage/{path.name}" in files
    assert not any("service_worker" in address for address in files)
    for name in (app_files.READER, *app_files.VENDOR):
        assert f"/static/{name}" in files
    for address in files:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_modules_when_they_import_another_then_it_is_kept_on_the_phone(script):
    files = app_files.addresses()
    for name in re.findall(r"""(?:from|import\()\s*"(\.[^"]+)\"""", script.read_text(encoding="utf-8")):
        target = (script.parent / name).resolve().relative_to(STATIC.parent)
        assert f"/static/{target}" in files


def test_version_when_a_file_or_the_page_changes_then_is_another(monkeypatch):
    before = app_files.version("page")
    assert app_files.version("page") == before
    assert app_files.version("another page") != before
    monkeypatch.setattr(app_files, "_content", lambda: b"another file")
    assert app_files.version("page") != before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_manifest_when_fetched_then_can_be_installed(client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get("/gate/app/manifest.webmanifest")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == ("/gate/app/", "/gate/app/", "standalone")
    assert told["name"] == words()[language]["title"] or told["name"]
    assert finders.find(told["icons"][0]["src"].removeprefix("/static/"))


@pytest.mark.parametrize("address", ["", "manifest.webmanifest", "sw.js", "why.svg"])
def test_addresses_when_posted_to_then_refused(client, address):
    assert client.post(f"/gate/app/{address}").status_code == 405


@pytest.mark.parametrize("address", ["", "manifest.webmanifest", "sw.js", "why.svg"])
def test_addresses_when_read_then_ask_the_database_for_nothing(client, address):
    """Only the tenant is forgotten, as around every request."""
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/gate/app/{address}")
    assert [each["sql"] for each in asked if "set_config" not in each["sql"]] == []
