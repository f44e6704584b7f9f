import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("core", "0003_make_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField()),
                ("user_id", models.UUIDField(null=True)),
                ("path", models.CharField(max_length=500)),
                ("location", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
            ],
            options={
                "db_table": "core_receipt",
                "constraints": [models.UniqueConstraint(fields=("authority", "key"), name="receipt_once")],
            },
        ),
        enable_rls("core_receipt"),
    ]
