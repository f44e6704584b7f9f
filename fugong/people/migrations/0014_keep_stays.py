import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("people", "0013_guard_merges"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="travel",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("region", models.CharField(db_collation="C", max_length=6, verbose_name="region")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "transport",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("train", "Train"),
                            ("flight", "Flight"),
                            ("coach", "Coach"),
                            ("chartered", "Chartered bus"),
                            ("car", "Car"),
                            ("ship", "Ship"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                ("is_taken_back", models.BooleanField(default=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("form", "Typed in by an office"),
                            ("list", "From a list"),
                            ("own_phone", "By the person, on a phone"),
                            ("paper", "From a paper sheet"),
                            ("call", "By telephone"),
                            ("synthetic", "Made up for a demonstration"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                ("recorded_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.stay",
                    ),
                ),
            ],
            options={
                "verbose_name": "stay",
                "verbose_name_plural": "stays",
                "ordering": ["-from_on", "-recorded_at"],
                "indexes": [models.Index(fields=["authority", "person", "-from_on"], name="stay_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="stay_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("region__regex", "^[0-9]{6}$")), name="stay_region_form"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_taken_back", False), ("replaces__isnull", False), _connector="OR"
                        ),
                        name="stay_taken_back_was_said",
                    ),
                ],
            },
        ),
        enable_rls("people_stay"),
        append_only("people_stay"),
    ]
