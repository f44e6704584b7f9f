import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fugong.core.ids
import fugong.core.sealed.fields
from fugong.core.making import MakeTables


class Migration(MakeTables):
    replaces = [
        ("duties", "0002_keep_duties"),
        ("duties", "0003_call_one_level_after_the_other"),
        ("duties", "0004_find_the_excused"),
        ("duties", "0005_keep_rolls"),
        ("duties", "0006_let_rolls_lapse"),
        ("duties", "0007_send_reminders"),
        ("duties", "0008_leave_the_authority_unlocked"),
        ("duties", "0009_let_receivers_choose"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0002_keep_tenants_apart"),
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.authority"
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
                ("is_roll", models.BooleanField(default=False)),
                ("roll_enterprise_id", models.UUIDField(null=True)),
                ("members", models.PositiveIntegerField(default=0)),
                ("quota_percent", models.PositiveSmallIntegerField(null=True)),
                ("quota_least", models.PositiveIntegerField(default=0)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "owner_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("owner_enterprise_id", models.UUIDField(null=True)),
                ("owner_permission", models.CharField(blank=True, default="", max_length=64)),
                (
                    "owner_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("lapsed_at", models.DateTimeField(null=True)),
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
                ("escalation", models.JSONField(default=list)),
                ("escalates_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                (
                    "reminders",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), default=list, size=None
                    ),
                ),
                ("reminds_at", models.DateTimeField(null=True)),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "told_permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                (
                    "told_users",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["authority", "owner_user", "due_at"],
                        name="duty_of_user",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["authority", "owner_enterprise_id", "due_at"],
                        name="duty_of_enterprise",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["authority", "owner_permission", "due_at"],
                        name="duty_of_holders",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["authority", "due_at"],
                        name="duty_by_deadline",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            ("escalates_at__isnull", False),
                        ),
                        fields=["authority", "escalates_at"],
                        name="duty_escalates",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            ("reminds_at__isnull", False),
                        ),
                        fields=["authority", "reminds_at"],
                        name="duty_reminds",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            ("escalated_at__isnull", False),
                        ),
                        fields=["authority", "escalated_at"],
                        name="duty_escalated",
                    ),
                    models.Index(fields=["authority", "subject_id", "kind"], name="duty_of_subject"),
                    models.Index(
                        condition=models.Q(("is_roll", True)),
                        fields=["authority", "roll_enterprise_id", "kind", "period"],
                        name="duty_rolls_of_enterprise",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            ("is_roll", True),
                        ),
                        fields=["authority", "due_at", "id"],
                        name="duty_open_rolls",
                    ),
                    models.Index(
                        condition=models.Q(("is_roll", True)),
                        fields=["authority", "due_at", "kind", "period"],
                        name="duty_rolls_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("excuse", ""), _negated=True),
                        fields=["authority", "kind", "period"],
                        name="duty_excused",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("lapsed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
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
                    models.UniqueConstraint(
                        condition=models.Q(("is_roll", True)),
                        fields=("authority", "kind", "subject_kind", "subject_id", "period"),
                        name="duty_roll_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                            models.Q(("done_at__isnull", True), ("lapsed_at__isnull", True)),
                            models.Q(("lapsed_at__isnull", True), ("withdrawn_at__isnull", True)),
                            _connector="OR",
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
                            models.Q(
                                ("escalated_at__isnull", True), ("told_permissions", []), ("told_users", [])
                            ),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("escalates_at__isnull", True),
                            ("escalates_at__gte", models.F("due_at")),
                            _connector="OR",
                        ),
                        name="duty_escalates_when_missed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="duties.duty",
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=32)),
                ("subject_id", models.UUIDField()),
                ("label", models.CharField(max_length=60)),
                ("done_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "excuse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "On leave, or not on shift"),
                            ("in_care", "In hospital, quarantine or isolation"),
                            ("no_means", "Could not be asked or measured"),
                            ("system_fault", "The system could not be reached"),
                            ("owed_in_error", "It was never owed"),
                        ],
                        default="",
                        max_length=32,
                    ),
                ),
                ("excuse_note", models.CharField(blank=True, default="", max_length=500)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "entry of a roll",
                "verbose_name_plural": "entries of rolls",
                "indexes": [
                    models.Index(fields=["authority", "duty", "label", "id"], name="entry_of_roll"),
                    models.Index(
                        fields=["authority", "subject_id", "kind", "period"], name="entry_of_person"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("excuse", ""), _negated=True),
                            _connector="OR",
                        ),
                        fields=("authority", "kind", "period", "subject_id"),
                        name="entry_once",
                        violation_error_message="This person stands on a roll already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="entry_ends_one_way",
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
                        name="entry_excuse_is_full",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "Mail"),
                            ("dingtalk", "DingTalk robot"),
                            ("wecom", "WeCom robot"),
                            ("feishu", "Feishu robot"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("last_error", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["authority", "next_try_at"],
                        name="message_unsent",
                    ),
                    models.Index(fields=["authority", "user", "-made_at"], name="message_of_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("failed_at__isnull", True), _connector="OR"
                        ),
                        name="message_ends_one_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                    "duty",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cause", models.CharField(max_length=48)),
                ("made_at", models.DateTimeField()),
                ("send_at", models.DateTimeField()),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.message",
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at__isnull", True), ("message__isnull", True)),
                        fields=["authority", "send_at"],
                        name="reminder_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "duty", "user", "cause"),
                        name="reminder_once",
                        violation_error_message="This person was told of it already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("message__isnull", True), ("dropped_at__isnull", True), _connector="OR"
                        ),
                        name="reminder_ends_one_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderChoice",
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
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "muted_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("muted_until", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "choice of reminders",
                "verbose_name_plural": "choices of reminders",
                "indexes": [models.Index(fields=["authority", "user"], name="reminder_choice_of_user")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="OwnChannel",
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
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "Mail"),
                            ("dingtalk", "DingTalk robot"),
                            ("wecom", "WeCom robot"),
                            ("feishu", "Feishu robot"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "address",
                    fugong.core.sealed.fields.SealedField(
                        blank=True, data_class="contact", default="", max_length=400
                    ),
                ),
                ("shown", models.CharField(blank=True, default="", max_length=120)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "own channel",
                "verbose_name_plural": "own channels",
                "indexes": [models.Index(fields=["authority", "user"], name="own_channel_of_user")],
                "constraints": [],
            },
        ),
    ]
