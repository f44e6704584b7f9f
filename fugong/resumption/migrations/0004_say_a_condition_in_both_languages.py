import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What is said later about a condition; what the condition is stays as it was set.
MOVES = "done_at, done_by_id, done_by_name, done_note, sent_back_note"


class Migration(migrations.Migration):
    dependencies = [
        ("resumption", "0003_change_only_what_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("condition", "text_en", models.TextField(blank=True, default="")),
        migrations.AddField("condition", "done_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "condition",
            "done_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "condition", "done_by_name", models.CharField(blank=True, default="", max_length=80)
        ),
        migrations.AddField(
            "condition", "done_note", models.CharField(blank=True, default="", max_length=500)
        ),
        migrations.AddField(
            "condition", "sent_back_note", models.CharField(blank=True, default="", max_length=500)
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by_name", ""), ("done_note", "")),
                    models.Q(
                        ("done_at__isnull", False),
                        models.Q(("done_by_name", ""), _negated=True),
                        models.Q(("done_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="condition_done_by_when_and_how",
            ),
        ),
        migrations.RunSQL(
            sql=f"grant update ({MOVES}) on resumption_condition to fugong_app",
            reverse_sql=f"revoke update ({MOVES}) on resumption_condition from fugong_app",
        ),
    ]
