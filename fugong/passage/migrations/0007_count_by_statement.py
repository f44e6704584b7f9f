"""Counts go with each statement of scans and to their hours a little later; row rules are asked once."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from fugong.core.tenancy import enable_rls

# Asked once for a statement, and not for each of its rows: a gate writes thousands in one.
OURS = "(select nullif(current_setting('fugong.authority', true), '')::uuid)"
EACH = "nullif(current_setting('fugong.authority', true), '')::uuid"
WRITTEN_MUCH = ("passage_scan", "passage_count", "passage_tally")


def asked(table: str, authority: str) -> str:
    rule = f"authority_id = {authority}"
    return f"alter policy tenant on {table} using ({rule}) with check ({rule})"


class Migration(migrations.Migration):
    dependencies = [("passage", "0006_keep_signs")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gates", django.contrib.postgres.fields.ArrayField(models.IntegerField())),
                ("hours", django.contrib.postgres.fields.ArrayField(models.DateTimeField())),
                ("directions", django.contrib.postgres.fields.ArrayField(models.SmallIntegerField())),
                ("answers", django.contrib.postgres.fields.ArrayField(models.SmallIntegerField())),
                ("kinds", django.contrib.postgres.fields.ArrayField(models.SmallIntegerField())),
                ("scans", django.contrib.postgres.fields.ArrayField(models.BigIntegerField())),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of one statement",
                "verbose_name_plural": "counts of statements",
                "db_table": "passage_tally",
            },
        ),
        enable_rls("passage_tally"),
        migrations.RunSQL(
            [asked(table, OURS) for table in WRITTEN_MUCH],
            [asked(table, EACH) for table in WRITTEN_MUCH],
        ),
    ]
