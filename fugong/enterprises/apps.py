from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.enterprises.permissions import PERMISSIONS


class EnterprisesConfig(AppConfig):
    name = "fugong.enterprises"
    label = "enterprises"
    verbose_name = _("enterprises")

    def ready(self) -> None:
        register_permissions("enterprises", PERMISSIONS)
