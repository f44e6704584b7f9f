from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.retention import RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.duties.choices import LEAD
from fugong.duties.permissions import EXCUSE, HAND_OVER, SEE


class DutiesConfig(AppConfig):
    name = "fugong.duties"
    verbose_name = _("duties")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="messages",
                label=_("Reminders sent"),
                purpose=_("To tell whoever owes something before it is too late, once."),
                basis=_("Whoever has an account owes what the playbook asks."),
                counted_from=_("the day the message was made"),
                days=30,
                after_emergency=30,
            )
        )
        register_kept(
            {
                "duties.Duty": Kept(RECORD),
                "duties.Message": Kept("messages", since="made_at"),
                "duties.Reminder": Kept("messages", goes_with=("message",)),
                "duties.ReminderChoice": Kept(RECORD),
                "duties.OwnChannel": Kept(
                    "users",
                    since="changed_at",
                    only=Q(user__is_active=False),
                    blank={"address": "", "shown": ""},
                ),
            }
        )
        register_permissions(
            "duties",
            {
                SEE: _("see who is about to miss a deadline or has missed one"),
                EXCUSE: _("let somebody off a duty, with a reason"),
                HAND_OVER: _("hand a person's open duties over to a successor"),
                LEAD: _("be called as the authority's leadership when an office stays silent"),
            },
        )
