"""Pages: who gets them, what they cost, and that a form which is wrong keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fugong.accounts.models import User
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.resumption.models import Application
from tests.resumption import making
from tests.resumption.making import NOW, TODAY, Ground

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings: Any) -> None:
    settings.FUGONG_CLOCK = NOW
    settings.LANGUAGE_CODE = "en"


def signed_in(actor: Actor) -> Client:
    client = Client()
    with acting_for(actor.authority_id):
        client.force_login(User.objects.get(id=str(actor.user_id)))
    return client


def stored(at: Ground) -> Application:
    """Each request leaves the connection without a tenant, as in the product."""
    with acting_for(at.authority.id):
        return Application.objects.get()


def address(name: str, *parts: object) -> str:
    return reverse(f"resumption:{name}", args=parts)


def once(**fields: object) -> dict[str, object]:
    return {"_once": str(new_id()), **fields}


def test_contact_when_drafting_then_fills_in_and_submits_by_the_pages(at: Ground) -> None:
    client = signed_in(at.contact)
    answer = client.post(
        address("open_draft", at.enterprise.id),
        once(purpose="resume", planned_on="2022-04-09", planned_staff="100"),
    )
    application = stored(at)
    assert answer.headers["Location"] == address("application", application.id)
    for standard in ("two_letters_one_plan", "ten_in_place"):
        said = {"standard": standard, "item": "", "value": "met", "note": ""}
        assert client.post(address("answer", application.id), said).status_code == 302
    paper = once(kind="paper", key="control_plan", file=making.pdf())
    assert client.post(address("attach", application.id), paper).status_code == 302
    letter = once(key="resumption", signature="", signature_typed="Li Yong")
    assert client.post(address("sign", application.id), letter).status_code == 302
    summary = client.get(address("submit", application.id))
    assert "Still missing" not in summary.content.decode()
    done = client.post(address("submit", application.id), once(version=stored(at).version))
    assert done.status_code == 302
    assert stored(at).state == "submitted"
    assert client.get(address("application", application.id)).status_code == 200


def test_the_rest_of_the_way_by_the_pages(at: Ground) -> None:
    application = making.submitted(at)
    instructor = signed_in(at.instructor)
    assert instructor.get(address("visit", application.id)).status_code == 200
    checks = once(signature="", signature_typed="Cadre Wang", note="")
    for key in ("two_letters_one_plan", "ten_in_place", "masks", "disinfectant", "vehicle_loop"):
        checks[f"{key}-result"] = "pass"
        checks[f"{key}-photo"] = making.photo()
    checks["people_on_post-count"] = "12"
    answer = instructor.post(address("visit", application.id), checks)
    assert answer.status_code == 302, answer.content.decode()
    for role, step in (("park", "territory"), ("department", "department"), ("headquarters", "headquarters")):
        client = signed_in(at.people[role])
        page = client.get(address("opinion", application.id, step))
        assert page.status_code == 200
        version = stored(at).version
        said = once(kind="agree", note="", version=version)
        answer = client.post(address("opinion", application.id, step), said)
        assert answer.status_code == 302, answer.content.decode()
    assert stored(at).state == "approved"
    with acting_for(at.authority.id):
        certificate = making.certificate_of(application)
    owner = signed_in(at.contact)
    assert owner.get(address("certificate", certificate.id)).status_code == 200
    assert owner.get(address("certificate_code", certificate.id)).headers["Content-Type"] == "image/svg+xml"
    assert owner.get(address("application", application.id)).status_code == 200
    report = once(day=TODAY.isoformat(), on_post="90", capacity_percent="60", needs="")
    assert owner.post(address("report", at.enterprise.id), report).status_code == 302
    assert signed_in(at.department).get(address("reports") + f"?day={TODAY}").status_code == 200
