"""Levels and what they rest on are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import enable_rls, never_removed

# Evidence is relieved, a level by hand ends, an appeal is answered; none of them is ever removed.
TABLES = ("clearance_evidence", "clearance_clearance", "clearance_handlevel", "clearance_appeal")


class Migration(migrations.Migration):
    dependencies = [("clearance", "0001_make_all_tables")]
    replaces = [("clearance", "0001_record_clearance")]

    operations = [*map(enable_rls, TABLES), *map(never_removed, TABLES)]
