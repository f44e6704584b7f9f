from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.duties.choices import LEAD
from fugong.duties.permissions import EXCUSE, HAND_OVER, SEE


class DutiesConfig(AppConfig):
    name = "fugong.duties"
    verbose_name = _("duties")

    def ready(self) -> None:
        register_kept({"duties.Duty": Kept(RECORD)})
        register_permissions(
            "duties",
            {
                SEE: _("see who is about to miss a deadline or has missed one"),
                EXCUSE: _("let somebody off a duty, with a reason"),
                HAND_OVER: _("hand a person's open duties over to a successor"),
                LEAD: _("be called as the authority's leadership when an office stays silent"),
            },
        )
