"""Files that are no TOML, no text or not there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fugong.playbooks.rules.errors import PlaybookError, PlaybookInvalid
from fugong.playbooks.rules.facts_schema import INT, STRING
from fugong.playbooks.rules.known_facts import FactsNotRegistered, register_facts, registered_facts
from fugong.playbooks.rules.loading import load_playbook, load_stored


def only_error(source, facts, name="") -> PlaybookError:
    with pytest.raises(PlaybookInvalid) as refused:
        load_playbook(source, name, facts=facts)
    assert len(refused.value.errors) == 1
    return refused.value.errors[0]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a = 1\nb = \n", 2, "Invalid value"),
        ("a = 1\n[b\n", 2, "Expected ']'"),
        ("a = 2022-02-30\n", 1, "Invalid date"),
        ('a = """\n\n', 3, "Unterminated string"),
        ("a = [" + "[" * 5000, 1, "nested too deeply"),
    ],
)
def test_load_when_not_toml_then_names_the_line(text, line, says, applicant_facts):
    error = only_error(text, applicant_facts, "broken.toml")
    assert (error.file, error.line, error.key) == ("broken.toml", line, "")
    assert says in error.message


@pytest.mark.parametrize(
    ("text", "line", "key", "first"),
    [
        ("[a]\nx = 1\n\ny = 2\nx = 3\n", 5, "a.x", 2),
        ("[a.b]\nx = 1\n[c]\n[a.b]\n", 4, "a.b", 1),
        ("[[a]]\nx = 1\n[[a]]\nx = 1\nx = 2\n", 5, "a[1].x", 4),
        ("a = { x = 1,  y = 2, x = 3 }\n", 1, "a.x", 1),
    ],
)
def test_load_when_a_key_is_written_twice_then_names_both_lines(text, line, key, first, applicant_facts):
    error = only_error(text, applicant_facts)
    assert (error.line, error.key) == (line, key)
    assert error.message == f"is written twice, first on line {first}"


def test_load_when_not_utf8_then_names_the_line(tmp_path, applicant_facts):
    file = tmp_path / "gbk.toml"
    file.write_bytes("[playbook]\nid = 'x' # 复工".encode("gbk"))
    error = only_error(file, applicant_facts)
    assert (error.file, error.line) == ("gbk.toml", 2)
    assert error.message == "is not UTF-8 text"


def test_load_when_file_is_missing_then_says_so(tmp_path, applicant_facts):
    assert "No such file" in only_error(tmp_path / "none.toml", applicant_facts).message


def test_load_when_file_is_huge_then_does_not_read_it(tmp_path, applicant_facts):
    file = tmp_path / "huge.toml"
    file.write_text("#" * 2_000_001)
    assert "larger than" in only_error(file, applicant_facts).message


def test_load_when_empty_then_asks_for_the_head(applicant_facts):
    error = only_error("", applicant_facts)
    assert (error.line, error.key, error.message) == (1, "playbook", "is missing")


def test_load_when_written_on_windows_then_reads_it(tmp_path, zone_text, applicant_facts):
    file = tmp_path / "zone.toml"
    file.write_bytes(b"\xef\xbb\xbf" + zone_text.replace("\n", "\r\n").encode())
    assert load_playbook(file, facts=applicant_facts).text == zone_text


def test_load_when_read_then_keeps_the_text_and_its_hash(zone, zone_text):
    assert zone.text == zone_text
    assert len(zone.sha256) == 64
    assert zone.id == "zone"
    assert zone.version == "1.2"


def test_load_stored_when_a_stricter_check_would_refuse_it_then_still_reads_it(zone_text, applicant_facts):
    text = zone_text.replace("rank = 2", "rank = 1").replace('refused = "not-before"', 'refused = "no-route"')
    with pytest.raises(PlaybookInvalid):
        load_playbook(text, facts=applicant_facts)
    stored = load_stored(text, "stored", facts=applicant_facts)
    assert stored.policy.priorities["export"].rank == 1
    assert stored.text == text


def test_load_stored_when_types_are_wrong_then_raises(zone_text, applicant_facts):
    with pytest.raises(PlaybookInvalid, match=r"priorities\.export\.rank"):
        load_stored(zone_text.replace("rank = 2", "rank = []"), "stored", facts=applicant_facts)


def test_registered_facts_when_nobody_registered_them_then_says_which():
    with pytest.raises(FactsNotRegistered, match=r"tests\.nobody"):
        registered_facts("tests.nobody")


def test_register_facts_when_the_same_twice_then_keeps_them_and_refuses_others():
    first = register_facts("tests.twice", {"count": INT})
    assert register_facts("tests.twice", {"count": INT}) == first == registered_facts("tests.twice")
    with pytest.raises(ValueError, match="registered twice"):
        register_facts("tests.twice", {"count": STRING})


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_load_when_lines_are_spoilt_by_chance_then_only_ever_says_what_is_wrong(
    data, zone_text, applicant_facts
):
    lines = zone_text.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.sampled_from(lines) | st.sampled_from(["", "x = 1", "= []", "[a]", "[[a]]"]))
        match data.draw(st.sampled_from(["drop", "repeat", "replace", "cut", "swap words"])):
            case "drop":
                del lines[at]
            case "repeat":
                lines.insert(at, lines[at])
            case "replace":
                lines[at] = other
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
            case _:
                lines[at] = lines[at].partition("=")[0] + "=" + other.partition("=")[2]
    text = "\n".join(lines)
    try:
        load_playbook(text, "spoilt.toml", facts=applicant_facts)
    except PlaybookInvalid as refused:
        errors = refused.errors
    else:
        return
    assert errors
    assert all(1 <= error.line <= len(lines) + 1 and error.message and error.remedy for error in errors)
