from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.census.choices import DUTY_KINDS, PERMISSIONS
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.core.retention import RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.people.choices import DATA_CLASS
from fugong.people.web.own_sections import OwnCopy, register_own_copy

TABLES = {
    "census.Campaign": Kept(RECORD),
    "census.Case": Kept("census", since="closed_at", goes_with=("person",)),
    "census.Call": Kept("census", goes_with=("case", "replaces")),
}


class CensusConfig(AppConfig):
    name = "fugong.census"
    verbose_name = _("census")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="census",
                label=_("Cases and calls of the census"),
                purpose=_("To find everybody a campaign names, and to call nobody twice for nothing."),
                basis=_(
                    "Law on the Protection of Personal Information, articles 13, 19 and 47; epidemic control."
                ),
                counted_from=_("the day the case was closed"),
                days=180,
                after_emergency=30,
                seals=(DATA_CLASS,),
            )
        )
        register_kept(TABLES)
        register_permissions("census", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.census.queries.FIGURES"))
        register_rows("census.Case", import_string("fugong.census.queries.rows.case_rows"))
        register_rows("census.Call", import_string("fugong.census.queries.rows.call_rows"))
        copied = import_string("fugong.census.web.own_copied.calls")
        register_own_copy(OwnCopy("calls", _("census"), copied))
