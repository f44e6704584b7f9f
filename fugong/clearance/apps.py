from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from fugong.accounts.choices import register_permissions
from fugong.clearance.choices import DATA_CLASS, DECISION_KINDS, DUTY_KINDS
from fugong.clearance.permissions import PERMISSIONS
from fugong.core.decisions import register_decision_kinds
from fugong.core.retention import Kept, RetentionClass, register_class, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.people.web.own_sections import OwnCopy, OwnSection, register_own_copy, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section

TABLES = {
    "clearance.Evidence": Kept("clearance", since="relieved_at", goes_with=("person",)),
    "clearance.HandLevel": Kept("clearance", since="ended_at", goes_with=("person",), takes=("file",)),
    "clearance.Appeal": Kept("clearance", since="answered_at", goes_with=("person",)),
    "clearance.Clearance": Kept("clearance", goes_with=("person",)),
}


class ClearanceConfig(AppConfig):
    name = "fugong.clearance"
    verbose_name = _("clearance")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="clearance",
                label=_("Levels, their evidence, and appeals"),
                purpose=_("To let nobody in who endangers others, and nobody be kept out without a reason."),
                basis=_(
                    "Law on the Protection of Personal Information, articles 13, 28 and 47; epidemic control."
                ),
                counted_from=_("the day the evidence was lifted, the level ended or the appeal was answered"),
                days=180,
                after_emergency=30,
                seals=(DATA_CLASS,),
            )
        )
        register_kept(TABLES)
        register_permissions("clearance", PERMISSIONS)
        register_decision_kinds(DECISION_KINDS)
        register_duty_kinds(DUTY_KINDS, always_told=DUTY_KINDS, naming_people=DUTY_KINDS)
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.clearance.web.person"
        register_person_section(
            PersonSection(
                key="clearance",
                label=_p("clearance", "Level"),
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
        copied = "fugong.clearance.web.own_copied"
        register_own_copy(OwnCopy("levels", _("Levels"), import_string(f"{copied}.levels")))
        register_own_copy(OwnCopy("evidence", _("Evidence"), import_string(f"{copied}.evidence")))
        register_own_copy(OwnCopy("by_hand", _("Levels by hand"), import_string(f"{copied}.by_hand")))
        register_own_copy(OwnCopy("appeals", _("Appeals"), import_string(f"{copied}.appeals")))
