from django.apps import AppConfig

from fugong.accounts.choices import register_permissions
from fugong.playbooks.permissions import PERMISSIONS


class PlaybooksConfig(AppConfig):
    name = "fugong.playbooks"
    label = "playbooks"

    def ready(self) -> None:
        register_permissions("playbooks", PERMISSIONS)
