from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.figures import register_figures
from fugong.duties.choices import register_duty_kinds
from fugong.enterprises.web.sections import Section, register_section
from fugong.people.choices import DUTY_KINDS
from fugong.people.permissions import PERMISSIONS


class PeopleConfig(AppConfig):
    name = "fugong.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        register_permissions("people", PERMISSIONS)
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.people.queries.FIGURES"))
        register_duty_kinds(DUTY_KINDS)
        register_section(
            Section(
                key="people",
                label=_("People"),
                template="people/parts/section.html",
                provider=import_string("fugong.people.web.section.section"),
                order=40,
            )
        )
