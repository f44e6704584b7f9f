import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.tenancy import append_only, enable_rls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0006_find_telephones"),
        ("people", "0014_keep_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=31)),
                ("name_zh", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("scope", models.TextField()),
                ("script", models.TextField(blank=True, default="")),
                ("outcome_list", models.JSONField(default=list)),
                ("finding_list", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")], max_length=8
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(blank=True, max_length=200)),
                ("opened_at", models.DateTimeField(null=True)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "census campaign",
                "verbose_name_plural": "census campaigns",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60)),
                (
                    "phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="person", verbose_name="telephone"
                    ),
                ),
                ("phone_hash", fugong.core.sealed.fields.SearchHashField(normalise="phone", source="phone")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To be reached"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("outcome", models.CharField(blank=True, default="", max_length=31)),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=31), default=list, size=None
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("last_call_at", models.DateTimeField(null=True)),
                ("next_call_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("held_by", models.UUIDField(null=True)),
                ("held_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("held_until", models.DateTimeField(null=True)),
                ("drawn_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
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
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="census.campaign",
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
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "census case",
                "verbose_name_plural": "census cases",
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fugong.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("call", "Call"), ("undo", "Taken back")], max_length=8)),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=31)),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=31), default=list, size=None
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("next_call_at", models.DateTimeField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
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
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="census.call",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="census.campaign",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="census.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["authority", "-starts_on", "id"], name="campaign_newest"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("authority", "code"),
                name="campaign_code_once",
                violation_error_message="There is a campaign with this code already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="campaign_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed"])), name="campaign_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at__isnull", True), ("state", "draft")),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="campaign_opened_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("authority"),
                models.F("campaign"),
                models.OrderBy(models.F("last_call_at"), nulls_first=True),
                models.F("id"),
                condition=models.Q(("state", "open"), ("next_call_at", None)),
                name="case_least_tried",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["authority", "campaign", "next_call_at"],
                name="case_next_call",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["authority", "campaign", "enterprise", "state"], name="case_of_enterprise"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["authority", "campaign", "outcome", "state"], name="case_by_outcome"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["authority", "person"], name="case_of_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("held_by__isnull", False)),
                fields=["authority", "held_by"],
                name="case_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("authority", "campaign", "person"),
                name="case_person_once",
                violation_error_message="This person is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", True)),
                fields=("authority", "campaign", "phone_hash"),
                name="case_number_once",
                violation_error_message="This number is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                ),
                name="case_is_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False), ("next_call_at__isnull", True), ("state", "closed")
                    ),
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    _connector="OR",
                ),
                name="case_closed_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["authority", "case", "at"], name="call_of_case"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["authority", "campaign", "at"], name="call_of_campaign"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "call"), ("replaces__isnull", True), models.Q(("outcome", ""), _negated=True)
                    ),
                    models.Q(("kind", "undo"), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="call_says_or_takes_back",
            ),
        ),
        enable_rls("census_campaign"),
        enable_rls("census_case"),
        enable_rls("census_call"),
        append_only("census_call"),
        migrations.RunSQL(
            sql="revoke delete, truncate on census_campaign, census_case from fugong_app",
            reverse_sql="grant delete on census_campaign, census_case to fugong_app",
        ),
    ]
