from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.census.choices import DUTY_KINDS, PERMISSIONS
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.duties.choices import register_duty_kinds


class CensusConfig(AppConfig):
    name = "fugong.census"
    verbose_name = _("census")

    def ready(self) -> None:
        register_permissions("census", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.census.queries.FIGURES"))
        register_rows("census.Case", import_string("fugong.census.queries.rows.case_rows"))
        register_rows("census.Call", import_string("fugong.census.queries.rows.call_rows"))
