from django.db import migrations

# Of these rows only what is said later may be written; the rest stands as it was given.
MOVES = {
    "resumption_certificate": "state, state_at",
    "resumption_evidence": "removed_at",
    "resumption_condition": "fulfilled_at, fulfilled_by_id, fulfilled_by_name, fulfilled_note",
}


class Migration(migrations.Migration):
    dependencies = [("resumption", "0002_keep_tenants_apart")]

    operations = [
        migrations.RunSQL(
            sql=[
                f"revoke update on {table} from fugong_app",
                f"grant update ({columns}) on {table} to fugong_app",
            ],
            reverse_sql=f"grant update on {table} to fugong_app",
        )
        for table, columns in MOVES.items()
    ]
