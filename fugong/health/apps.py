from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import register_evidence_kinds
from fugong.core.decisions import register_decision_kinds
from fugong.duties.choices import register_duty_kinds
from fugong.health.choices import DECISION_KINDS, DUTY_KINDS, EVIDENCE_KINDS, PERMISSIONS, REPORTED


class HealthConfig(AppConfig):
    name = "fugong.health"
    label = "health"
    verbose_name = _("health")

    def ready(self) -> None:
        register_permissions("health", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        register_decision_kinds(DECISION_KINDS)
        register_evidence_kinds(EVIDENCE_KINDS, latest=(REPORTED,))
