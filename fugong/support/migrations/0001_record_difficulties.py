import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0002_keep_tenants_apart"),
        ("playbooks", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                ("raised_for", models.BooleanField(default=False)),
                ("raised_at", models.DateTimeField()),
                ("body", models.CharField(blank=True, default="", max_length=64)),
                ("body_zh", models.CharField(blank=True, default="", max_length=100)),
                ("body_en", models.CharField(blank=True, default="", max_length=150)),
                ("due_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("rounds", models.PositiveSmallIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"
                    ),
                ),
                (
                    "assigned_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "playbook_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="playbooks.playbookversion",
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
            ],
            options={
                "verbose_name": "difficulty",
                "verbose_name_plural": "difficulties",
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
                ("by_name", models.CharField(max_length=60)),
                ("note", models.TextField(blank=True, default="")),
                ("body", models.CharField(blank=True, default="", max_length=64)),
                ("body_zh", models.CharField(blank=True, default="", max_length=100)),
                ("body_en", models.CharField(blank=True, default="", max_length=150)),
                ("due_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "to_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["authority", "state", "due_at"], name="difficulty_by_clock"),
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["authority", "-raised_at"], name="difficulty_newest"),
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["enterprise", "-raised_at"], name="difficulty_of_enterprise"),
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["area", "-raised_at"], name="difficulty_of_area"),
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["assigned_user"], name="difficulty_of_user"),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["raised", "assigned", "answered", "solved", "withdrawn"])),
                name="difficulty_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["assigned", "answered", "solved"]), _negated=True),
                    models.Q(("body", ""), _negated=True),
                    ("assigned_user__isnull", False),
                    _connector="OR",
                ),
                name="difficulty_worked_on_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="difficultyevent",
            index=models.Index(fields=["difficulty", "at"], name="difficulty_timeline"),
        ),
        migrations.AddIndex(
            model_name="difficultyevent",
            index=models.Index(
                condition=models.Q(("step", "solve")), fields=["authority", "at"], name="difficulty_solved_at"
            ),
        ),
        migrations.AddConstraint(
            model_name="difficultyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["raise", "assign", "answer", "solve", "send_back", "withdraw"])
                ),
                name="difficulty_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficultyevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step__in", ["solve", "withdraw"])),
                fields=("difficulty",),
                name="difficulty_closes_once",
                violation_error_message="This difficulty is closed already.",
            ),
        ),
        enable_rls("support_difficulty"),
        enable_rls("support_difficultyevent"),
        append_only("support_difficultyevent"),
    ]
