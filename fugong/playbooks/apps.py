from django.apps import AppConfig
from django.utils.module_loading import import_string

from fugong.accounts.choices import register_permissions
from fugong.core.retention import RECORD, Kept, register_kept
from fugong.playbooks.permissions import PERMISSIONS


class PlaybooksConfig(AppConfig):
    name = "fugong.playbooks"
    label = "playbooks"

    def ready(self) -> None:
        # By name: what reads rows can be loaded only when all models are.
        import_string("fugong.core.retention.terms.register_playbook_terms")(
            import_string("fugong.playbooks.queries.retention_terms")
        )
        register_kept({"playbooks.PlaybookVersion": Kept(RECORD)})
        register_permissions("playbooks", PERMISSIONS)
