"""Paper: the sheet to print, and typing it in, row by row."""

from __future__ import annotations

import html
from datetime import date

import pytest

from fugong.core.refusals import Conflict, Invalid, NotFound
from fugong.core.tenancy import acting_for
from fugong.people import operations, queries
from fugong.people.choices import Way
from fugong.people.models import Employment, PaperRow, PaperSheet, Person
from fugong.people.rules.paper import TypedRow
from tests.core.web.people import text
from tests.people import making
from tests.people.making import NOW, registered, resident_id

pytestmark = pytest.mark.django_db
WRONG = "340402199001010000"


@pytest.fixture
def sheet(at) -> PaperSheet:
    return operations.begin_sheet(
        at.firm.id, number="A-01", starts_on=date(2022, 4, 20), actor=at.bo, now=NOW
    )


def typed(**changes: str) -> TypedRow:
    plain = {"name": "王芳", "document": resident_id(), "phone": "13855400001", "crew": "甲班"}
    return TypedRow.of(plain | changes)


def keep(sheet, place, row, at):
    return operations.keep_row(sheet.id, place, row, actor=at.bo, now=NOW)


class TestTyping:
    def test_a_row_that_can_be_right_becomes_a_file(self, at, sheet):
        kept = keep(sheet, 1, typed(), at)
        assert kept.person is not None
        assert Person.objects.get().way == Way.PAPER
        assert Employment.objects.get().starts_on == date(2022, 4, 20)
        row = PaperRow.objects.get()
        assert (row.person_id, row.typed) == (kept.person.id, "")

    def test_a_row_that_cannot_waits_as_it_was_typed_and_says_why(self, at, sheet):
        kept = keep(sheet, 3, typed(document=WRONG, home_region="无此地"), at)
        assert kept.person is None
        assert set(kept.problems) == {"document", "home_region"}
        assert not Person.objects.exists()
        rows = queries.rows_of(sheet)
        assert rows.waiting[3].document == WRONG
        assert rows.waiting[3].home_region == "无此地"
        assert 3 not in rows.free

    def test_what_waits_is_sealed(self, at, sheet):
        keep(sheet, 1, typed(document=WRONG), at)
        assert WRONG not in str(bytes(PaperRow.objects.values_list("typed", flat=True).get().raw))

    def test_a_row_that_was_corrected_leaves(self, at, sheet):
        keep(sheet, 1, typed(document=WRONG), at)
        keep(sheet, 1, typed(), at)
        rows = queries.rows_of(sheet)
        assert (rows.waiting, rows.kept) == ({}, 1)
        assert 1 not in rows.free

    def test_a_row_sent_twice_is_one_file(self, at, sheet):
        row = typed()
        first, second = keep(sheet, 1, row, at), keep(sheet, 1, row, at)
        assert first.person == second.person
        assert Person.objects.count() == 1

    def test_somebody_whom_another_enterprise_employs_stays_in_the_table(self, at, sheet):
        there = registered(at.neighbour)
        kept = keep(sheet, 1, typed(document=str(there.document)), at)
        assert "Ask the park" in str(kept.problems[""])

    def test_an_emptied_row_is_free_again(self, at, sheet):
        keep(sheet, 1, typed(document=WRONG), at)
        keep(sheet, 1, TypedRow(), at)
        assert 1 in queries.rows_of(sheet).free

    @pytest.mark.parametrize("place", [0, 201])
    def test_a_place_that_no_sheet_has_is_not_found(self, at, sheet, place):
        with pytest.raises(NotFound):
            keep(sheet, place, typed(), at)

    def test_a_number_is_typed_once(self, at, sheet):
        with pytest.raises(Conflict):
            operations.begin_sheet(at.firm.id, number=" A-01 ", starts_on=NOW.date(), actor=at.bo, now=NOW)
        with pytest.raises(Invalid):
            operations.begin_sheet(at.firm.id, number=" ", starts_on=NOW.date(), actor=at.bo, now=NOW)

    def test_a_neighbour_types_nothing_here(self, at, sheet):
        other = making.contact(at.neighbour)
        with pytest.raises(NotFound):
            operations.keep_row(sheet.id, 1, typed(), actor=other, now=NOW)
        with pytest.raises(NotFound):
            operations.begin_sheet(at.firm.id, number="B", starts_on=NOW.date(), actor=other, now=NOW)

    def test_the_sheet_keeps_who_typed_it_and_when(self, at, sheet):
        assert (sheet.typed_by, sheet.typed_by_name, sheet.typed_at) == (at.bo.user_id, at.bo.name, NOW)


class TestPages:
    def test_the_sheet_prints_with_twenty_rows_and_the_notice(self, at, contact):
        page = text(contact.get(f"/people/paper/{at.firm.id}/blank/"))
        assert page.count('<th scope="row">') == 20
        assert "For how long" in page

    def test_a_sheet_is_begun_and_its_rows_are_sent_one_by_one(self, at, contact):
        begun = contact.post(f"/people/paper/{at.firm.id}/", {"number": "7", "starts_on": "2022-04-20"})
        address = begun["Location"]
        wrong = contact.post(f"{address}row/", {"place": "2", "2-name": "王芳", "2-document": WRONG}).json()
        assert wrong["kept"] is False
        assert "last character" in wrong["problems"]["document"]
        assert WRONG in text(contact.get(address))
        for place in ("²", "9" * 5000, "", "-1"):
            assert contact.post(f"{address}row/", {"place": place}).status_code == 404
        right = contact.post(
            f"{address}row/", {"place": "2", "2-name": "王芳", "2-document": resident_id()}
        ).json()
        assert right == {"kept": True, "problems": {}}
        page = text(contact.get(address))
        assert WRONG not in page
        assert 'data-place="2"' not in page
        assert "1 row of this sheet is kept." in page

    def test_without_scripts_all_rows_are_sent_and_the_bad_ones_stay(self, at, contact):
        begun = contact.post(f"/people/paper/{at.firm.id}/", {"number": "7", "starts_on": "2022-04-20"})
        rows = {
            "1-name": "王芳",
            "1-document": resident_id(),
            "2-name": "李强",
            "2-document": WRONG,
            "3-name": "",
        }
        page = html.unescape(text(contact.post(begun["Location"], rows)))
        assert "1 row is kept." in page
        assert "The last character does not fit the others" in page
        assert "李强" in page
        with acting_for(at.authority.id):
            assert Person.objects.get().name == "王芳"

    def test_a_row_that_waits_says_why_when_the_page_is_loaded_again(self, at, contact, sheet):
        with acting_for(at.authority.id):
            keep(sheet, 2, typed(document=WRONG), at)
        page = html.unescape(text(contact.get(f"/people/sheets/{sheet.id}/")))
        assert "The last character does not fit the others" in page.split("<table")[1]

    def test_two_people_with_one_number_the_second_waits(self, at, contact, sheet):
        number = resident_id()
        with acting_for(at.authority.id):
            keep(sheet, 1, typed(name="𠮷野·家", document=number), at)
            second = keep(sheet, 2, typed(name="朱明", document=number), at)
        assert set(second.problems) == {"document"}
        with acting_for(at.authority.id):
            assert Person.objects.get().name == "𠮷野·家"
        page = html.unescape(text(contact.get(f"/people/sheets/{sheet.id}/")))
        assert "Keep the row again to see what is wrong with it." in page

    def test_what_is_kept_is_listed_and_leads_to_the_file(self, at, contact, sheet):
        with acting_for(at.authority.id):
            person = keep(sheet, 1, typed(), at).person
        assert f'href="/people/{person.id}/"' in text(contact.get(f"/people/sheets/{sheet.id}/"))

    def test_a_contact_sees_no_sheet_of_a_neighbour(self, at, contact):
        with acting_for(at.authority.id):
            theirs = operations.begin_sheet(
                at.neighbour.id, number="N", starts_on=NOW.date(), actor=at.ann, now=NOW
            )
        for path in (f"/people/sheets/{theirs.id}/", f"/people/paper/{at.neighbour.id}/blank/"):
            assert contact.get(path).status_code == 404
        assert (
            contact.post(f"/people/sheets/{theirs.id}/row/", {"place": "1", "1-name": "王芳"}).status_code
            == 404
        )
