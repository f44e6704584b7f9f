import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("people", "0016_leave_the_authority_unlocked"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryEntry",
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
                            ("vaccination", "Vaccination"),
                            ("contact", "Contact"),
                            ("commitment", "Commitment"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "detail",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="person", verbose_name="what"
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
                        db_constraint=False,
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
                        to="people.historyentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the history",
                "verbose_name_plural": "entries of the history",
                "ordering": ["-on", "-recorded_at"],
                "indexes": [models.Index(fields=["authority", "person", "-on"], name="history_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["vaccination", "contact", "commitment"])),
                        name="history_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_taken_back", False), ("replaces__isnull", False), _connector="OR"
                        ),
                        name="history_taken_back_was_said",
                    ),
                ],
            },
        ),
        enable_rls("people_historyentry"),
        # A row never changes; its sealed words may be sealed anew under another key.
        append_only("people_historyentry"),
        migrations.RunSQL(
            sql="grant update (detail) on people_historyentry to fugong_app",
            reverse_sql="revoke update (detail) on people_historyentry from fugong_app",
        ),
    ]
