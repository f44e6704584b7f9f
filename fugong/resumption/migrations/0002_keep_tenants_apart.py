from django.db import migrations

from fugong.core.tenancy import append_only, enable_rls

TABLES = [
    "resumption_application",
    "resumption_application_event",
    "resumption_number_series",
    "resumption_answer",
    "resumption_evidence",
    "resumption_letter",
    "resumption_step",
    "resumption_remark",
    "resumption_condition",
    "resumption_verification",
    "resumption_verification_item",
    "resumption_certificate",
    "resumption_certificate_event",
    "resumption_certificate_key",
    "resumption_suspension",
    "resumption_production_report",
]
# What happened, what was signed and what was reported is added to, never changed.
APPEND_ONLY = [
    "resumption_application_event",
    "resumption_letter",
    "resumption_remark",
    "resumption_verification",
    "resumption_verification_item",
    "resumption_certificate_event",
    "resumption_certificate_key",
    "resumption_production_report",
]
KEPT = ", ".join(table for table in TABLES if table not in APPEND_ONLY)


class Migration(migrations.Migration):
    dependencies = [("resumption", "0001_make_tables")]

    operations = [
        *(enable_rls(table) for table in TABLES),
        *(append_only(table) for table in APPEND_ONLY),
        migrations.RunSQL(
            sql=f"revoke delete, truncate on {KEPT} from fugong_app",
            reverse_sql=f"grant delete on {KEPT} to fugong_app",
        ),
    ]
