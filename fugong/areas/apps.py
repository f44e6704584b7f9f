from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.core.retention import RECORD, Kept, register_kept


class AreasConfig(AppConfig):
    name = "fugong.areas"
    label = "areas"
    verbose_name = _("areas")

    def ready(self) -> None:
        register_kept({"areas.Area": Kept(RECORD)})
