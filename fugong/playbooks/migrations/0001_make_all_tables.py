import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("playbooks", "0002_keep_tenants_apart"), ("playbooks", "0003_change_only_the_end")]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                ("playbook_id", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=30)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("activated_at", models.DateTimeField()),
                ("activated_by", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "playbook_id", "version"),
                        name="playbook_version_once",
                        violation_error_message="This version of the playbook is in force already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)), fields=("authority",), name="playbook_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="playbook_period_forward",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
