from django.apps import AppConfig

from fugong.accounts.choices import register_permissions
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.playbooks.permissions import PERMISSIONS


class PlaybooksConfig(AppConfig):
    name = "fugong.playbooks"
    label = "playbooks"

    def ready(self) -> None:
        register_kept({"playbooks.PlaybookVersion": Kept(RECORD)})
        register_permissions("playbooks", PERMISSIONS)
