from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fugong.accounts.choices import register_permissions
from fugong.core.retention import MACHINE, RECORD, Kept, RetentionClass, register_class, register_kept
from fugong.enterprises.web.sections import Section, register_section
from fugong.passage.choices import DATA_CLASS, PERMISSIONS
from fugong.people.web.own_sections import OwnCopy, register_own_copy
from fugong.people.web.sections import PersonSection, register_person_section

TABLES = {
    "passage.Zone": Kept(RECORD),
    "passage.Gate": Kept(RECORD),
    "passage.PlaceNumber": Kept(RECORD),
    "passage.ShiftHours": Kept(RECORD),
    "passage.GateDevice": Kept(RECORD),
    "passage.CodeKey": Kept(RECORD),
    "passage.ScanCount": Kept(MACHINE),
    "passage.Scan": Kept("passages", since="received_at"),
    "passage.Crossing": Kept("passages", since="received_at", lets_go=("vehicle_pass",)),
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
                template="passage/parts/person_section.html",
                provider=import_string("fugong.passage.web.sections.person_section"),
                order=45,
            )
        )
        copied = import_string("fugong.passage.web.own_codes.copied")
        register_own_copy(OwnCopy("codes", _("Codes and cards"), copied))
        register_section(
            Section(
                key="gates",
                label=_("Gates"),
                template="passage/parts/enterprise_section.html",
                provider=import_string("fugong.passage.web.sections.enterprise_section"),
                order=46,
            )
        )
