from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import DECISION_KINDS, DUTY_KINDS
from fugong.clearance.permissions import PERMISSIONS
from fugong.core.decisions import register_decision_kinds
from fugong.duties.choices import register_duty_kinds


class ClearanceConfig(AppConfig):
    name = "fugong.clearance"
    verbose_name = _("clearance")

    def ready(self) -> None:
        register_permissions("clearance", PERMISSIONS)
        register_decision_kinds(DECISION_KINDS)
        register_duty_kinds(DUTY_KINDS)
