from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.figures import register_figures
from fugong.core.figures.rows import register_rows
from fugong.core.retention import MACHINE, RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.enterprises.web.sections import Section, register_section
from fugong.passage.choices import DATA_CLASS, PERMISSIONS
from fugong.people.web.own_sections import OwnCopy, OwnSection, register_own_copy, register_own_section
from fugong.people.web.sections import PersonSection, register_person_section

TABLES = {
    "passage.Zone": Kept(RECORD),
    "passage.Gate": Kept(RECORD),
    "passage.PlaceNumber": Kept(RECORD),
    "passage.ShiftHours": Kept(RECORD),
    "passage.GateDevice": Kept(RECORD),
    "passage.CodeKey": Kept(RECORD),
    "passage.ScanCount": Kept(MACHINE),
    "passage.Tally": Kept(MACHINE),
    "passage.Scan": Kept("passages", since="at", daily=True),
    "passage.Crossing": Kept("passages", since="received_at", lets_go=("vehicle_pass",)),
    "passage.PassageSign": Kept("passages", since="found_at"),
    "passage.VenueCheck": Kept("passages", since="opened_at"),
    "passage.PhoneCode": Kept("passages", since="valid_until", goes_with=("person",)),
    "passage.Card": Kept("passages", since="valid_until", goes_with=("person",)),
    "passage.Visit": Kept("passages", since="ends_at", lets_go=("person",)),
    "passage.VehiclePass": Kept("passages", since="ends_at", lets_go=("driver",)),
}


class PassageConfig(AppConfig):
    name = "fugong.passage"
    label = "passage"
    verbose_name = _("passages")

    def ready(self) -> None:
        register_class(
            RetentionClass(
                key="passages",
                label=_("Passages, visits and codes"),
                purpose=_("To keep the infected out, and to find whom they met."),
                basis=_(
                    "Law on the Protection of Personal Information, articles 13, 28 and 47; epidemic control."
                ),
                counted_from=_("the day of the passage, or the day on which a visit, a pass or a code ended"),
                days=28,
                after_emergency=28,
                seals=(DATA_CLASS,),
            )
        )
        register_kept(TABLES)
        register_permissions("passage", PERMISSIONS)
        # By name: they read rows.
        register_person_section(
            PersonSection(
                key="codes",
                label=_("Codes and cards"),
                template="passage/parts/codes_section.html",
                provider=import_string("fugong.passage.web.sections.person_section"),
                order=45,
            )
        )
        copied = import_string("fugong.passage.web.own_codes.copied")
        register_own_copy(OwnCopy("codes", _("Codes and cards"), copied))
        # By name: what reads rows can be loaded only when all models are.
        brought = "fugong.passage.web"
        register_figures(import_string("fugong.passage.queries.FIGURES"))
        register_rows("passage.Scan", import_string("fugong.passage.queries.rows.gate_rows"))
        register_person_section(
            PersonSection(
                key="passages",
                label=_("Passages"),
                template="passage/parts/person_section.html",
                provider=import_string(f"{brought}.person_section.section"),
                order=42,
            )
        )
        register_own_section(
            OwnSection(
                key="code",
                label=_("My code"),
                template="passage/own/parts/code.html",
                provider=import_string("fugong.passage.web.own_code.section"),
                order=5,
            )
        )
        register_own_section(
            OwnSection(
                key="places",
                label=_("Where I am checked in"),
                template="passage/own/parts/places.html",
                provider=import_string("fugong.passage.web.venue_scanning.section"),
                order=14,
            )
        )
        register_section(
            Section(
                key="gates",
                label=_("Gates"),
                template="passage/parts/enterprise_section.html",
                provider=import_string(f"{brought}.sections.enterprise_section"),
                order=46,
            )
        )
        register_own_section(
            OwnSection(
                key="passages",
                label=_("Passages"),
                template="passage/own/parts/today.html",
                provider=import_string(f"{brought}.own_days.section"),
                order=35,
            )
        )
        register_own_copy(OwnCopy("passages", _("Passages"), import_string(f"{brought}.own_days.copied")))
