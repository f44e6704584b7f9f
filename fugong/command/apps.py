from django.apps import AppConfig

from fugong.accounts.choices import register_permissions
from fugong.command.permissions import PERMISSIONS


class CommandConfig(AppConfig):
    name = "fugong.command"
    label = "command"

    def ready(self) -> None:
        register_permissions("command", PERMISSIONS)
