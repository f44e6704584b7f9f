from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.duties.choices import register_duty_kinds
from fugong.enterprises.web.sections import Section, register_section
from fugong.people.choices import DUTY_KINDS
from fugong.people.permissions import PERMISSIONS
from fugong.people.web.own_sections import OwnSection, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section


class PeopleConfig(AppConfig):
    name = "fugong.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        register_permissions("people", PERMISSIONS)
        register_duty_kinds(DUTY_KINDS)
        register_own_section(
            OwnSection(
                key="file",
                label=_("My file"),
                template="people/own/parts/file.html",
                provider=import_string("fugong.people.web.own_parts.file_part"),
                order=90,
            )
        )
        register_section(
            Section(
                key="people",
                label=_("People"),
                template="people/parts/section.html",
                # By name: what reads rows can be loaded only when all models are.
                provider=import_string("fugong.people.web.section.section"),
                order=40,
            )
        )
        register_person_section(
            PersonSection(
                key="travel",
                label=_("Where the person was"),
                template="people/parts/travel.html",
                provider=import_string("fugong.people.web.travel.section"),
                order=60,
            )
        )
