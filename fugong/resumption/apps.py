from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.decisions import register_decision_kinds
from fugong.duties.choices import register_duty_kinds
from fugong.resumption import choices


class ResumptionConfig(AppConfig):
    name = "fugong.resumption"
    label = "resumption"
    verbose_name = _("resumption of work")

    def ready(self) -> None:
        register_permissions(self.label, choices.PERMISSIONS)
        register_duty_kinds(choices.DUTY_KINDS)
        register_decision_kinds(choices.DECISION_KINDS)
