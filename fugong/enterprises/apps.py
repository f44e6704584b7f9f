from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import ENTERPRISE, register_permissions, register_subjects
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.core.retention import RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.enterprises.permissions import PERMISSIONS
from fugong.enterprises.web.sections import Section, register_section, register_timeline

TABLES = {
    "enterprises.Enterprise": Kept(
        "contacts",
        since="left_on",
        blank={"contact_name": "", "contact_phone": "", "contact_phone_hash": None},
    ),
    "enterprises.ImportBatch": Kept("lists", since="read_at"),
    "enterprises.ImportRow": Kept("lists", goes_with=("batch",)),
    **dict.fromkeys(
        (
            "enterprises.Premises",
            "enterprises.RegisterEvent",
            "enterprises.NameGram",
            "enterprises.StandingEvent",
            "enterprises.Standing",
            "enterprises.StandingCount",
        ),
        Kept(RECORD),
    ),
}


class EnterprisesConfig(AppConfig):
    name = "fugong.enterprises"
    label = "enterprises"
    verbose_name = _("enterprises")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="contacts",
                label=_("Contacts of enterprises"),
                purpose=_("To reach the enterprise while it works in the park."),
                basis=_("The enterprise named them when it was registered or applied."),
                counted_from=_("the day the enterprise left the park"),
                days=180,
                after_emergency=365,
                seals=("contact",),
            ),
            RetentionClass(
                key="lists",
                label=_("Lists handed in"),
                purpose=_("To check a list before it is taken over, and to say what became of each row."),
                basis=_("Taken over rows stand in the register; the list itself is not needed then."),
                counted_from=_("the day it was read"),
                days=30,
                after_emergency=0,
                seals=("contact",),
            ),
        )
        register_kept(TABLES)
        register_permissions("enterprises", PERMISSIONS)
        # By name: what reads rows can be loaded only when all models are.
        register_timeline("enterprises", import_string("fugong.enterprises.web.shown.own_steps"))
        register_section(
            Section(
                key="responsibility",
                label=_("Who answers for it"),
                template="enterprises/parts/responsibility.html",
                provider=import_string("fugong.enterprises.web.responsible.section"),
                order=30,
            )
        )
        register_subjects(ENTERPRISE, import_string("fugong.enterprises.queries.find_subject"))
        register_figures(import_string("fugong.enterprises.queries.FIGURES"))
        rows = "fugong.enterprises.queries.rows"
        register_rows("enterprises.Enterprise", import_string(f"{rows}.enterprise_rows"))
        # Here: whoever may see the enterprise may see who answers for it, and accounts knows no enterprise.
        register_rows("accounts.Assignment", import_string(f"{rows}.assignment_rows"))
