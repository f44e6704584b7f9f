"""From the record to the bulletin: what is counted, what is said, and in which words."""

from datetime import date, datetime, timedelta

import pytest

from fugong.command import operations, queries
from fugong.command.choices import FigureOrigin
from fugong.command.models import Bulletin
from fugong.core.audit.models import AuditEntry
from fugong.core.clock import LOCAL, end_of
from fugong.core.refusals import Conflict, Invalid, NotFound, NotPermitted
from fugong.enterprises.choices import StandingState
from fugong.playbooks.facts import Playbook
from fugong.playbooks.queries import get_in_force
from fugong.playbooks.rules.loading import load_playbook
from tests.command.case import BEFORE_MIDNIGHT, DAY, LATER, NOW, printed


def composed(case, as_of, known_at=NOW):
    playbook = get_in_force(DAY).playbook
    return queries.compose(playbook, authority_id=case.authority_id, as_of=as_of, known_at=known_at)


def text(found, language):
    return "\n".join(paragraph.body[language] for paragraph in found.paragraphs)


def test_the_bulletin_says_in_chinese_what_the_report_says(case):
    said = text(composed(case, end_of(DAY)), "zh")
    assert "截至4月27日，大通区两个工业园区" in said
    assert "入驻的106家企业，已复工91家，复工率85.8%" in said
    assert "规上工业企业39家，已复工36家，复工率92.3%" in said
    assert "选派科级干部47人驻点企业" in said
    assert "突出问题39个" in said
    assert "协调办理运输通行证" in said
    assert "{" not in said


def test_the_bulletin_says_the_same_in_english(case):
    said = text(composed(case, end_of(DAY)), "en")
    assert "By April 27, of the 106 enterprises" in said
    assert "91 enterprises had resumed work, a resumption rate of 85.8%" in said
    assert "36 enterprises had resumed, a rate of 92.3%" in said
    assert "{" not in said


def test_a_day_that_still_runs_is_told_with_its_hour(case):
    said = text(composed(case, datetime(2022, 4, 27, 18, 30, tzinfo=LOCAL)), "zh")
    assert said.startswith("截至4月27日 18:30")


def test_each_figure_is_computed_or_says_who_stated_it(case):
    figures = {each.key: each for each in composed(case, end_of(DAY)).figures}
    assert figures["resumed"].origin is FigureOrigin.COMPUTED
    assert len(figures["resumed"].rows) == 91
    stated = [each for each in figures.values() if each.origin is FigureOrigin.STATED]
    assert stated
    assert all(each.source and not each.rows and each.manifest is None for each in stated)


def test_what_the_source_says_of_a_later_day_is_left_out(case):
    """The report is of 27 April: on the 18th nobody could know how many passes would be arranged."""
    early = composed(case, end_of(date(2022, 4, 18)))
    assert len(early.paragraphs) == 2
    assert len(composed(case, end_of(DAY)).paragraphs) == 4
    assert not [each for each in early.figures if each.origin is FigureOrigin.STATED]


def test_what_was_stored_later_is_not_seen(case):
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW)
    value = {known: composed(case, end_of(DAY), known).figures[1].figure.value for known in (NOW, LATER)}
    before = composed(case, end_of(DAY), NOW - timedelta(seconds=1)).figures[1].figure.value
    assert (before, value[NOW], value[LATER]) == (91, 92, 92)


def test_composing_keeps_a_draft_with_its_audit_row(case, composer):
    bulletin = operations.compose_bulletin(DAY, actor=composer, now=NOW)
    assert bulletin.number == "2022-002"
    assert (bulletin.as_of, bulletin.known_at) == (end_of(DAY), NOW)
    assert not queries.is_published(bulletin)
    assert printed(bulletin)["resumption_rate"] == "85.8%"
    entry = AuditEntry.objects.get(subject_id=str(bulletin.pk))
    assert (entry.action, entry.changes["digest"]) == ("bulletins.compose", bulletin.digest)


def test_a_day_to_come_has_no_bulletin(case, composer):
    with pytest.raises(Invalid) as refused:
        operations.compose_bulletin(date(2022, 4, 29), actor=composer, now=NOW)
    assert (refused.value.code, list(refused.value.fields)) == ("day_to_come", ["day"])


def test_a_day_without_a_playbook_has_no_bulletin(case, composer):
    with pytest.raises(NotFound) as refused:
        operations.compose_bulletin(date(2022, 3, 31), actor=composer, now=NOW)
    assert refused.value.code == "no_playbook"


def test_the_first_day_counts_nobody_as_resumed_and_gives_no_false_rate(case, composer):
    bulletin = operations.compose_bulletin(date(2022, 4, 1), actor=composer, now=NOW)
    assert printed(bulletin)["resumed"] == "0家"
    assert printed(bulletin)["resumption_rate"] == "0.0%"


def test_only_who_may_compose_composes(case, publisher):
    with pytest.raises(NotPermitted):
        operations.compose_bulletin(DAY, actor=publisher, now=NOW)
    assert Bulletin.objects.count() == 1


def test_numbers_of_drafts_run_on(case, composer):
    numbers = [
        operations.compose_bulletin(DAY, actor=composer, now=NOW + timedelta(minutes=minute)).number
        for minute in range(3)
    ]
    assert numbers == ["2022-002", "2022-003", "2022-004"]


def test_a_second_bulletin_of_the_same_moment_is_told_to_come_again(case, composer):
    operations.compose_bulletin(DAY, actor=composer, now=NOW)
    with pytest.raises(Conflict):
        operations.compose_bulletin(DAY, actor=composer, now=NOW)


FORM = "\n[bulletins.resumption]\n"


def changed(*changes: tuple[str, str]) -> Playbook:
    text = get_in_force(DAY).playbook.text
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load_playbook(text, name="changed datong")


def test_compose_when_the_first_form_is_no_longer_in_force_then_the_next_one_is_taken(case):
    older = FORM.replace("resumption", "older") + (
        'name = { zh = "旧简报", en = "Old bulletin" }\nin_force_to = 2022-04-20\n'
        'origin = "local-choice"\nwhy = { zh = "测试", en = "for the test" }\n'
        '[bulletins.older.sections.one]\nname = { zh = "一", en = "One" }\n'
        'text = { zh = "截至{as_of}", en = "By {as_of}" }\n'
    )
    playbook = changed((FORM, older + FORM))
    titles = [
        queries.compose(playbook, authority_id=case.authority_id, as_of=end_of(day), known_at=NOW).title["en"]
        for day in (date(2022, 4, 20), DAY)
    ]
    assert titles == ["Old bulletin", "Bulletin on the resumption of enterprises in Datong district"]


def test_compose_when_no_form_is_in_force_then_not_found(case):
    playbook = changed((FORM, f"{FORM}in_force_to = 2022-04-20\n"))
    with pytest.raises(NotFound) as refusal:
        queries.compose(playbook, authority_id=case.authority_id, as_of=end_of(DAY), known_at=NOW)
    assert refusal.value.code == "no_bulletin"
