from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.core.retention import MACHINE, RECORD, Kept, RetentionClass, register_class, register_kept

EXPORTS = "exports"
OWN_TABLES = {
    **dict.fromkeys(
        (
            "core.AuditEntry",
            "core.AuditLink",
            "core.AuditSeal",
            "core.DecisionRecord",
            "core.StoredFile",
            "core.RetentionTerm",
            "core.EmergencyEnd",
            "core.DestructionPlan",
            "core.DestructionApproval",
            "core.DestructionStart",
            "core.DestructionBatch",
            "core.DestructionCertificate",
            "core.ListDownload",
        ),
        Kept(RECORD),
    ),
    "core.ListExport": Kept(EXPORTS, since="expires_at", blank={"content": ""}),
    **dict.fromkeys(
        (
            "core.AuditPending",
            "core.Fact",
            "core.FactReceipt",
            "core.Horizon",
            "core.DataKey",
            "core.Receipt",
        ),
        Kept(MACHINE),
    ),
}


class CoreConfig(AppConfig):
    name = "fugong.core"
    label = "core"
    verbose_name = _("core")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key=RECORD,
                label=_("The record of the administration"),
                purpose=_("To say who decided what, when and on which ground, and to prove every figure."),
                basis=_("Rules of the archives; personal values in it are sealed, and end with their key."),
                is_personal=False,
            ),
            RetentionClass(
                key=EXPORTS,
                label=_("Lists taken out"),
                purpose=_("To hand a list to the one who asked for it."),
                basis=_("Emptied when its hours are over; who took what out and why stays on record."),
                counted_from=_("the end of its hours"),
                days=1,
                after_emergency=0,
                seals=("export",),
            ),
            RetentionClass(
                key=MACHINE,
                label=_("What the machine needs"),
                purpose=_("Queues, receipts and keys: ids and times, nothing about anybody."),
                basis=_("Swept as they are used up."),
                is_personal=False,
            ),
        )
        register_kept(OWN_TABLES)
