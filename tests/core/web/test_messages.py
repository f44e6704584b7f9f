"""Translations are gathered, derived and checked: what is missing, stale or broken is named."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages

PAGE = """\
{% extends "base.html" %}
{% block content %}
      {% translate "Sent" as words %}
    {% blocktranslate count number=rows|length trimmed %}
      One row of {{ name }}.
    {% plural %}
      {{ number }} rows of {{ name }}.
    {% endblocktranslate %}
  <p title='it"s'>{# not (closed #} {{ "x"|default:_("Given") }}</p>
{% endblock %}
"""
CODE = """\
from django.utils.translation import gettext_lazy as _, pgettext, ngettext
A = _("Returned by %(name)s")
B = pgettext("of a gate", "Open")
C = ngettext("%(n)s firm", "%(n)s firms", 2)
"""
COMPLETE: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
    "Sent": "已发送",
    ("One row of %(name)s.", "%(number)s rows of %(name)s."): ("%(name)s 的 %(number)s 条",),
    "Given": "已给",
    "Returned by %(name)s": "由 %(name)s 退回",
    ("%(n)s firm", "%(n)s firms"): ("%(n)s 家",),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "fugong" / "templates").mkdir(parents=True)
    (tmp_path / "fugong" / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "fugong" / "code.py").write_text(CODE, encoding="utf-8")
    return tmp_path / "fugong"


def catalog() -> Catalog:
    filled = Catalog(locale="zh_Hans")
    for text, words in COMPLETE.items():
        filled.add(text, words)
    filled.add("Open", "开启", context="of a gate")
    return filled


def part(locale: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = locale / "parts" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [f'msgid "{text}"\nmsgstr "{words}"\n' for text, words in pairs]
    path.write_text("\n".join(entries), encoding="utf-8")


def test_texts_are_found_in_code_and_templates(package: Path) -> None:
    used = messages.used_in(package)
    plural = used[(None, "One row of %(name)s.")]
    assert plural.plural == "%(number)s rows of %(name)s."
    assert ("of a gate", "Open") in used
    assert {(None, "Sent"), (None, "Given"), (None, "Returned by %(name)s"), (None, "%(n)s firm")} <= set(
        used
    )
    assert len(used) == 6


def test_complete_catalog_has_no_fault(package: Path) -> None:
    assert messages.faults(messages.used_in(package), catalog()) == []


def test_missing_and_unused_translations_are_named(package: Path) -> None:
    kept = catalog()
    kept.delete("Sent")
    kept.add("Nobody says this", "无")
    found = messages.faults(messages.used_in(package), kept)
    assert len(found) == 2
    assert found[0].startswith("no translation: 'Sent' (fugong/templates/page.html:")
    assert found[1] == "nothing uses: 'Nobody says this'"


@pytest.mark.parametrize(
    ("text", "words", "fault"),
    [
        ("Returned by %(name)s", "由 %(nam)s 退回", "placeholders differ"),
        ("Returned by %(name)s", "已退回", "placeholders differ"),
        ("Sent", "", "empty translation"),
        ("%s rows", "%s 条", "placeholder without a name"),
    ],
)
def test_broken_translation_is_named(text: str, words: str, fault: str) -> None:
    kept = Catalog(locale="zh_Hans")
    assert list(messages.faults_of(kept.add(text, words))) == [fault]


def test_fuzzy_translation_is_named() -> None:
    kept = Catalog(locale="zh_Hans")
    assert list(messages.faults_of(kept.add("Sent", "已发送", flags=["fuzzy"]))) == ["fuzzy"]


def test_translation_for_a_library_is_kept_only_while_the_library_has_the_text() -> None:
    kept = Catalog(locale="zh_Hans")
    real = kept.add("Sign In", "登录", auto_comments=["library: allauth"])
    stale = kept.add("Not in any library", "无", auto_comments=["library: allauth"])
    assert messages.is_for_library(real)
    assert not messages.is_for_library(stale)


def test_parts_are_merged_and_the_newer_words_win(tmp_path: Path) -> None:
    part(tmp_path, "one", ("Sent", "已送"))
    messages.write(messages.merged(tmp_path)[0], messages.source_path(tmp_path))
    part(tmp_path, "one", ("Sent", "已发送"), ("Given", "已给"))
    merged, disagreements = messages.merged(tmp_path)
    assert disagreements == []
    assert merged["Sent"].string == "已发送"
    assert merged["Given"].string == "已给"


def test_parts_that_disagree_are_named(tmp_path: Path) -> None:
    part(tmp_path, "one", ("Sent", "已发送"))
    part(tmp_path, "two", ("Sent", "已报送"))
    merged, disagreements = messages.merged(tmp_path)
    assert disagreements == ["one.po and two.po disagree about: Sent"]
    assert merged["Sent"].string == "已发送"


def test_file_that_is_as_it_should_be_is_not_written_again(tmp_path: Path) -> None:
    part(tmp_path, "one", ("Sent", "已发送"))
    path = messages.source_path(tmp_path)
    messages.write(messages.merged(tmp_path)[0], path)
    before = path.stat().st_mtime_ns
    messages.write(messages.merged(tmp_path)[0], path)
    assert path.stat().st_mtime_ns == before


def test_traditional_chinese_is_derived_with_its_placeholders(tmp_path: Path) -> None:
    messages.write(catalog(), messages.source_path(tmp_path))
    messages.compile_all(tmp_path)
    with (tmp_path / "zh_Hant" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        derived = gettext.GNUTranslations(file)
    assert derived.gettext("Sent") == "已發送"
    assert derived.ngettext("%(n)s firm", "%(n)s firms", 5) == "%(n)s 家"
    assert derived.pgettext("of a gate", "Open") == "開啓"
    assert derived.gettext("Returned by %(name)s") == "由 %(name)s 退回"
