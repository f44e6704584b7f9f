from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts import choices
from fugong.core.figures import register_figures
from fugong.core.retention import RECORD, Kept, RetentionClass, register_class, register_kept

RECORDS = ("accounts.Assignment", "accounts.Membership", "accounts.Role", "accounts.AccessCode")


class AccountsConfig(AppConfig):
    name = "fugong.accounts"
    label = "accounts"
    verbose_name = _("users and roles")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="users",
                label=_("Telephone numbers of users"),
                purpose=_("To reach whoever works here, and to give back a lost access."),
                basis=_("Personnel management; what somebody signed keeps the name."),
                counted_from=_("the day the user left"),
                days=180,
                after_emergency=365,
                seals=("contact",),
            )
        )
        register_kept(
            {
                "accounts.User": Kept("users", since="left_on", blank={"phone": ""}),
                **dict.fromkeys(RECORDS, Kept(RECORD)),
            }
        )
        choices.register_permissions("accounts", PERMISSIONS)
        choices.register_permissions("core", CORE_PERMISSIONS)
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.accounts.queries.figures.FIGURES"))


PERMISSIONS = {
    "users.see": _("see users and their roles"),
    "users.manage": _("add users and record that they left"),
    "users.grant": _("invite users, reset passwords, unlock, grant and revoke roles"),
    "roles.edit": _("change what a role allows"),
    "responsibility.see": _("see who answers for whom"),
    "responsibility.assign": _("say who answers for whom"),
}
# `core` lies below accounts and cannot declare its own.
CORE_PERMISSIONS = {
    "audit.see": _("read the audit trail"),
    "system.see": _("see the state of the machine"),
    "retention.see": _("see what is kept until when, and what was destroyed"),
    "retention.set": _("shorten or lengthen how long data is kept"),
    "retention.end_emergency": _("say that the emergency has ended"),
    "destruction.approve_security": _("approve a destruction for the side that grants access"),
    "destruction.approve_audit": _("approve a destruction for the side that audits"),
    "exports.unmask": _("take lists out with identity and telephone numbers in full"),
    "exports.make": _("take lists out as files"),
}
