import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=150)),
                ("playbook_id", models.CharField(max_length=60)),
                ("founded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "areas_authority",
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "district"),
                            ("park", "park"),
                            ("town", "town"),
                            ("village", "village"),
                            ("grid", "grid"),
                            ("place", "place"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name_zh", models.CharField(max_length=100)),
                ("name_en", models.CharField(blank=True, max_length=150)),
                ("recorded_at", models.DateTimeField()),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="areas.area",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
            ],
            options={
                "db_table": "areas_area",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code"),
                        name="area_code_once",
                        violation_error_message="An area with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="area_not_inside_itself",
                        violation_error_message="An area cannot lie inside itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["district", "park", "town", "village", "grid", "place"])
                        ),
                        name="area_kind_is_known",
                    ),
                ],
            },
        ),
    ]
