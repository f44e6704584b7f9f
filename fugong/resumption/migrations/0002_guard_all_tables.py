"""Applications, their proof and their certificates are kept apart by authority."""

from django.db import migrations

from fugong.core.tenancy import append_only, change_only, enable_rls, never_removed

# What happened, what was signed and what was reported is added to, never changed.
APPEND_ONLY = (
    "resumption_application_event",
    "resumption_letter",
    "resumption_remark",
    "resumption_verification",
    "resumption_verification_item",
    "resumption_certificate_event",
    "resumption_certificate_key",
    "resumption_production_report",
)
NEVER_REMOVED = (
    "resumption_application",
    "resumption_number_series",
    "resumption_answer",
    "resumption_evidence",
    "resumption_step",
    "resumption_condition",
    "resumption_certificate",
    "resumption_suspension",
)
# Of these rows only what is said later may be written; the rest stands as it was given.
MOVES = {
    "resumption_certificate": "state, state_at",
    "resumption_evidence": "removed_at",
    "resumption_condition": (
        "fulfilled_at, fulfilled_by_id, fulfilled_by_name, fulfilled_note,"
        " done_at, done_by_id, done_by_name, done_note, sent_back_note"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("resumption", "0001_make_all_tables")]
    replaces = [("resumption", "0001_make_tables")]

    operations = [
        *map(enable_rls, APPEND_ONLY + NEVER_REMOVED),
        *map(append_only, APPEND_ONLY),
        *map(never_removed, NEVER_REMOVED),
        *(change_only(table, columns) for table, columns in MOVES.items()),
    ]
