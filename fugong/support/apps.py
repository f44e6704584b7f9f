from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.duties.web.panels import register_panel
from fugong.enterprises.web.sections import Section, register_section, register_timeline
from fugong.support.choices import DUTY_KINDS, PERMISSIONS


class SupportConfig(AppConfig):
    name = "fugong.support"
    verbose_name = _("difficulties")

    def ready(self) -> None:
        register_kept({"support.Difficulty": Kept(RECORD), "support.DifficultyEvent": Kept(RECORD)})
        register_permissions("support", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.support.queries.FIGURES"))
        register_rows("support.DifficultyEvent", import_string("fugong.support.queries.rows.event_rows"))
        brought = "fugong.support.web.sections"
        register_section(
            Section(
                key="difficulties",
                label=_("Difficulties"),
                template="support/parts/enterprise_section.html",
                provider=import_string(f"{brought}.enterprise_section"),
                order=40,
            )
        )
        register_timeline("support", import_string(f"{brought}.enterprise_steps"))
        register_panel("support", import_string(f"{brought}.home_panel"))
