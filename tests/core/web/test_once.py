"""A form that arrives twice is acted on once, and the second sender is answered like the first."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.core.web import once
from fugong.core.web.models import Receipt
from tests.accounts import making
from tests.core.web.people import count_written, inspector, signed_in, text
from tests.racing import at_once


@pytest.fixture(autouse=True)
def doors(settings):
    settings.LANGUAGE_CODE = "en"
    settings.ROOT_URLCONF = "tests.core.web.doors"
    settings.FUGONG_ADMIN_MFA = False


@pytest.fixture
def north(db):
    return making.authority()


@pytest.fixture
def ann(north):
    return signed_in(inspector(north))


@pytest.fixture
def key():
    return str(new_id())


def test_the_same_form_twice_acts_once_and_leads_to_the_same_place(north, ann, key):
    answers = [ann.post("/probe/acting/", {"_once": key, "note": note}) for note in ("first", "second")]
    assert [answer.headers["Location"] for answer in answers] == ["/probe/done/?first"] * 2
    assert count_written(north) == 1


def test_the_key_may_come_in_a_header(north, ann, key):
    for _ in range(2):
        assert ann.post("/probe/acting/", headers={"Idempotency-Key": key}).status_code == 302
    assert count_written(north) == 1


def test_without_a_key_each_one_is_acted_on(north, ann):
    for _ in range(2):
        ann.post("/probe/acting/")
    assert count_written(north) == 2


def test_a_form_that_was_wrong_can_be_sent_again_with_its_key(north, ann, key):
    assert ann.post("/probe/checking/", {"_once": key, "day": "no day"}).status_code == 422
    assert ann.post("/probe/checking/", {"_once": key, "day": "2022-04-27"}).status_code == 302
    assert count_written(north) == 1


@pytest.mark.parametrize("why", ["conflict", "bug"])
def test_a_form_that_was_refused_or_broke_can_be_sent_again(north, ann, key, why):
    ann.post(f"/probe/refusing/{why}/", {"_once": key})
    assert ann.post("/probe/acting/", {"_once": key}).status_code == 302


def test_the_key_of_somebody_else_opens_nothing(north, ann, key):
    ann.post("/probe/acting/", {"_once": key, "note": "secret"})
    response = signed_in(inspector(north)).post("/probe/acting/", {"_once": key})
    assert response.status_code == 409
    assert "secret" not in text(response)
    assert count_written(north) == 1


def test_the_same_key_in_another_authority_is_another_key(north, ann, key):
    ann.post("/probe/acting/", {"_once": key})
    south = making.authority("south")
    assert signed_in(inspector(south)).post("/probe/acting/", {"_once": key}).status_code == 302
    assert count_written(south) == 1


def test_the_key_of_another_form_is_refused(north, ann, key):
    ann.post("/probe/acting/", {"_once": key})
    response = ann.post("/probe/checking/", {"_once": key, "day": "2022-04-27"})
    assert response.status_code == 409
    assert "This form was sent before." in text(response)


def test_a_damaged_key_is_said_to_be_one(north, ann):
    response = ann.post("/probe/acting/", {"_once": "1; drop table"})
    assert response.status_code == 422
    assert "The form&#x27;s key is damaged." in text(response)
    assert count_written(north) == 0


def test_htmx_is_led_on_as_a_whole(north, ann, key):
    for _ in range(2):
        response = ann.post("/probe/acting/", {"_once": key}, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, "/probe/done/?")


def test_htmx_loads_the_page_again_where_the_first_answer_led_nowhere(north, ann, key):
    """The part that the first answer brought may be lost; to ask the address itself would be refused."""
    ahead = {"HX-Request": "true"}
    assert text(ann.post("/probe/in-place/", {"_once": key}, headers=ahead)) == "<p>done</p>"
    response = ann.post("/probe/in-place/", {"_once": key}, headers=ahead)
    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")
    assert count_written(north) == 1


def test_an_address_of_any_length_is_kept(north, ann, key):
    note = "x" * 3000
    for _ in range(2):
        response = ann.post("/probe/acting/", {"_once": key, "note": note})
    assert response.headers["Location"] == f"/probe/done/?{note}"


def test_receipts_are_forgotten_after_a_day(north, ann, key):
    for _ in range(2):
        ann.post("/probe/acting/", {"_once": str(new_id())})
    with acting_for(north.id):
        old = Receipt.objects.first()
        assert old
        Receipt.objects.filter(pk=old.pk).update(recorded_at=Now() - timedelta(hours=25))
        assert once.forget() == 1
        assert Receipt.objects.count() == 1


@pytest.mark.committed
def test_the_same_form_twice_at_the_same_time_acts_once(committed_db, key):
    """Two browsers' worth of connections, real commits: the second waits for the first and follows it."""
    north = making.authority()
    user = inspector(north)
    clients = [signed_in(user) for _ in range(4)]
    answers = at_once(*(lambda each=each: each.post("/probe/slow/", {"_once": key}) for each in clients))
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (302, "/probe/done/")
    ] * 4
    assert count_written(north) == 1


@pytest.mark.committed
def test_different_forms_at_the_same_time_do_not_wait_for_each_other(committed_db):
    north = making.authority()
    clients = [signed_in(inspector(north)) for _ in range(3)]
    posts = (lambda each=each: each.post("/probe/slow/", {"_once": str(new_id())}) for each in clients)
    assert {answer.status_code for answer in at_once(*posts)} == {302}
    assert count_written(north) == 3
