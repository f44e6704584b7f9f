from __future__ import annotations

from django.apps import AppConfig
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.ending.staying import TotalKind, register_totals
from fugong.core.figures import register_figures
from fugong.core.retention import RECORD, By, Kept, RetentionClass, register_class, register_kept
from fugong.duties.choices import register_duty_kinds
from fugong.duties.web.people import register_people
from fugong.enterprises.web.sections import Section, register_section
from fugong.people.choices import ANSWER_DUTY, DATA_CLASS, DUTY_KINDS
from fugong.people.permissions import PERMISSIONS
from fugong.people.web.own_sections import OwnCopy, OwnSection, register_own_copy, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section

TABLES = {
    "people.Person": Kept(
        "person", since="changed_at", only=Q(enterprise=None, merged_into=None), goes_with=("merged_into",)
    ),
    "people.PersonGram": Kept("person", goes_with=("person",)),
    "people.Employment": Kept("person", goes_with=("person",)),
    "people.FileMerge": Kept("person", goes_with=("kept", "other")),
    "people.TwoPeople": Kept("person", goes_with=("first", "second")),
    "people.Crew": Kept("person", goes_with=("leader_person",)),
    "people.Stay": Kept("person", goes_with=("person", "replaces")),
    "people.HistoryEntry": Kept("person", goes_with=("person", "replaces")),
    "people.Challenge": Kept("person", goes_with=("person",)),
    "people.Device": Kept("person", goes_with=("person",)),
    "people.SelfRegistration": Kept("person", goes_with=("person", "device")),
    "people.RegistrationCode": Kept(RECORD),
    # No name, no number: what the figures of people back were counted from.
    "people.WorkEvent": Kept(RECORD),
    "people.ImportBatch": Kept("staff_lists", since="read_at"),
    "people.ImportRow": Kept("staff_lists", goes_with=("batch",)),
    "people.PaperSheet": Kept("staff_lists", since="typed_at"),
    "people.PaperRow": Kept("staff_lists", goes_with=("sheet", "person")),
    # A line of a roll bears the name; the duties, being lower down, know no person.
    "duties.Entry": Kept("person", by=(By("people.Person", "subject_id"),)),
}


class PeopleConfig(AppConfig):
    name = "fugong.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="person",
                label=_("Files of people"),
                purpose=_("To let people go back to work safely, and to reach them when somebody falls ill."),
                basis=_(
                    "Law on the Protection of Personal Information, articles 13, 19 and 47; epidemic control."
                ),
                counted_from=_("the last change of a file of somebody who is employed nowhere"),
                days=180,
                after_emergency=30,
                seals=(DATA_CLASS,),
            ),
            RetentionClass(
                key="staff_lists",
                label=_("Lists and sheets of staff"),
                purpose=_("To check a list or a sheet before files are opened from it."),
                basis=_("What was taken over stands in the files; the list itself is not needed then."),
                counted_from=_("the day it was read or typed in"),
                days=30,
                after_emergency=0,
                seals=(DATA_CLASS,),
            ),
        )
        register_kept(TABLES)
        # By name: what reads rows can be loaded only when all models are.
        totals = "fugong.people.queries.totals"
        register_totals(
            TotalKind(
                "people.province",
                _("People by home province"),
                frozenset({"people.Person"}),
                import_string(f"{totals}.by_province"),
            ),
            TotalKind(
                "people.enterprise_province",
                _("People by enterprise and home province"),
                frozenset({"people.Person"}),
                import_string(f"{totals}.by_enterprise_and_province"),
            ),
        )
        register_permissions("people", PERMISSIONS)
        register_people(import_string("fugong.people.web.rolls.shown_on_rolls"))
        # By name: what reads rows can be loaded only when all models are.
        register_figures(import_string("fugong.people.queries.FIGURES"))
        register_duty_kinds(DUTY_KINDS, naming_people=(ANSWER_DUTY,))
        _register_sections()


def _register_sections() -> None:
    """By name too: they read rows."""
    register_own_section(
        OwnSection(
            key="file",
            label=_("My file"),
            template="people/own/parts/file.html",
            provider=import_string("fugong.people.web.own_parts.file_part"),
            order=90,
        )
    )
    register_own_section(
        OwnSection(
            key="crew",
            label=_("My crew"),
            template="people/own/parts/crew.html",
            provider=import_string("fugong.people.web.own_parts.crew_part"),
            order=12,
        )
    )
    register_section(
        Section(
            key="people",
            label=_("People"),
            template="people/parts/section.html",
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
    register_person_section(
        PersonSection(
            key="history",
            label=_("Vaccinations, contacts, commitments"),
            template="people/parts/history.html",
            provider=import_string("fugong.people.web.history.section"),
            order=65,
        )
    )
    copied = import_string("fugong.people.web.history.copied")
    register_own_copy(OwnCopy("history", _("Vaccinations, contacts, commitments"), copied))
