"""Person files, phones, sheets and lists are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, change_only, enable_rls, never_removed

APPEND_ONLY = ("people_twopeople", "people_stay", "people_workevent", "people_historyentry")
NEVER_REMOVED = (
    # A file ends with its class of data, by its key; until then a person leaves, and is never removed.
    "people_person",
    "people_employment",
    # A phone ends, a code is closed, a registration is emptied: that there was one stays.
    "people_device",
    "people_registrationcode",
    "people_selfregistration",
    # What was said stands beside the entry for good; no row of it goes.
    "people_challenge",
    "people_papersheet",
    "people_paperrow",
    # A crew of other days is still named by rolls.
    "people_crew",
    "people_filemerge",
)
OTHERS = ("people_persongram", "people_importbatch", "people_importrow")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_make_all_tables")]
    replaces = [("people", "0001_make_tables")]

    operations = [
        *map(enable_rls, APPEND_ONLY + NEVER_REMOVED + OTHERS),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, NEVER_REMOVED),
        # A row never changes; its sealed words may be sealed anew under another key.
        change_only("people_historyentry", "detail"),
    ]
