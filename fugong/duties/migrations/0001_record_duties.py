import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
from fugong.core.tenancy import enable_rls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_id", models.UUIDField()),
                ("subject_label", models.CharField(max_length=200)),
                ("url", models.CharField(max_length=300)),
                ("period", models.CharField(blank=True, default="", max_length=32)),
                (
                    "side",
                    models.CharField(
                        choices=[("enterprise", "Enterprise"), ("authority", "Authority")], max_length=16
                    ),
                ),
                ("owner_enterprise_id", models.UUIDField(null=True)),
                ("owner_permission", models.CharField(blank=True, default="", max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "excuse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed_that_day", "The enterprise was closed in this period"),
                            ("system_fault", "The system could not be reached"),
                            ("force_majeure", "Quarantine, illness or another force majeure"),
                            ("owed_in_error", "It was never owed"),
                        ],
                        default="",
                        max_length=32,
                    ),
                ),
                ("excuse_note", models.CharField(blank=True, default="", max_length=500)),
                ("escalate_to", models.CharField(blank=True, default="", max_length=64)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                (
                    "owner_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["authority", "owner_user", "due_at"],
                        name="duty_of_user",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["authority", "owner_enterprise_id", "due_at"],
                        name="duty_of_enterprise",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["authority", "owner_permission", "due_at"],
                        name="duty_of_holders",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["authority", "escalate_to", "due_at"],
                        name="duty_escalates",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["authority", "due_at"],
                        name="duty_by_deadline",
                    ),
                    models.Index(fields=["authority", "subject_id", "kind"], name="duty_of_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=(
                            "authority",
                            "kind",
                            "subject_kind",
                            "subject_id",
                            "period",
                            "owner_user",
                            "owner_enterprise_id",
                            "owner_permission",
                            "owner_area",
                        ),
                        name="duty_open_once",
                        nulls_distinct=False,
                        violation_error_message="This is already owed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("owner_enterprise_id__isnull", True),
                                ("owner_permission", ""),
                                ("owner_user__isnull", False),
                            ),
                            models.Q(
                                ("owner_enterprise_id__isnull", False),
                                ("owner_permission", ""),
                                ("owner_user__isnull", True),
                            ),
                            models.Q(
                                ("owner_enterprise_id__isnull", True),
                                ("owner_user__isnull", True),
                                models.Q(("owner_permission", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="duty_ends_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excuse", ""), ("excuse_note", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("excuse", ""), _negated=True),
                                models.Q(("excuse_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_excuse_is_full",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("escalated_at__isnull", True),
                            models.Q(
                                models.Q(("escalate_to", ""), _negated=True),
                                ("escalated_at__gte", models.F("due_at")),
                            ),
                            _connector="OR",
                        ),
                        name="duty_escalated_when_missed",
                    ),
                ],
            },
        ),
        enable_rls("duties_duty"),
    ]
