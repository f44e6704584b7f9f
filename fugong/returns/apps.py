from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.decisions import register_decision_kinds
from fugong.duties.choices import register_duty_kinds
from fugong.returns.choices import DECISION_KINDS, DUTY_KINDS, PERMISSIONS


class ReturnsConfig(AppConfig):
    name = "fugong.returns"
    verbose_name = _("returns")

    def ready(self) -> None:
        register_permissions("returns", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        register_decision_kinds(DECISION_KINDS)
