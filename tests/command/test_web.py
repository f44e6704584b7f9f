"""The pages of bulletins: composing, publishing, correcting and verifying by hand."""

import pytest

from fugong.command import operations
from fugong.command.models import Bulletin, Publication
from fugong.core.ids import new_id
from fugong.enterprises.choices import StandingState
from tests.command.case import BEFORE_MIDNIGHT, DAY, NOW
from tests.core.web.people import signed_in, text

pytestmark = pytest.mark.usefixtures("morning_after")


@pytest.fixture
def composes(case):
    return signed_in(case.user("headquarters"))


@pytest.fixture
def publishes(case):
    return signed_in(case.user("commander"))


def test_a_day_is_composed_and_another_person_publishes_it(case, composes, publishes):
    response = composes.post("/bulletins/new/", {"day": "2022-04-28", "_once": new_id()})
    page = response.headers["Location"]
    draft = case.bulletin("2022-002")
    assert page == f"/bulletins/{draft.pk}/"
    assert "Draft" in text(composes.get(page))
    assert "/publish/" not in text(composes.get(page))
    assert f"{page}publish/" in text(publishes.get(page))
    assert publishes.post(f"{page}publish/").status_code == 302
    shown = text(publishes.get(page))
    assert "From now on it stands." in shown
    assert "/publish/" not in shown


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2022-04-29", "That day is yet to come."),
        ("2022-03-31", "No playbook was in force on that day."),
        ("no day", "Enter a valid date."),
        ("", "This field is required."),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_field_and_kept(case, composes, day, sentence):
    response = composes.post("/bulletins/new/", {"day": day})
    assert response.status_code == 422
    assert sentence in text(response)
    assert f'value="{day}"' in text(response) or not day
    assert case.count(Bulletin) == 1


def test_the_form_sent_twice_makes_one_bulletin(case, composes):
    form = {"day": "2022-04-27", "_once": str(new_id())}
    addresses = {composes.post("/bulletins/new/", form).headers["Location"] for _ in range(2)}
    assert len(addresses) == 1
    assert case.count(Bulletin) == 2


def test_publishing_twice_says_so(case, composer, publishes):
    draft = operations.compose_bulletin(DAY, actor=composer, now=NOW)
    for sentence in ("From now on it stands.", "This bulletin is published already."):
        publishes.post(f"/bulletins/{draft.pk}/publish/")
        assert sentence in text(publishes.get(f"/bulletins/{draft.pk}/"))
    assert case.count(Publication) == 2


def test_a_correction_is_composed_from_the_bulletin_and_shows_the_difference(case, composes, publishes):
    wrong = f"/bulletins/{case.published.pk}/"
    case.enter(StandingState.RESUMED, at=BEFORE_MIDNIGHT, now=NOW)
    assert f"{wrong}correct/" in text(composes.get(wrong))
    assert f"{wrong}correct/" not in text(publishes.get(wrong))
    right = composes.post(f"{wrong}correct/").headers["Location"]
    shown = text(composes.get(right))
    assert "What is corrected in bulletin 2022-001" in shown
    assert "91 enterprises" in shown
    assert "92 enterprises" in shown
    publishes.post(f"{right}publish/")
    told = text(composes.get(wrong))
    assert "It was corrected by bulletin 2022-002." in told
    assert f"{wrong}correct/" not in told


def test_a_correction_of_nothing_says_so(case, composes):
    page = f"/bulletins/{case.published.pk}/"
    assert composes.post(f"{page}correct/").headers["Location"] == page
    assert "Nothing is different from what was published." in text(composes.get(page))


def test_drafts_are_not_there_for_other_readers(case, composer):
    draft = operations.compose_bulletin(DAY, actor=composer, now=NOW)
    reader = signed_in(case.user("park1"))
    assert draft.number not in text(reader.get("/bulletins/"))
    for part in ("", "verify/", "word/", "resumed/"):
        assert reader.get(f"/bulletins/{draft.pk}/{part}").status_code == 404


def test_every_figure_of_the_page_leads_to_its_proof(case, publishes):
    page = f"/bulletins/{case.published.pk}/"
    keys = list(case.published.figures.values_list("key", flat=True))
    shown = text(publishes.get(page))
    assert len(keys) == 16
    for key in keys:
        assert f'href="{page}{key}/"' in shown
        assert publishes.get(f"{page}{key}/").status_code == 200


def test_the_verification_page_tells_each_figure_the_wording_and_the_seal(case, publishes):
    figures = case.published.figures.count()
    shown = text(publishes.get(f"/bulletins/{case.published.pk}/verify/"))
    assert "The bulletin recomputes to the digit" in shown
    assert shown.count("the same to the digit") == figures + 2
    assert "85.8%" in shown


def test_a_tampered_bulletin_shows_on_the_verification_page(tampered):
    Bulletin.objects.update(title={"zh": "改过", "en": "changed"})
    shown = text(signed_in(tampered.user("commander")).get(f"/bulletins/{tampered.published.pk}/verify/"))
    assert "does not recompute to what was published" in shown
    assert "the frozen text is not what was published" in shown


def test_the_pages_speak_chinese_in_both_characters(case, publishes):
    page = f"/bulletins/{case.published.pk}/"
    for language, words in (
        ("zh-hans", "已复工91家"),
        ("zh-hant", "已復工91家"),
        ("en", "91 enterprises had"),
    ):
        publishes.cookies["fugong_language"] = language
        assert words in text(publishes.get(page)), language
