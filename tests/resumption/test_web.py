"""Pages: who gets them, what they cost, and that a form which is wrong keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fugong.accounts.models import User
from fugong.core.actor import Actor
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.core.web.parts import Step
from fugong.resumption import operations as ops
from fugong.resumption.choices import SuspensionReason
from fugong.resumption.models import Application, ApplicationEvent, Evidence, Suspension, Verification
from fugong.resumption.queries.certificates import code_url
from fugong.resumption.web import sections
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


SECOND_LETTER = """[letters.second]
name = { zh = "疫情防控承诺书", en = "Second letter" }
paper = "commitment"
promises = [{ zh = "守信。", en = "The word is kept." }]
origin = "local-choice"
ref = ["yinzhou_2020"]
why = { zh = "测试。", en = "Made up." }

[clocks.answer]"""


def test_draft_when_two_letters_are_asked_then_each_field_has_its_own_id(at: Ground) -> None:
    changes = [
        ('version = "1"', 'version = "2"'),
        ("[clocks.answer]", SECOND_LETTER),
        ('letters = ["resumption"]', 'letters = ["resumption", "second"]'),
    ]
    with acting_for(at.authority.id):
        making.in_force(at, making.datong_with(*changes))
    application = making.drafted(at)
    body = signed_in(at.contact).get(address("application", application.id)).content.decode()
    ids = re.findall(r' id="([^"]+)"', body)
    assert sum(each.startswith("letter-signature") for each in ids) == 2
    assert len(ids) == len(set(ids))


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


def test_draft_when_saved_by_htmx_then_only_the_progress_comes_back(at: Ground) -> None:
    application = making.drafted(at)
    said = {"standard": "ten_in_place", "item": "", "value": "met", "note": ""}
    client = signed_in(at.contact)
    answer = client.post(address("answer", application.id), said, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert 'id="progress-of-draft"' in body
    assert 'hx-swap-oob="true"' in body
    assert "3 of 6 done" in body
    assert "<html" not in body
    assert "3 of 6 done" in client.get(address("application", application.id)).content.decode()


def test_attach_when_the_file_is_refused_then_the_page_says_why_and_keeps_the_rest(at: Ground) -> None:
    application = making.filled(at, making.drafted(at))
    program = SimpleUploadedFile("photo.jpg", b"MZ" + bytes(300), content_type="image/jpeg")
    paper = once(kind="item", key="ten_in_place", file=program)
    answer = signed_in(at.contact).post(address("attach", application.id), paper)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in body
    assert "5 of 6" not in body
    assert "6 of 6 done" in body


@pytest.mark.parametrize("kind", ["", "letter", "nonsense"])
def test_attach_when_the_form_is_damaged_then_one_sentence(at: Ground, kind: str) -> None:
    application = making.drafted(at)
    paper = once(kind=kind, key="control_plan", file=making.pdf())
    assert signed_in(at.contact).post(address("attach", application.id), paper).status_code == 422


def test_submit_when_incomplete_then_the_page_lists_what_is_missing(at: Ground) -> None:
    application = making.drafted(at)
    answer = signed_in(at.contact).post(address("submit", application.id), once(version=application.version))
    assert answer.status_code == 422
    assert "4 things are missing" in answer.content.decode()
    assert stored(at).state == "draft"


def test_submit_when_sent_twice_then_acted_on_once_and_answered_alike(at: Ground) -> None:
    application = making.filled(at, making.drafted(at))
    client = signed_in(at.contact)
    form = once(version=application.version)
    first = client.post(address("submit", application.id), form)
    again = client.post(address("submit", application.id), form)
    assert first.headers["Location"] == again.headers["Location"]
    with acting_for(at.authority.id):
        assert ApplicationEvent.objects.filter(kind="submitted").count() == 1


def test_opinion_when_sent_twice_then_acted_on_once(at: Ground) -> None:
    application = making.submitted(at)
    client = signed_in(at.department)
    form = once(kind="agree", note="", version=application.version)
    there = address("opinion", application.id, "department")
    assert client.post(there, form).headers["Location"] == client.post(there, form).headers["Location"]
    with acting_for(at.authority.id):
        assert ApplicationEvent.objects.filter(kind="agreed").count() == 1


def test_opinion_when_the_page_is_old_then_told_so_and_what_was_typed_stays(at: Ground) -> None:
    application = making.submitted(at)
    form = once(kind="refuse", note="A long reason", version=application.version - 1)
    answer = signed_in(at.department).post(address("opinion", application.id, "department"), form)
    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert "A long reason" in answer.content.decode()


def test_opinion_when_returned_by_the_page_then_the_enterprise_sees_what_to_correct(at: Ground) -> None:
    application = making.submitted(at)
    form = once(kind="return", note="See below", version=application.version, point_4="Chapter 3 is missing")
    there = address("opinion", application.id, "department")
    assert signed_in(at.department).post(there, form).status_code == 302
    making.visited(at, application)
    making.agreed(at, application, "territory")
    body = signed_in(at.contact).get(address("application", application.id)).content.decode()
    assert "Returned for correction" in body
    assert "Chapter 3 is missing" in body


def test_opinion_when_conditions_are_set_then_they_stand_on_the_certificate(at: Ground) -> None:
    application = making.before_decision(at)
    form = once(kind="agree", note="", set_small_unit="on", own="Report at noon", until="")
    form["version"] = stored(at).version
    there = address("opinion", application.id, "headquarters")
    answer = signed_in(at.headquarters).post(there, form)
    assert answer.status_code == 302, answer.content.decode()
    with acting_for(at.authority.id):
        certificate = making.certificate_of(application)
    body = signed_in(at.contact).get(address("certificate", certificate.id)).content.decode()
    assert "Report at noon" in body
    assert "Crews work, eat and lodge apart" in body


def test_visit_when_not_finished_then_each_check_is_named_and_what_was_typed_stays(at: Ground) -> None:
    application = making.submitted(at)
    form = once(
        signature="",
        signature_typed="Cadre Wang",
        note="second gate",
        **{"masks-result": "fail", "masks-note": ""},
    )
    answer = signed_in(at.instructor).post(address("visit", application.id), form)
    body = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Say what is wrong.",
        "Say passed or failed.",
        "Give the number.",
        "second gate",
        "Cadre Wang",
    ):
        assert words in body
    with acting_for(at.authority.id):
        assert not Verification.objects.exists()


def test_visit_when_sent_by_htmx_and_refused_then_only_the_problems_come_back(at: Ground) -> None:
    application = making.submitted(at)
    there = address("visit", application.id)
    client = signed_in(at.instructor)
    answer = client.post(there, once(signature="", signature_typed=""), headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.strip().startswith('<div id="problems"')
    assert "Sign, or type the full name." in body


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_visit_when_the_note_is_too_long_then_it_is_said_beside_it_and_stays(
    at: Ground, headers: dict[str, str]
) -> None:
    """A browser counts a line's end as one character and sends two."""
    application = making.submitted(at)
    note = "Gate 2\r\n" + "x" * 993
    form = once(signature="", signature_typed="Wang", note=note, **visit_fields())
    answer = signed_in(at.instructor).post(address("visit", application.id), form, headers=headers)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 1000 characters" in body
    assert 'href="#id_note"' in body
    assert headers or "x" * 993 in body
    with acting_for(at.authority.id):
        assert not Verification.objects.exists()


def test_visit_when_the_typed_name_is_too_long_then_refused(at: Ground) -> None:
    application = making.submitted(at)
    form = once(signature="", signature_typed="W" * 81, note="", **visit_fields())
    answer = signed_in(at.instructor).post(address("visit", application.id), form)
    assert answer.status_code == 422
    assert "Type the name alone." in answer.content.decode()


def test_visit_when_sent_by_htmx_and_taken_then_the_browser_goes_on(at: Ground) -> None:
    application = making.submitted(at)
    form = once(signature="", signature_typed="Wang", note="", **visit_fields())
    client = signed_in(at.instructor)
    answer = client.post(address("visit", application.id), form, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == address("application", application.id)


def visit_fields() -> dict[str, object]:
    checks: dict[str, object] = {"people_on_post-count": "12", "vehicle_loop-result": "pass"}
    for key in ("two_letters_one_plan", "ten_in_place", "masks", "disinfectant"):
        checks[f"{key}-result"] = "pass"
        checks[f"{key}-photo"] = making.photo()
    return checks


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_check_when_anybody_scans_then_valid_in_their_language_and_nothing_else_told(
    at: Ground, settings: Any, language: str
) -> None:
    certificate = making.certificate_of(making.approved(at))
    path = code_url(certificate).removeprefix(settings.FUGONG_PUBLIC_URL)
    answer = Client().get(path, headers={"Accept-Language": language})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert certificate.number in body
    assert 'data-answer="valid"' in body
    assert at.enterprise.credit_code not in body
    assert at.contact.name not in body
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("seal", ["", "?s=", "?s=nonsense", "?s=" + "A" * 107])
def test_check_when_the_code_is_forged_then_clearly_not_genuine(at: Ground, seal: str) -> None:
    certificate = making.certificate_of(making.approved(at))
    answer = Client().get(address("check_certificate", certificate.number) + seal)
    assert answer.status_code == 404
    assert 'data-answer="not_genuine"' in answer.content.decode()
    assert at.enterprise.name not in answer.content.decode()


def test_suspension_when_proposed_and_confirmed_by_the_pages_then_in_force(at: Ground) -> None:
    making.approved(at)
    form = once(reason="infection", evidence="Two positive tests", ends_on="2022-04-20")
    answer = signed_in(at.department).post(address("propose_suspension", at.enterprise.id), form)
    there = answer.headers["Location"]
    page = signed_in(at.department).get(there).content.decode()
    assert "a second person has to confirm" in page
    with acting_for(at.authority.id):
        suspension = Suspension.objects.get()
    own = signed_in(at.department).post(
        address("confirm_suspension", suspension.id), once(note="", version=1)
    )
    assert own.status_code == 403
    other = signed_in(at.headquarters)
    assert (
        other.post(address("confirm_suspension", suspension.id), once(note="", version=1)).status_code == 302
    )
    assert "Infection among people on site" in other.get(there).content.decode()
    again = other.post(address("confirm_suspension", suspension.id), once(note="", version=1))
    assert again.status_code == 409
    assert (
        other.post(address("lift_suspension", suspension.id), once(note="clear", version=2)).status_code
        == 302
    )


def test_suspension_when_its_last_day_is_over_then_only_to_be_declined(at: Ground, settings: Any) -> None:
    making.approved(at)
    data = ops.SuspensionData(at.enterprise.id, SuspensionReason.INFECTION, "seen", TODAY)
    with acting_for(at.authority.id):
        suspension = ops.propose_suspension(data, actor=at.department, now=NOW)
    settings.FUGONG_CLOCK = NOW + timedelta(days=1)
    client = signed_in(at.headquarters)
    page = client.get(address("suspension", suspension.id)).content.decode()
    answer = client.post(address("confirm_suspension", suspension.id), once(note="", version=1))
    assert "The last day of this suspension is over." in page
    assert "Confirm: work stops now" not in page
    assert "Decline" in page
    assert answer.status_code == 409
    with acting_for(at.authority.id):
        assert Suspension.objects.get().state == "proposed"


def test_report_when_wrong_then_what_was_typed_stays_and_yesterday_is_a_hint_only(
    at: Ground, settings
) -> None:
    making.approved(at)
    settings.FUGONG_CLOCK = NOW + timedelta(days=1)
    client = signed_in(at.contact)
    there = address("report", at.enterprise.id)
    assert (
        client.post(there, once(day="2022-04-07", on_post="81", capacity_percent="61", needs="")).status_code
        == 302
    )
    body = client.get(f"{there}?day=2022-04-08").content.decode()
    assert 'placeholder="81"' in body
    assert 'value="81"' not in body
    wrong = client.post(
        there, once(day="2022-04-09", on_post="82", capacity_percent="60", needs="more masks")
    )
    assert wrong.status_code == 422
    assert "more masks" in wrong.content.decode()


def test_reports_when_seen_from_above_then_who_has_not_reported(at: Ground) -> None:
    making.approved(at)
    body = signed_in(at.department).get(address("reports") + "?day=2022-04-07&show=missing").content.decode()
    assert at.enterprise.name in body


def test_other_pages_show_what_resumption_brings(at: Ground) -> None:
    application = making.submitted(at)
    home = signed_in(at.contact).get("/").content.decode()
    assert application.number in home
    page = signed_in(at.department).get(reverse("enterprises:detail", args=[at.enterprise.id]))
    assert application.number in page.content.decode()
    steps = enterprise_steps(at, at.department)
    assert {"Application submitted", "Draft opened"} <= {str(step.title) for step in steps}


def enterprise_steps(at: Ground, actor: Actor) -> list[Step]:
    with acting_for(at.authority.id):
        return sections.enterprise_steps(actor, at.enterprise, NOW)


PAGES: dict[str, Callable[[Ground, Application], str]] = {
    "applications": lambda at, application: address("applications"),
    "application": lambda at, application: address("application", application.id),
    "visit": lambda at, application: address("visit", application.id),
    "territory": lambda at, application: address("opinion", application.id, "territory"),
    "department": lambda at, application: address("opinion", application.id, "department"),
    "submit": lambda at, application: address("submit", application.id),
    "report": lambda at, application: address("report", at.enterprise.id),
    "reports": lambda at, application: address("reports") + "?day=2022-04-07",
    "suspend": lambda at, application: address("propose_suspension", at.enterprise.id),
}
OPEN = {
    "contact": {"applications", "application", "submit", "report", "reports"},
    "instructor": {"applications", "application", "visit", "reports"},
    "park": {"applications", "application", "visit", "territory", "reports"},
    "department": {"applications", "application", "department", "reports", "suspend"},
    "headquarters": {"applications", "application", "reports", "suspend"},
}


@pytest.mark.parametrize("role", list(OPEN))
def test_pages_when_asked_by_each_role_then_open_to_whom_they_concern(at: Ground, role: str) -> None:
    application = making.submitted(at)
    client = signed_in(at.people[role])
    for name, where in PAGES.items():
        status = client.get(where(at, application)).status_code
        expected = 200 if name in OPEN[role] else 403
        assert status == expected, (role, name, status)


def test_pages_when_asked_from_another_district_then_not_there(at: Ground) -> None:
    application = making.submitted(at)
    elsewhere = making.ground("south")
    client = signed_in(elsewhere.headquarters)
    assert client.get(address("application", application.id)).status_code == 404
    assert client.get(address("propose_suspension", at.enterprise.id)).status_code == 404
    assert application.number not in client.get(address("applications") + "?show=all").content.decode()


def test_file_when_asked_by_whom_it_does_not_concern_then_not_there(at: Ground) -> None:
    application = making.submitted(at)
    with acting_for(at.authority.id):
        file_id = Evidence.objects.get().file_id
    there = address("file", application.id, file_id)
    answer = signed_in(at.department).get(there)
    assert answer.getvalue() == making.PDF
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    elsewhere = signed_in(making.ground("south").headquarters)
    assert elsewhere.get(there).status_code == 404
    assert signed_in(at.department).get(address("file", application.id, new_id())).status_code == 404


@pytest.mark.parametrize(("page", "most"), [("applications", 20), ("application", 40)])
def test_cost_when_there_are_more_applications_then_no_more_statements(
    at: Ground, page: str, most: int, django_assert_max_num_queries: Any
) -> None:
    application = making.submitted(at)
    for _number in range(3):
        making.submitted(making.another_enterprise(at))
    client = signed_in(at.department)
    client.get(PAGES[page](at, application))
    with django_assert_max_num_queries(most):
        assert client.get(PAGES[page](at, application)).status_code == 200
