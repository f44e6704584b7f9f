"""What the import contracts cannot see: keys of models, private modules, writes outside operations."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(contract for contract in CONTRACT if contract["id"] == "contexts")["layers"]
HEIGHT = {name.strip(): -level for level, layer in enumerate(LAYERS) for name in layer.split("|")}
CROSSING = {"queries", "operations", "facts", "choices"}
# Where contexts above hand their parts down at start-up; they hold no rows.
REGISTRIES = {
    "fugong.enterprises.web.sections",
    "fugong.duties.web.panels",
    "fugong.duties.web.people",
    # How a level is shown, at a gate and on the worker's phone as on the file.
    "fugong.clearance.web.shown",
    # The form by which a file is opened; a census opens files too.
    "fugong.people.web.forms",
    "fugong.people.web.own",
    "fugong.people.web.own_sections",
    "fugong.people.web.sections",
    "fugong.playbooks.web.rehearsals",
}
INSIDE = next(contract for contract in CONTRACT if contract["id"] == "inside")
CONTEXTS = [container.removeprefix("fugong.") for container in INSIDE["containers"]]


def test_foreign_keys_point_downwards_and_leave_no_way_back():
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("fugong."):
            continue
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete) or field.related_model is None:
                continue
            there = field.related_model._meta.app_label
            is_tenant_key = field.related_model._meta.label == "areas.Authority"
            if there == here or there not in HEIGHT or is_tenant_key:
                continue
            if HEIGHT[there] >= HEIGHT[here] or not field.remote_field.hidden:
                wrong.append(f"{model.__name__}.{field.name} -> {there}")
    assert wrong == []


def test_another_context_is_used_through_its_public_modules_only():
    graph = grimp.build_graph("fugong", include_external_packages=False, cache_dir=None)
    wrong = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer) - REGISTRIES:
            mine, theirs = importer.split(".")[1:2], imported.split(".")[1:3]
            if not mine or not theirs or theirs[0] not in CONTEXTS or mine[0] == theirs[0]:
                continue
            if len(theirs) > 1 and theirs[1] not in CROSSING and mine[0] in CONTEXTS:
                wrong.append(f"{importer} -> {imported}")
    assert sorted(wrong) == []


WRITES = {"create", "save", "delete", "update", "bulk_create", "bulk_update", "get_or_create"}
FILES = {"paper", "made", "workbook"}  # documents that are saved, not rows
MAY_WRITE = ("operations", "migrations", "core", "scenarios")


def _writes(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, name = ast.unparse(node.func.value), node.func.attr
        if name in WRITES and owner not in FILES and (".objects" in owner or name in {"bulk_create", "save"}):
            yield node.lineno, f"{owner}.{name}"


@pytest.mark.parametrize("context", CONTEXTS)
def test_rows_are_written_in_operations_only(context):
    wrong = []
    for path in (ROOT / "fugong" / context).rglob("*.py"):
        if any(part in MAY_WRITE or part.removesuffix(".py") in MAY_WRITE for part in path.parts[-4:]):
            continue
        wrong += [f"{path.relative_to(ROOT)}:{line} {what}" for line, what in _writes(path)]
    assert wrong == []


def _tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).exists()]


def test_chinese_is_kept_in_messages_playbooks_and_data():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for pattern in ("fugong/*.py", "fugong/*.html")
        for path in _tracked(pattern)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if chinese.search(line)
    ]
    assert wrong == []


def test_nothing_in_the_repository_names_this_machine_or_a_registry():
    strange = re.compile(r"/work/(main|shared|\.library)|pypi\.org|npmjs\.org|registry\.npm|/root/")
    wrong = [
        str(path.relative_to(ROOT))
        for path in _tracked("*")
        if path.suffix in {".py", ".md", ".toml", ".txt", ".json", ".html", ".js", ".yaml", ".in", ".cfg", ""}
        and path.name != "test_layers.py"
        and strange.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert wrong == []
