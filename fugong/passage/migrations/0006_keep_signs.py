"""Signs in passages: found by the clock, looked at by people."""

import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0008_leave_the_authority_unlocked"),
        ("passage", "0005_number_posters"),
    ]

    operations = [
        migrations.CreateModel(
            name="PassageSign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("impossible", "One code at two gates, faster than anybody travels"),
                            ("two_gates", "One code at two gates within a minute"),
                            ("crowd", "A venue scanned by very many within a minute"),
                            ("clock", "A device whose clock is wrong"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("gate", models.IntegerField()),
                ("other_gate", models.IntegerField(null=True)),
                ("subject", models.UUIDField(null=True)),
                ("device", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("found_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
                ("looked_by", models.UUIDField(null=True)),
                ("looked_by_name", models.CharField(blank=True, max_length=200)),
                ("looked_note", models.CharField(blank=True, max_length=500)),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign in passages",
                "verbose_name_plural": "signs in passages",
                "indexes": [models.Index(fields=["authority", "-found_at"], name="passage_sign_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "sign", "key"), name="passage_sign_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sign__in", ["impossible", "two_gates", "crowd", "clock"])),
                        name="passage_sign_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by_name", "")),
                            ("looked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="passage_sign_looked_at_by_somebody",
                    ),
                ],
            },
        ),
        enable_rls("passage_passagesign"),
        migrations.RunSQL(
            "revoke delete, truncate on passage_passagesign from fugong_app",
            "grant delete, truncate on passage_passagesign to fugong_app",
        ),
    ]
