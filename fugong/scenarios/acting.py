"""What people do in a story, each act by the public operation that the pages call too."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from docx import Document
from PIL import Image

from fugong.command import operations as command
from fugong.core.actor import Actor
from fugong.passage.queries import DeskAt
from fugong.people import operations as people
from fugong.people.choices import Way
from fugong.playbooks.choices import Answer
from fugong.resumption import operations as resumption
from fugong.resumption.choices import (
    AnswerValue,
    CheckResult,
    OpinionKind,
    PointKind,
    SignatureKind,
    SuspensionReason,
)
from fugong.resumption.rules.signatures import Signature
from fugong.resumption.rules.verification import Finding
from fugong.scenarios import roads
from fugong.scenarios.census import call_everybody, open_census
from fugong.scenarios.gates import GATE_ACTS, do_gate_act
from fugong.scenarios.ledgers import Paper, hand_in
from fugong.scenarios.places import Places
from fugong.scenarios.reading import Act, ScenarioBroken
from fugong.scenarios.stage import Stage
from fugong.support import operations as support


@dataclass
class Story:
    """The acts of a scenario with what they refer to."""

    stage: Stage
    applications: dict[str, UUID] = field(default_factory=dict)
    suspensions: dict[str, UUID] = field(default_factory=dict)
    difficulties: dict[str, UUID] = field(default_factory=dict)
    bulletins: dict[str, UUID] = field(default_factory=dict)
    campaign: UUID | None = None
    desks: list[DeskAt] = field(default_factory=list)

    def do(self, act: Act) -> None:
        """Raises ScenarioBroken with the line when the act is unknown or refused."""
        acts: dict[str, Callable[[Act], None]] = {
            "submit": self._submit,
            "resubmit": self._resubmit,
            "verify": self._verify,
            "agree": self._opine,
            "return": self._opine,
            "refuse": self._opine,
            "approve": self._approve,
            "withdraw": self._withdraw,
            "suspend": self._suspend,
            "confirm_suspension": self._confirm,
            "reopen": self._reopen,
            "report": self._report,
            "raise": self._raise,
            "answer": self._answer,
            "close": self._close,
            "open_file": self._open_file,
            "hand_in": self._hand_in,
            "open_census": self._open_census,
            "call": self._call,
            **dict.fromkeys(GATE_ACTS, self._at_gates),
            "open_checkpoints": self._open_checkpoints,
            "cross": self._cross,
            "compose": self._compose,
            "publish": self._publish,
            "open_place": self.places.open,
            "register_phones": self.places.register_phones,
            "place_day": self.places.day,
        }
        if act.what not in acts:
            raise ScenarioBroken(f"{act.source}: nobody can {act.what!r}")
        acts[act.what](act)

    def _open_checkpoints(self, act: Act) -> None:
        said, area = self.stage.scenario.head["made"]["checkpoints"], self.stage.areas[self._whole]
        actor = self.stage.actor(act.who)
        self.desks = roads.open_checkpoints(said, area_id=area, actor=actor, act=act)

    @cached_property
    def _whole(self) -> str:
        code: str = self.stage.scenario.head["authority"]["code"]
        return code

    def _cross(self, act: Act) -> None:
        roads.cross(self.desks[int(act.detail["gate"])], act=act)

    def _submit(self, act: Act) -> None:
        actor = self.stage.actor(act.who)
        data = resumption.DraftData(
            enterprise_id=self.stage.enterprises[act.enterprise],
            planned_on=date.fromisoformat(act.detail["planned_on"]),
            planned_staff=int(act.detail["planned_staff"]),
        )
        application = resumption.open_draft(data, actor=actor, now=act.at)
        self.applications[act.enterprise] = application.id
        self._fill(application.id, act)
        resumption.submit(application.id, actor=actor, now=act.at)

    def _fill(self, application_id: UUID, act: Act) -> None:
        """Answers what the playbook asks, signs its letters and hands in its papers."""
        actor, playbook = self.stage.actor(act.who), self.stage.playbook
        asked = {key for route in playbook.policy.routes.values() for key in route.standards}
        for standard in (each for each in playbook.policy.standards.values() if each.id in asked):
            for item in [item.id for item in standard.items.values()] or [""]:
                answer = resumption.ItemAnswer(standard.id, item, AnswerValue.MET)
                resumption.answer_item(application_id, answer, actor=actor, now=act.at)
        for letter in playbook.policy.letters:
            signature = Signature(SignatureKind.TYPED, name=actor.name)
            resumption.sign_letter(application_id, key=letter, signature=signature, actor=actor, now=act.at)
        for paper in playbook.policy.papers.values():
            if not paper.is_printed_from_record:
                attachment = resumption.Attachment(PointKind.PAPER, paper.id, self._plan)
                resumption.attach_evidence(application_id, attachment, actor=actor, now=act.at)

    def _resubmit(self, act: Act) -> None:
        application = self.applications[act.enterprise]
        resumption.submit(application, actor=self.stage.actor(act.who), now=act.at)

    def _verify(self, act: Act) -> None:
        passed = act.detail["result"] == "pass"
        visit = resumption.Visit(
            visited_at=act.at,
            signature=Signature(SignatureKind.TYPED, name=self.stage.actor(act.who).name),
            findings=self._findings(act, passed=passed),
            photos={
                check.id: self._photo
                for check in self.stage.playbook.policy.visit_checks.values()
                if "photo" in check.evidence
            },
            note=act.detail.get("note", ""),
        )
        application = self.applications[act.enterprise]
        resumption.verify(application, visit, actor=self.stage.actor(act.who), now=act.at)

    def _findings(self, act: Act, *, passed: bool) -> dict[str, Finding]:
        """All checks pass, or those fail whose count the story gives as nothing."""
        found = {}
        for check in self.stage.playbook.policy.visit_checks.values():
            count = int(act.detail.get(check.id, "1"))
            if check.answer is Answer.COUNT:
                found[check.id] = Finding(count=count)
            elif passed or count:
                found[check.id] = Finding(CheckResult.PASS)
            else:
                found[check.id] = Finding(CheckResult.FAIL, note=act.detail.get("note", ""))
        return found

    def _opine(self, act: Act) -> None:
        points = []
        if "point" in act.detail:
            kind, _sign, key = act.detail["point"].partition(":")
            points = [resumption.Point(PointKind(kind), key, act.detail["note"])]
        opinion = resumption.Opinion(
            step=act.detail["step"],
            kind=OpinionKind(act.what),
            note=act.detail.get("note", ""),
            points=points,
        )
        application = self.applications[act.enterprise]
        resumption.give_opinion(application, opinion, actor=self.stage.actor(act.who), now=act.at)

    def _approve(self, act: Act) -> None:
        text = act.detail.get("condition", "")
        approval = resumption.Approval(
            step=act.detail["step"],
            conditions=[resumption.ConditionData(text)] if text else [],
        )
        application = self.applications[act.enterprise]
        resumption.approve(application, approval, actor=self.stage.actor(act.who), now=act.at)

    def _withdraw(self, act: Act) -> None:
        resumption.withdraw(
            self.applications[act.enterprise],
            actor=self.stage.actor(act.who),
            now=act.at,
            note=act.detail.get("note", ""),
        )

    def _suspend(self, act: Act) -> None:
        data = resumption.SuspensionData(
            enterprise_id=self.stage.enterprises[act.enterprise],
            reason=SuspensionReason(act.detail["reason"]),
            evidence=act.detail["note"],
            ends_on=date.fromisoformat(act.detail["ends_on"]),
        )
        suspension = resumption.propose_suspension(data, actor=self.stage.actor(act.who), now=act.at)
        self.suspensions[act.enterprise] = suspension.id

    def _confirm(self, act: Act) -> None:
        suspension = self.suspensions[act.enterprise]
        resumption.confirm_suspension(suspension, actor=self.stage.actor(act.who), now=act.at)

    def _reopen(self, act: Act) -> None:
        resumption.lift_suspension(
            self.suspensions[act.enterprise],
            actor=self.stage.actor(act.who),
            now=act.at,
            note=act.detail["note"],
        )

    def _report(self, act: Act) -> None:
        data = resumption.ReportData(
            enterprise_id=self.stage.enterprises[act.enterprise],
            day=date.fromisoformat(act.detail["day"]),
            on_post=int(act.detail["on_post"]),
            capacity_percent=int(act.detail["capacity_percent"]),
            needs=act.detail["needs"],
        )
        resumption.report_production(data, actor=self._contact(act), now=act.at)

    def _raise(self, act: Act) -> None:
        report = support.Report(category=act.detail["category"], title=act.detail["text"])
        enterprise = self.stage.enterprises[act.enterprise]
        difficulty = support.raise_difficulty(enterprise, report, actor=self._contact(act), now=act.at)
        self.difficulties[act.detail["key"]] = difficulty.id
        to = support.Assignee(user_id=self.stage.users[act.detail["assigned_to"]])
        support.assign(difficulty.id, to, actor=self.stage.actor("headquarters"), now=act.at)

    def _answer(self, act: Act) -> None:
        difficulty = self.difficulties[act.detail["key"]]
        support.answer(difficulty, act.detail["answer"], actor=self.stage.actor(act.who), now=act.at)

    def _close(self, act: Act) -> None:
        difficulty = self.difficulties[act.detail["key"]]
        support.confirm_solved(difficulty, actor=self._contact(act), now=act.at)

    def _open_file(self, act: Act) -> None:
        said = act.detail
        person = people.PersonData(
            name=said["name"],
            document=said["document"],
            phone=said["phone"],
            home_region=said["home_region"],
            lodging=said["lodging"],
        )
        work = people.EmploymentData(
            enterprise_id=self.stage.enterprises[act.enterprise],
            starts_on=date.fromisoformat(said["starts_on"]),
            post=said["post"],
            crew=said["crew"],
            room=said["room"],
        )
        people.register(person, work, way=Way.SYNTHETIC, actor=self._contact(act), now=act.at)

    def _hand_in(self, act: Act) -> None:
        lines = self.stage.scenario.ledgers[act.detail["ledger"]]
        hand_in(self.stage, lines, actor=self.stage.actor(act.who), now=act.at)

    def _open_census(self, act: Act) -> None:
        said = self.stage.scenario.head["census"]
        self.campaign = open_census(said, actor=self.stage.actor(act.who), act=act)

    def _call(self, act: Act) -> None:
        assert self.campaign is not None
        call_everybody(self.campaign, actor=self._contact(act), act=act)

    def _at_gates(self, act: Act) -> None:
        """By the contact of the enterprise where nobody is named."""
        actor = self.stage.actor(act.who) if act.who else self._contact(act)
        do_gate_act(act, actor=actor, stage=self.stage)

    def _compose(self, act: Act) -> None:
        day = date.fromisoformat(act.detail["day"])
        bulletin = command.compose_bulletin(day, actor=self.stage.actor(act.who), now=act.at)
        self.bulletins[act.detail["day"]] = bulletin.id

    def _publish(self, act: Act) -> None:
        bulletin = self.bulletins[act.detail["day"]]
        command.publish_bulletin(bulletin, actor=self.stage.actor(act.who), now=act.at)

    def _contact(self, act: Act) -> Actor:
        return self.stage.actor(self.stage.contact_of(act.enterprise))

    @cached_property
    def places(self) -> Places:
        return Places(self.stage)

    @cached_property
    def _plan(self) -> Paper:
        """A real Word file that says what it is."""
        document = Document()
        document.add_heading(self.stage.scenario.head["visit"]["plan"])
        file = io.BytesIO()
        document.save(file)
        return Paper("plan.docx", file.getvalue())

    @cached_property
    def _photo(self) -> Paper:
        """A real picture; the story has no cameras."""
        file = io.BytesIO()
        Image.new("RGB", (64, 48), (120, 140, 160)).save(file, "JPEG")
        return Paper("photo.jpg", file.getvalue())
