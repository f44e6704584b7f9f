"""A scenario is played through the public operations; what its files get wrong is told with file and line."""

import ast
from pathlib import Path

import pytest

from fugong import scenarios
from fugong.areas.queries import find_authority
from fugong.command.models import Bulletin
from fugong.core.audit.models import AuditEntry
from fugong.core.audit.verifying import verify
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Standing
from fugong.scenarios.loading import load
from fugong.scenarios.reading import ScenarioBroken, read_scenario
from tests.scenarios.small import change, line_of, small_scenario

PASSWORD = "spring-wheat-47"
CROSSING = {"operations", "queries", "choices", "rules", "facts"}
OWN = {"scenarios", "founding", "core"}


@pytest.fixture
def folder(tmp_path):
    return small_scenario(tmp_path)


def play(folder, told=None):
    load(
        read_scenario("small", among=folder),
        password=PASSWORD,
        progress=lambda done, total: told.append((done, total)) if told is not None else None,
    )


def sentence(folder):
    with pytest.raises(ScenarioBroken) as broken:
        play(folder)
    return str(broken.value)


@pytest.mark.django_db
def test_a_small_scenario_is_played_to_its_end_with_its_progress_told(folder):
    told: list[tuple[int, int]] = []
    play(folder, told)
    authority = find_authority("datong")
    assert authority is not None
    with acting_for(authority.id):
        assert Standing.objects.get().state == "resumed"
        assert Bulletin.objects.get().publication.published_by_name.startswith("大通区指挥部")
        verdict = verify(authority.id)
        assert (verdict.is_intact, verdict.waiting, verdict.checked) == (True, 0, AuditEntry.objects.count())
    assert [done for done, _total in told] == list(range(1, len(told) + 1))
    assert {total for _done, total in told} == {len(told)}


@pytest.mark.django_db
def test_loading_twice_says_so_and_changes_nothing(folder):
    play(folder)
    authority = find_authority("datong")
    assert authority is not None
    with acting_for(authority.id):
        before = AuditEntry.objects.count()
        assert sentence(folder) == "small: the authority datong is here already; start with an empty database"
        assert AuditEntry.objects.count() == before


READING = {
    "a column too many": ("story.csv", "2022-04-06T09:24,", "2022-04-06T09:24,,,,,", "too many or too few"),
    "a column too few": (
        "users.csv",
        ",enterprise_contact,,E004,",
        ",enterprise_contact",
        "too many or too few",
    ),
    "no time": ("story.csv", "2022-04-06T09:24", "noon", "'noon' is not a time"),
    "no time of a report": ("reports.csv", "2022-04-09T14:15", "yesterday", "'yesterday' is not a time"),
}


@pytest.mark.parametrize("case", READING)
def test_a_line_that_cannot_be_read_is_told_before_anything_is_played(folder, case):
    name, before, after, words = READING[case]
    number = line_of(folder, name, before)
    change(folder, name, before, after)
    with pytest.raises(ScenarioBroken) as broken:
        read_scenario("small", among=folder)
    assert str(broken.value).startswith(f"{name}:{number}: ")
    assert words in str(broken.value)


PLAYING = {
    "an unknown park": ("enterprises.csv", ",datong_new_zone,", ",nowhere,", "there is no 'nowhere'"),
    "an unknown size class": ("enterprises.csv", ",above,", ",huge,", "'huge' is not a valid SizeClass"),
    "a wrong credit code": ("enterprises.csv", ",9134", ",9143", "credit_code"),
    "no number of staff": ("enterprises.csv", ",C,", ",C,many,", "too many or too few"),
    "an unknown role": ("users.csv", ",reviewer_department,", ",poet,", ""),
    "an unknown enterprise": ("assignments.csv", ",E004,", ",E999,", "there is no 'E999'"),
    "an unknown kind": ("assignments.csv", "instructor,", "friend,", "there is no 'friend'"),
    "an unknown person": ("story.csv", ",guide02,", ",nobody,", "there is no 'nobody'"),
    "an unknown act": ("story.csv", ",verify,", ",applaud,", "nobody can 'applaud'"),
    "a missing detail": ("story.csv", "step=territory", "level=territory", "there is no 'step'"),
    "somebody who may not": ("story.csv", ",park1,agree,", ",commander,agree,", "commander agree E004"),
    "a step out of order": ("story.csv", ",headquarters,approve,", ",headquarters,verify,", "verify E004"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", PLAYING)
def test_a_line_that_cannot_be_played_is_told_with_its_number(folder, case):
    name, before, after, words = PLAYING[case]
    number = line_of(folder, name, before)
    change(folder, name, before, after)
    told = sentence(folder)
    assert told.startswith(f"{name}:{number}: ")
    assert words in told
    assert "Traceback" not in told


def _imported(tree: ast.AST) -> set[tuple[str, ...]]:
    found = {
        tuple(name.name.split("."))
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {(*node.module.split("."), name.name) for name in node.names}
    return found


@pytest.mark.parametrize(
    "path", sorted(Path(scenarios.__file__).parent.rglob("*.py")), ids=lambda path: path.name
)
def test_nobody_inserts_a_result(path):
    """Scenarios act through the public modules only; no model, no table, no statement."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for module in _imported(tree):
        if module[0] == "fugong" and module[1] not in OWN:
            assert module[2] in CROSSING, ".".join(module)
        assert module[:2] != ("django", "db"), ".".join(module)
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not attributes & {"objects", "_default_manager", "cursor", "bulk_create"}
