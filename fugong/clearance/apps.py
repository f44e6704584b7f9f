from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import DECISION_KINDS, DUTY_KINDS
from fugong.clearance.permissions import PERMISSIONS
from fugong.core.decisions import register_decision_kinds
from fugong.duties.choices import register_duty_kinds
from fugong.people.web.own_sections import OwnSection, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section


class ClearanceConfig(AppConfig):
    name = "fugong.clearance"
    verbose_name = _("clearance")

    def ready(self) -> None:
        register_permissions("clearance", PERMISSIONS)
        register_decision_kinds(DECISION_KINDS)
        register_duty_kinds(DUTY_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.clearance.web.person"
        register_person_section(
            PersonSection(
                key="clearance",
                label=_("Level"),
                template="clearance/parts/section.html",
                provider=import_string(f"{brought}.section"),
                order=10,
            )
        )
        register_own_section(
            OwnSection(
                key="clearance",
                label=_("My level"),
                template="clearance/own/section.html",
                provider=import_string(f"{brought}.own_section"),
                order=20,
            )
        )
