"""The pages of the end of data: who may open what, approve what, and what is printed."""

from __future__ import annotations

import io

import pytest
from docx import Document

from fugong.accounts.models import User
from fugong.core.ending.choices import Mode
from fugong.core.ending.models import DestructionApproval
from fugong.core.ending.planning import plan_destruction
from fugong.core.retention import terms
from fugong.core.retention.models import EmergencyEnd, RetentionTerm
from fugong.core.tenancy import acting_for
from tests.command.test_end_of_data import LATER, finished, over, peopled, system
from tests.core.web.people import signed_in, text

ENGLISH = {"Accept-Language": "en"}
SIDES = {"security_admin": "孙", "audit_admin": "艾"}


@pytest.fixture
def later(settings):
    settings.FUGONG_CLOCK, settings.FUGONG_ADMIN_MFA, settings.LANGUAGE_CODE = LATER, False, "en"


def client(case, role):
    with acting_for(None), acting_for(case.authority_id):
        user = User.objects.filter(memberships__role__code=role).first()
    return signed_in(user)


def test_everybody_may_read_what_is_kept_for_what_and_until_when(client_of_nobody):
    page = text(client_of_nobody.get("/what-is-kept/", headers=ENGLISH))
    assert "Files of people" in page
    assert "Ends 180 days after" in page


@pytest.fixture
def client_of_nobody(db):
    from django.test import Client

    return Client()


def test_the_officers_see_the_classes_and_one_of_them_changes_a_term(case, later):
    security = client(case, "security_admin")
    assert "Files of people" in text(security.get("/end-of-data/", headers=ENGLISH))
    assert security.post("/end-of-data/term/person/", {"days": "90", "reason": ""}).status_code == 422
    assert security.post("/end-of-data/term/person/", {"days": "90", "reason": "区里要求"}).status_code == 302
    with acting_for(case.authority_id):
        assert terms.terms(case.authority_id, on=LATER.date())["person"].days == 90
    assert "区里要求" in text(security.get("/end-of-data/", headers=ENGLISH))
    assert client(case, "audit_admin").post("/end-of-data/term/person/", {}).status_code == 403
    assert security.post("/end-of-data/term/record/", {"days": "1", "reason": "x"}).status_code == 422
    assert security.get("/end-of-data/term/nothing/").status_code == 404
    with acting_for(case.authority_id):
        assert RetentionTerm.objects.count() == 1


def test_the_commander_says_that_the_emergency_ended_and_no_officer_does(case, later):
    assert client(case, "security_admin").post("/end-of-data/emergency/", {}).status_code == 403
    given = {"ended_on": "2022-05-01", "reason": "解除应急响应"}
    assert client(case, "commander").post("/end-of-data/emergency/", given).status_code == 302
    with acting_for(case.authority_id):
        assert EmergencyEnd.objects.get().reason == "解除应急响应"
    given["ended_on"] = "2022-12-31"
    assert client(case, "commander").post("/end-of-data/emergency/", given).status_code == 422


@pytest.mark.committed
def test_two_officers_approve_and_the_certificate_is_printed(alone, later):
    peopled(alone)
    over(alone)
    plan = plan_destruction(Mode.EMERGENCY, actor=system(alone), now=LATER)
    address = f"/end-of-data/{plan.id}/"
    assert client(alone, "commander").post(f"{address}approve/", {"witnesses": "陈某"}).status_code == 403
    for role in SIDES:
        officer = client(alone, role)
        assert f"{address}approve/" in text(officer.get(address))
        assert officer.post(f"{address}approve/", {"witnesses": " "}).status_code == 422
        assert officer.post(f"{address}approve/", {"witnesses": "公证员 陈某"}).status_code == 302
        assert f"{address}approve/" not in text(officer.get(address))
    assert client(alone, "audit_admin").get(f"{address}certificate/").status_code == 404
    with acting_for(None), acting_for(alone.authority_id):
        assert DestructionApproval.objects.count() == 2
        certificate = finished(alone, plan)
    page = text(client(alone, "audit_admin").get(f"{address}certificate/?verify=1", headers=ENGLISH))
    assert certificate.digest in page
    assert "公证员 陈某" in page
    assert "Backups made before this destruction" in page
    assert "The keys are destroyed" in page
    word = client(alone, "audit_admin").get(f"{address}word/", headers=ENGLISH)
    said = "\n".join(each.text for each in Document(io.BytesIO(word.content)).paragraphs)
    assert certificate.digest in said
