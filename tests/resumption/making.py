"""Made-up ground for the tests of resumption: a district with its playbook, people of each role, an
enterprise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fugong.accounts.models import Assignment, Membership, Role, User
from fugong.areas.models import Area, Authority
from fugong.core.actor import Actor, system_actor
from fugong.core.decisions.models import DecisionRecord
from fugong.core.ids import new_id
from fugong.core.tenancy import acting_for
from fugong.enterprises.models import Enterprise
from fugong.playbooks.facts import Playbook
from fugong.playbooks.operations import activate
from fugong.playbooks.rules.library import find_in_library
from fugong.playbooks.rules.loading import load_playbook
from fugong.resumption import operations as ops
from fugong.resumption.choices import (
    APPLY,
    REOPEN,
    REPORT,
    REVIEW_DEPARTMENT,
    REVIEW_HEADQUARTERS,
    REVIEW_PARK,
    SEE,
    SEE_REPORTS,
    SUSPEND,
    VERIFY,
    AnswerValue,
    CheckResult,
    OpinionKind,
    PointKind,
    SignatureKind,
)
from fugong.resumption.models import Application, Certificate, Suspension, Verification
from fugong.resumption.queries.terms import terms_of
from fugong.resumption.rules.signatures import Signature
from fugong.resumption.rules.verification import Finding
from tests.enterprises import making as register

NOW = datetime(2022, 4, 7, 1, 0, tzinfo=UTC)  # Thursday, 09:00 in China
TODAY = date(2022, 4, 7)
SIGNED = Signature(SignatureKind.TYPED, name="李勇")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)
ROLES = {
    "contact": ("subject", ["enterprises.see", APPLY, REPORT, SEE, SEE_REPORTS]),
    "instructor": ("care", [SEE, VERIFY, SEE_REPORTS]),
    "park": ("area", [SEE, REVIEW_PARK, SEE_REPORTS]),
    "department": ("everything", ["enterprises.see", SEE, REVIEW_DEPARTMENT, SUSPEND, REOPEN, SEE_REPORTS]),
    "headquarters": ("everything", [SEE, REVIEW_HEADQUARTERS, SUSPEND, REOPEN, SEE_REPORTS]),
}


@dataclass
class Ground:
    """One district: its park, one enterprise, and a person of each role."""

    authority: Authority
    park_area: Area
    enterprise: Enterprise
    people: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


@cache
def datong() -> Playbook:
    found = find_in_library("datong", date(2022, 4, 1))
    assert found is not None
    return found


def ground(code: str = "north", **enterprise: Any) -> Ground:
    authority = register.authority(code)
    park = register.park(authority, "datong_new_zone")
    with acting_for(authority.id):
        activate(
            datong(),
            actor=replace(
                system_actor(authority.id, "set-up"), permissions=frozenset({"playbooks.activate"})
            ),
            now=NOW - timedelta(days=7),
            from_day=date(2022, 4, 1),
        )
    made = Ground(authority, park, register.registered(park, now=NOW - timedelta(days=6), **enterprise))
    for role in ROLES:
        made.people[role] = person(made, role)
    return made


def person(at: Ground, role: str, *, name: str = "", enterprise_id: UUID | None = None) -> Actor:
    """Somebody real in the accounts, with this role, and the enterprise in care or spoken for where the role
    is so.
    """
    sight, permissions = ROLES[role]
    about = enterprise_id or at.enterprise.id
    name = name or f"{role}-{at.authority.code}"
    with acting_for(at.authority.id):
        user = User.objects.create(
            authority=at.authority, username=f"{name}-{new_id().hex[-6:]}", name=name, added_at=NOW
        )
        row, _made = Role.objects.get_or_create(
            authority=at.authority,
            code=role,
            defaults={
                "name_zh": role,
                "name_en": role,
                "permissions": permissions,
                "sight": sight,
                "changed_at": NOW,
            },
        )
        long_ago = NOW - timedelta(days=30)
        Membership.objects.create(
            authority=at.authority,
            user=user,
            role=row,
            area=at.park_area if sight == "area" else None,
            subject_kind="enterprise" if sight == "subject" else "",
            subject_id=about if sight == "subject" else None,
            starts_at=long_ago,
            recorded_at=long_ago,
        )
        if sight == "care":
            Assignment.objects.create(
                authority=at.authority,
                user=user,
                kind="instructor",
                kind_name_zh="指导员",
                subject_kind="enterprise",
                subject_id=about,
                subject_label="",
                starts_on=long_ago.date(),
                recorded_at=long_ago,
            )
    return Actor(
        user_id=user.id,
        authority_id=at.authority.id,
        name=name,
        permissions=frozenset(permissions),
        roles=frozenset({role}),
        areas=frozenset({at.park_area.id}) if sight == "area" else frozenset(),
        all_areas=sight == "everything",
        enterprises=frozenset({about}) if sight == "subject" else frozenset(),
        cared_for=frozenset({about}) if sight == "care" else frozenset(),
    )


def pdf(name: str = "方案.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/jpeg")


def another_enterprise(at: Ground, **changes: Any) -> Ground:
    """A further enterprise of the same district, with a contact of its own and nobody stationed in it."""
    made = replace(at, enterprise=register.registered(at.park_area, now=NOW - timedelta(days=6), **changes))
    made.people = {**at.people, "contact": person(made, "contact", name="second")}
    return made


def another_park(at: Ground) -> Ground:
    """The same people, about an enterprise in a park that is not theirs."""
    park = register.park(at.authority, "shangyao_cluster")
    return replace(at, enterprise=register.registered(park, now=NOW - timedelta(days=6)))


def seeing_all(actor: Actor, *, permissions: frozenset[str]) -> Actor:
    return replace(actor, permissions=permissions, all_areas=True)


def noon(year: int, month: int, day: int) -> datetime:
    return register.noon(year, month, day)


def with_instructor(at: Ground) -> Ground:
    at.people["instructor"] = person(at, "instructor", name="second-instructor")
    return at


def drafted(at: Ground, *, now: datetime = NOW, **changes: Any) -> Application:
    data = ops.DraftData(
        enterprise_id=at.enterprise.id,
        **{"planned_on": TODAY + timedelta(days=2), "planned_staff": 100, **changes},
    )
    return ops.open_draft(data, actor=at.contact, now=now)


def filled(at: Ground, application: Application, *, now: datetime = NOW) -> Application:
    """Everything the Datong playbook asks of an enterprise."""
    for standard in ("two_letters_one_plan", "ten_in_place"):
        answer = ops.ItemAnswer(standard, "", AnswerValue.MET)
        ops.answer_item(application.id, answer, actor=at.contact, now=now)
    paper = ops.Attachment(PointKind.PAPER, "control_plan", pdf())
    ops.attach_evidence(application.id, paper, actor=at.contact, now=now)
    ops.sign_letter(application.id, key="resumption", signature=SIGNED, actor=at.contact, now=now)
    return application


def submitted(at: Ground, *, now: datetime = NOW, **changes: Any) -> Application:
    application = filled(at, drafted(at, now=now, **changes), now=now)
    return ops.submit(application.id, actor=at.contact, now=now)


def findings(**changes: Finding) -> dict[str, Finding]:
    passed = Finding(CheckResult.PASS)
    keys = ("two_letters_one_plan", "ten_in_place", "masks", "disinfectant", "vehicle_loop")
    return {**dict.fromkeys(keys, passed), "people_on_post": Finding(count=12), **changes}


def visited(
    at: Ground,
    application: Application,
    *,
    now: datetime = NOW,
    actor: Actor | None = None,
    **changes: Finding,
) -> Verification:
    visit = ops.Visit(
        visited_at=now,
        signature=SIGNED,
        findings=findings(**changes),
        photos={key: photo() for key in ("two_letters_one_plan", "ten_in_place", "masks", "disinfectant")},
    )
    return ops.verify(application.id, visit, actor=actor or at.instructor, now=now)


def agreed(at: Ground, application: Application, step: str, *, now: datetime = NOW) -> Application:
    role = {"territory": "park", "department": "department"}[step]
    opinion = ops.Opinion(step, OpinionKind.AGREE)
    return ops.give_opinion(application.id, opinion, actor=at.people[role], now=now)


def before_decision(at: Ground, *, now: datetime = NOW) -> Application:
    """Submitted, verified and agreed by both first levels: only the headquarters has still to speak."""
    application = submitted(at, now=now)
    visited(at, application, now=now)
    for step in ("territory", "department"):
        agreed(at, application, step, now=now)
    return application


def approved(at: Ground, *, now: datetime = NOW) -> Application:
    application = before_decision(at, now=now)
    return ops.approve(application.id, ops.Approval("headquarters"), actor=at.headquarters, now=now)


def due_of(application: Application) -> datetime:
    """The deadline of a submitted application."""
    assert application.due_at is not None
    return application.due_at


def decision_of(row: Application | Suspension) -> DecisionRecord:
    assert row.decision_id is not None
    return DecisionRecord.objects.get(id=row.decision_id)


def route_of(application: Application, *, on: date = TODAY) -> str:
    route = terms_of(application, today=on).route
    return route.id if route else ""


def certificate_of(application: Application) -> Certificate:
    return Certificate.objects.get(application=application)


def days(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(count))


def datong_with(*changes: tuple[str, str]) -> Playbook:
    """The Datong playbook with other words in it: a route that is a filing, a day before which nothing
    starts.
    """
    text = datong().text
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return load_playbook(text, name="changed datong")


def in_force(at: Ground, playbook: Playbook, *, from_day: date = TODAY) -> None:
    system = system_actor(at.authority.id, "set-up")
    commander = replace(system, permissions=frozenset({"playbooks.activate"}))
    activate(playbook, actor=commander, now=NOW, from_day=from_day)


COMMITMENT = (
    ('version = "1"', 'version = "2"'),
    ('mode = "approval"', 'mode = "commitment"'),
    (
        'mode = { origin = "source", ref = ["E-15"] }',
        'mode = { origin = "national-default", ref = ["SC-1-2"] }',
    ),
)


def commitment() -> Playbook:
    """The Datong playbook with its approvals made commitments."""
    return datong_with(*COMMITMENT)


REGIME = """
[regimes.wartime]
name = { zh = "战时", en = "Wartime" }
axis = "posture"
level = "war"
periods = [{ from_day = 2022-04-20 }]
origin = "local-choice"
why = { zh = "测试", en = "for the test" }

[standards.two_letters_one_plan]
"""


def with_regime(*changes: tuple[str, str]) -> Playbook:
    """The Datong playbook with a regime, in force from 20 April on, to which the changes may tie a rule."""
    version = ('version = "1"', 'version = "2"')
    return datong_with(version, ("\n[standards.two_letters_one_plan]\n", REGIME), *changes)
