"""Plans, approvals and certificates are kept apart by authority, added to and read, no more."""

from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

TABLES = (
    "core_retentionterm",
    "core_emergencyend",
    "core_destructionplan",
    "core_destructionapproval",
    "core_destructionstart",
    "core_destructionbatch",
    "core_destructioncertificate",
)


class Migration(migrations.Migration):
    dependencies = [("core", "0008_end_data")]

    operations = [
        *(enable_rls(table) for table in TABLES),
        *(append_only(table) for table in TABLES),
    ]
