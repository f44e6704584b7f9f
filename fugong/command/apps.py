from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.command.permissions import PERMISSIONS
from fugong.core.ending.staying import register_figures_kept
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.playbooks.web.rehearsals import Rehearsal, register_rehearsal


class CommandConfig(AppConfig):
    name = "fugong.command"
    label = "command"

    def ready(self) -> None:
        tables = ("command.Bulletin", "command.BulletinFigure", "command.Publication")
        # By name: what reads rows can be loaded only when all models are.
        register_figures_kept(import_string("fugong.command.queries.destroyed.figures_counting"))
        register_kept(dict.fromkeys(tables, Kept(RECORD)))
        register_permissions("command", PERMISSIONS)
        register_rehearsal(
            Rehearsal(
                key="levels",
                label=_("Whose level would change"),
                template="command/parts/levels_rehearsed.html",
                # By name: what reads rows can be loaded only when all models are.
                provider=import_string("fugong.command.web.rehearsing.levels"),
            )
        )
