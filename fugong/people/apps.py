from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.people.permissions import PERMISSIONS


class PeopleConfig(AppConfig):
    name = "fugong.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        register_permissions("people", PERMISSIONS)
