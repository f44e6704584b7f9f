"""Who may see the rules (everyone signed in, by role) and who may put them in force."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fugong.core.actor import Actor
from fugong.core.refusals import NotPermitted

ACTIVATE = "playbooks.activate"
PERMISSIONS = {
    "playbooks.see": _("see the playbook in force"),
    ACTIVATE: _("put a playbook in force"),
}


def check_may_activate(actor: Actor) -> None:
    """The system itself may: the first playbook comes with the set-up."""
    if not actor.is_system and not actor.may(ACTIVATE):
        raise NotPermitted()
