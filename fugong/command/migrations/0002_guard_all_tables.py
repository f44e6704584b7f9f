"""Bulletins are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

# A bulletin is never changed: what was composed stays as it was, a correction is a new one.
TABLES = ("command_bulletin", "command_bulletinfigure", "command_publication")


class Migration(migrations.Migration):
    dependencies = [("command", "0001_make_all_tables")]
    replaces = [("command", "0001_make_tables")]

    operations = [*map(enable_rls, TABLES), *map(append_only, TABLES)]
