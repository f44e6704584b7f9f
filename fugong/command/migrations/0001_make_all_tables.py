import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("command", "0002_keep_tenants_apart"), ("command", "0003_correct_a_bulletin_once")]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("playbooks", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
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
                ("number", models.CharField(max_length=20)),
                ("title", models.JSONField()),
                (
                    "playbook_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                ("as_of", models.DateTimeField()),
                ("known_at", models.DateTimeField()),
                ("text", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="command.bulletin",
                    ),
                ),
                ("composed_at", models.DateTimeField()),
                ("composed_by", models.UUIDField(null=True)),
                ("composed_by_name", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["-as_of", "-composed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "number"),
                        name="bulletin_number_once",
                        violation_error_message="This bulletin number is taken.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BulletinFigure",
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
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="command.bulletin",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=80)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("computed", "computed from the record"),
                            ("stated", "stated by the source, not computed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.JSONField()),
                ("figure", models.JSONField()),
                ("manifest", models.JSONField(null=True)),
                ("source", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("bulletin", "key"), name="bulletin_figure_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", "stated"), ("manifest__isnull", False), _connector="OR"
                        ),
                        name="bulletin_computed_has_manifest",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Publication",
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
                (
                    "bulletin",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="command.bulletin",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="command.bulletin",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                ("published_by", models.UUIDField(null=True)),
                ("published_by_name", models.CharField(max_length=100)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
