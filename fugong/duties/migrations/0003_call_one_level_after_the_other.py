import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

# Who was to be told stays: as the one step there was. The owner of the table is bound by its own policy, so
# that it has to be lifted while the rows of all authorities are rewritten.
KEEP_THE_ONE_STEP = [
    "alter table duties_duty no force row level security",
    """
    update duties_duty set
        escalation = jsonb_build_array(jsonb_build_object(
            'at', to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
            'permission', escalate_to, 'name_zh', '', 'name_en', '',
            'posts', '[]'::jsonb, 'enterprise_id', null,
            'told_at', to_char(escalated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
        )),
        escalates_at = case when escalated_at is null then due_at end,
        told_permissions = case when escalated_at is null then '{}'::varchar[] else array[escalate_to] end
    where escalate_to <> ''
    """,
    "alter table duties_duty force row level security",
]


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("duties", "0002_keep_duties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="duty", name="duty_escalated_when_missed"),
        migrations.RemoveIndex(model_name="duty", name="duty_escalates"),
        migrations.AddField(model_name="duty", name="escalation", field=models.JSONField(default=list)),
        migrations.AddField(model_name="duty", name="escalates_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="duty",
            name="told_permissions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="told_users",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(sql=KEEP_THE_ONE_STEP, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(model_name="duty", name="escalate_to"),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(
                    ("done_at__isnull", True),
                    ("withdrawn_at__isnull", True),
                    ("escalates_at__isnull", False),
                ),
                fields=["authority", "escalates_at"],
                name="duty_escalates",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(
                    ("done_at__isnull", True),
                    ("withdrawn_at__isnull", True),
                    ("escalated_at__isnull", False),
                ),
                fields=["authority", "escalated_at"],
                name="duty_escalated",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("escalated_at__isnull", True), ("told_permissions", []), ("told_users", [])),
                    models.Q(
                        ("escalated_at__gte", models.F("due_at")),
                        ("escalated_at__isnull", False),
                        models.Q(
                            models.Q(("told_permissions", []), _negated=True),
                            models.Q(("told_users", []), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="duty_escalated_when_missed",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("escalates_at__isnull", True),
                    ("escalates_at__gte", models.F("due_at")),
                    _connector="OR",
                ),
                name="duty_escalates_when_missed",
            ),
        ),
    ]
