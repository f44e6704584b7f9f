from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import register_evidence_kinds
from fugong.core.decisions import register_decision_kinds
from fugong.core.retention import Kept, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.enterprises.web.sections import Section, register_section
from fugong.people.web.own_sections import OwnCopy, register_own_copy
from fugong.people.web.sections import PersonSection, register_person_section
from fugong.returns.choices import DECISION_KINDS, DUTY_KINDS, EVIDENCE_KINDS, PERMISSIONS


class ReturnsConfig(AppConfig):
    name = "fugong.returns"
    verbose_name = _("returns")

    def ready(self) -> None:
        register_kept({"returns.PlannedReturn": Kept("person", goes_with=("person",))})
        register_permissions("returns", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS, naming_people=DUTY_KINDS)
        register_decision_kinds(DECISION_KINDS)
        register_evidence_kinds(EVIDENCE_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.returns.web.sections"
        register_person_section(
            PersonSection(
                key="returns",
                label=_("Returns"),
                template="returns/parts/section.html",
                provider=import_string(f"{brought}.person_section"),
                order=50,
            )
        )
        register_section(
            Section(
                key="returns",
                label=_("Returns"),
                template="returns/parts/section.html",
                provider=import_string(f"{brought}.enterprise_section"),
                order=45,
            )
        )
        copied = import_string("fugong.returns.web.own_copied.planned")
        register_own_copy(OwnCopy("returns", _("Returns"), copied))
