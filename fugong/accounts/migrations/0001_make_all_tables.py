import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("accounts", "0002_keep_tenants_apart"),
        ("accounts", "0003_guard_sign_in_tables"),
        ("accounts", "0004_keep_when_an_end_was_recorded"),
        ("accounts", "0005_call_the_leadership"),
        ("accounts", "0006_count_uses"),
    ]

    initial = True

    dependencies = [
        ("areas", "0002_keep_tenants_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
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
                ("code", models.SlugField(max_length=40)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=100)),
                ("description_zh", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "sight",
                    models.CharField(
                        choices=[
                            ("everything", "the whole authority"),
                            ("area", "one area and all inside it"),
                            ("care", "those in the person's care by assignment"),
                            ("subject", "the one it speaks for"),
                        ],
                        max_length=12,
                    ),
                ),
                ("exclusive_group", models.SlugField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "accounts_role",
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code"),
                        name="role_code_once",
                        violation_error_message="A role with this code exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sight__in", ["everything", "area", "care", "subject"])),
                        name="role_sight_is_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TryCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "count_of",
                    models.CharField(
                        choices=[
                            ("user", "user name"),
                            ("address", "network address"),
                            ("door", "public page"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("tries", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(null=True)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "accounts_try_count",
                "constraints": [models.UniqueConstraint(fields=("count_of", "key"), name="try_count_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
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
                ("username", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "phone",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="contact", default="", max_length=30
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("left_on", models.DateField(null=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("last_signed_in_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "accounts_user",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                        name="user_name_in_lower_case",
                        violation_error_message="User names are written in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_on", None), ("is_active", False), _connector="OR"),
                        name="user_who_left_is_not_active",
                        violation_error_message="A person who left cannot be active.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.SlugField(max_length=40)),
                ("kind_name_zh", models.CharField(max_length=60)),
                ("kind_name_en", models.CharField(blank=True, max_length=100)),
                ("subject_kind", models.CharField(max_length=30)),
                ("subject_id", models.UUIDField()),
                ("subject_label", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("assigned_by_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("end_recorded_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "accounts_assignment",
                "ordering": ["starts_on"],
                "indexes": [
                    models.Index(
                        fields=["subject_id", "subject_kind", "starts_on"], name="assignment_by_subject"
                    )
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("kind", "="),
                            ("subject_id", "="),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="assignment_not_twice",
                        violation_error_message="This person answers for it already at that time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_recorded_at", None), ("ends_on", None)),
                            models.Q(("end_recorded_at__isnull", False), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="assignment_end_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="assignment_ends_after_start",
                        violation_error_message="It cannot end before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.role",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=30)),
                ("subject_id", models.UUIDField(null=True)),
                ("subject_label", models.CharField(blank=True, max_length=120)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("granted_by_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "accounts_membership",
                "ordering": ["starts_at"],
                "indexes": [
                    models.Index(fields=["subject_id", "subject_kind"], name="membership_by_subject")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("user", "role", "area", "subject_kind", "subject_id"),
                        name="membership_open_once",
                        nulls_distinct=False,
                        violation_error_message="This person holds the role already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                        violation_error_message="It cannot end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id", None), ("subject_kind", "")),
                            models.Q(
                                ("subject_id__isnull", False), models.Q(("subject_kind", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="membership_subject_is_whole",
                        violation_error_message="A subject has a kind and an id, or neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessCode",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("invitation", "invitation"), ("reset", "new password")], max_length=12
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("issued_by_id", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "accounts_access_code",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None), ("withdrawn_at", None)),
                        fields=("user",),
                        name="access_code_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["invitation", "reset"])),
                        name="access_code_purpose_is_known",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
