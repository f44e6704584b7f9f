from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.decisions import register_decision_kinds
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.duties.web.panels import register_panel
from fugong.enterprises.web.sections import Section, register_section, register_timeline
from fugong.resumption import choices, facts

TABLES = (
    "resumption.Application",
    "resumption.ApplicationEvent",
    "resumption.NumberSeries",
    "resumption.CertificateKey",
    "resumption.Certificate",
    "resumption.CertificateEvent",
    "resumption.Answer",
    "resumption.Evidence",
    "resumption.Letter",
    "resumption.ProductionReport",
    "resumption.Step",
    "resumption.Remark",
    "resumption.Condition",
    "resumption.Suspension",
    "resumption.Verification",
    "resumption.VerificationItem",
)


class ResumptionConfig(AppConfig):
    name = "fugong.resumption"
    label = "resumption"
    verbose_name = _("resumption of work")

    def ready(self) -> None:
        register_kept(dict.fromkeys(TABLES, Kept(RECORD)))
        # Importing `facts` is what publishes them: a playbook's conditions are checked against them.
        assert facts.APPLICANT is not None
        register_permissions(self.label, choices.PERMISSIONS)
        register_duty_kinds(choices.DUTY_KINDS, always_told=(choices.DutyKind.SECOND_PERSON,))
        register_decision_kinds(choices.DECISION_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.resumption.web.sections"
        register_section(
            Section(
                key="resumption",
                label=_("Resumption of work"),
                template="resumption/parts/enterprise_section.html",
                provider=import_string(f"{brought}.enterprise_section"),
                order=10,
            )
        )
        register_section(
            Section(
                key="reports",
                label=_("Production reports"),
                template="resumption/parts/reports_section.html",
                provider=import_string(f"{brought}.reports_section"),
                order=20,
            )
        )
        register_timeline("resumption", import_string(f"{brought}.enterprise_steps"))
        register_panel("resumption", import_string(f"{brought}.home_panel"))
