from django.apps import AppConfig
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import register_evidence_kinds
from fugong.core.decisions import register_decision_kinds
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.core.retention import RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.duties.web.panels import register_panel
from fugong.duties.web.people import register_way
from fugong.enterprises.web.sections import Section, register_section
from fugong.health.choices import (
    CLOSE_DUTY,
    DECISION_KINDS,
    DUTY_KINDS,
    EVIDENCE_KINDS,
    LOOK_AFTER_DUTY,
    PERMISSIONS,
    REPORT_DUTY,
    REPORTED,
    IncidentState,
)
from fugong.people.web.own_sections import OwnCopy, OwnSection, register_own_copy, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section

TABLES = {
    "health.HealthReport": Kept("health", since="recorded_at", goes_with=("person", "corrects")),
    "health.Incident": Kept(
        "health",
        since="closed_at",
        only=Q(state=IncidentState.CLOSED),
        goes_with=("person", "report"),
    ),
    "health.IncidentEvent": Kept("health", goes_with=("incident", "report")),
    "health.KioskCall": Kept("health", since="recorded_at"),
    "health.QualitySign": Kept("health", since="found_at"),
    "health.Kiosk": Kept(RECORD),
}


class HealthConfig(AppConfig):
    name = "fugong.health"
    label = "health"
    verbose_name = _("health")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="health",
                label=_("Health reports and incidents"),
                purpose=_("To find the ill early, and to look after them and those around them."),
                basis=_(
                    "Law on the Protection of Personal Information, articles 13, 28 and 47; epidemic control."
                ),
                counted_from=_("the day a report came in, or an incident was closed"),
                days=90,
                after_emergency=30,
            )
        )
        register_kept(TABLES)
        register_permissions("health", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS, always_told=(LOOK_AFTER_DUTY, CLOSE_DUTY))
        register_decision_kinds(DECISION_KINDS)
        register_evidence_kinds(EVIDENCE_KINDS, latest=(REPORTED,))
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.health.web"
        register_figures(import_string("fugong.health.queries.FIGURES"))
        register_rows("duties.Entry", import_string("fugong.health.queries.rows.line_rows"))
        register_way(REPORT_DUTY, import_string(f"{brought}.ways.to_report"))
        register_panel("health", import_string(f"{brought}.panel.home_panel"))
        register_section(
            Section(
                key="health",
                label=_("Health reports"),
                template="health/parts/enterprise_section.html",
                provider=import_string(f"{brought}.sections.enterprise_section"),
                order=45,
            )
        )
        register_person_section(
            PersonSection(
                key="health",
                label=_("Health reports"),
                template="health/parts/person_section.html",
                provider=import_string(f"{brought}.sections.person_section"),
                order=30,
            )
        )
        register_own_section(
            OwnSection(
                key="health",
                label=_("Today's health report"),
                template="health/parts/own_section.html",
                provider=import_string(f"{brought}.own.section"),
                order=10,
            )
        )
        copied = f"{brought}.own_copied"
        register_own_copy(OwnCopy("reports", _("Health reports"), import_string(f"{copied}.reports")))
        register_own_copy(OwnCopy("incidents", _("Incidents"), import_string(f"{copied}.incidents")))
