import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("support", "0002_keep_difficulties"), ("support", "0003_order_the_list")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
        ("playbooks", "0001_make_all_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Difficulty",
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
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
                (
                    "playbook_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
                    ),
                ),
                ("category", models.CharField(max_length=64)),
                ("category_zh", models.CharField(blank=True, default="", max_length=100)),
                ("category_en", models.CharField(blank=True, default="", max_length=150)),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Waiting to be assigned"),
                            ("assigned", "Being worked on"),
                            ("answered", "Answered, waiting for the enterprise"),
                            ("solved", "Solved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("raised_for", models.BooleanField(default=False)),
                ("raised_at", models.DateTimeField()),
                ("body", models.CharField(blank=True, default="", max_length=64)),
                ("body_zh", models.CharField(blank=True, default="", max_length=100)),
                ("body_en", models.CharField(blank=True, default="", max_length=150)),
                (
                    "assigned_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("rounds", models.PositiveSmallIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "difficulty",
                "verbose_name_plural": "difficulties",
                "indexes": [
                    models.Index(fields=["authority", "state", "due_at"], name="difficulty_by_clock"),
                    models.Index(fields=["authority", "-raised_at"], name="difficulty_newest"),
                    models.Index(
                        models.F("authority"),
                        models.F("due_at"),
                        models.OrderBy(models.F("raised_at"), descending=True, nulls_last=True),
                        models.F("id"),
                        name="difficulty_in_order",
                    ),
                    models.Index(fields=["enterprise", "-raised_at"], name="difficulty_of_enterprise"),
                    models.Index(fields=["area", "-raised_at"], name="difficulty_of_area"),
                    models.Index(fields=["assigned_user"], name="difficulty_of_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["raised", "assigned", "answered", "solved", "withdrawn"])
                        ),
                        name="difficulty_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("due_at__isnull", False),
                                ("state__in", ("raised", "assigned", "answered")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("raised", "assigned", "answered")), _negated=True),
                                ("closed_at__isnull", False),
                                ("due_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="difficulty_open_has_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["assigned", "answered", "solved"]), _negated=True),
                            models.Q(("body", ""), _negated=True),
                            ("assigned_user__isnull", False),
                            _connector="OR",
                        ),
                        name="difficulty_worked_on_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DifficultyEvent",
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
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="support.difficulty",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("raise", "Raised"),
                            ("assign", "Assigned"),
                            ("answer", "Answered"),
                            ("solve", "Solved, says the enterprise"),
                            ("send_back", "Not solved, says the enterprise"),
                            ("withdraw", "Withdrawn by the enterprise"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_name", models.CharField(max_length=60)),
                ("note", models.TextField(blank=True, default="")),
                ("body", models.CharField(blank=True, default="", max_length=64)),
                ("body_zh", models.CharField(blank=True, default="", max_length=100)),
                ("body_en", models.CharField(blank=True, default="", max_length=150)),
                (
                    "to_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["difficulty", "at"], name="difficulty_timeline"),
                    models.Index(
                        condition=models.Q(("step", "solve")),
                        fields=["authority", "at"],
                        name="difficulty_solved_at",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["raise", "assign", "answer", "solve", "send_back", "withdraw"])
                        ),
                        name="difficulty_step_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("step__in", ["solve", "withdraw"])),
                        fields=("difficulty",),
                        name="difficulty_closes_once",
                        violation_error_message="This difficulty is closed already.",
                    ),
                ],
            },
        ),
    ]
