import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [("census", "0002_leave_the_authority_unlocked")]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
        ("enterprises", "0001_make_all_tables"),
        ("people", "0001_make_all_tables"),
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
                ("code", models.CharField(max_length=31)),
                ("name_zh", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("scope", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "census campaign",
                "verbose_name_plural": "census campaigns",
                "indexes": [models.Index(fields=["authority", "-starts_on", "id"], name="campaign_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code"),
                        name="campaign_code_once",
                        violation_error_message="There is a campaign with this code already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="campaign_forward"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "open", "closed"])),
                        name="campaign_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True), ("opened_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="campaign_opened_has_a_time",
                    ),
                ],
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
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="census.campaign",
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
                ("name", models.CharField(blank=True, max_length=60)),
                (
                    "phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="person", verbose_name="telephone"
                    ),
                ),
                ("phone_hash", fugong.core.sealed.fields.SearchHashField(normalise="phone", source="phone")),
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
            ],
            options={
                "verbose_name": "census case",
                "verbose_name_plural": "census cases",
                "indexes": [
                    models.Index(
                        models.F("authority"),
                        models.F("campaign"),
                        models.OrderBy(models.F("last_call_at"), nulls_first=True),
                        models.F("id"),
                        condition=models.Q(("state", "open"), ("next_call_at", None)),
                        name="case_least_tried",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["authority", "campaign", "next_call_at"],
                        name="case_next_call",
                    ),
                    models.Index(
                        fields=["authority", "campaign", "enterprise", "state"], name="case_of_enterprise"
                    ),
                    models.Index(
                        fields=["authority", "campaign", "outcome", "state"], name="case_by_outcome"
                    ),
                    models.Index(fields=["authority", "person"], name="case_of_person"),
                    models.Index(
                        condition=models.Q(("held_by__isnull", False)),
                        fields=["authority", "held_by"],
                        name="case_held",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("authority", "campaign", "person"),
                        name="case_person_once",
                        violation_error_message="This person is on the list already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", True)),
                        fields=("authority", "campaign", "phone_hash"),
                        name="case_number_once",
                        violation_error_message="This number is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="case_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("next_call_at__isnull", True),
                                ("state", "closed"),
                            ),
                            models.Q(("closed_at__isnull", True), ("state", "open")),
                            _connector="OR",
                        ),
                        name="case_closed_has_a_time",
                    ),
                ],
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
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="census.call",
                    ),
                ),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["authority", "case", "at"], name="call_of_case"),
                    models.Index(fields=["authority", "campaign", "at"], name="call_of_campaign"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "call"),
                                ("replaces__isnull", True),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(("kind", "undo"), ("replaces__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_says_or_takes_back",
                    )
                ],
            },
        ),
    ]
